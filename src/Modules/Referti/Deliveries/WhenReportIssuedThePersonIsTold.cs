using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;

namespace Platform.Referti.Deliveries;

/// <summary>The person herself is told that there is a report, and never what it says: by e-mail with a code to fetch it where
/// she gave an address, by a letter otherwise. So for corrections and annulments too.</summary>
internal sealed class WhenReportIssuedThePersonIsTold(IServiceScopeFactory scopes, IMediator mediator, TimeProvider clock) : IGroupReaction<ReportIssued>
{
    public async Task React(IReadOnlyList<Told<ReportIssued>> told, CancellationToken cancellation)
    {
        // Saved without the courier's mark, before the mails are posted: cut off in between, it is all done again. The mail
        // that was posted first stays, and its code is kept too.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform(told[0].ActorId);
        var (db, mail) = (scope.ServiceProvider.GetRequiredService<RefertiDb>(), scope.ServiceProvider.GetRequiredService<CitizenMail>());

        var people = await mediator.Send(new PatientsByIds([.. told.Select(t => t.Event.PatientId)]), cancellation);
        var ids = told.Select(t => StableId.Of(t.Id, "citizen")).ToList();
        var reports = told.Select(t => t.Event.ReportId).ToList();
        var known = await db.Deliveries.Where(d => ids.Contains(d.Id)).ToDictionaryAsync(d => d.Id, cancellation);
        var letters = (await db.Deliveries
            .Where(d => reports.Contains(d.ReportId) && d.Channel == DeliveryChannel.Letter && d.State == DeliveryState.Waiting)
            .ToListAsync(cancellation)).DistinctBy(d => d.ReportId).ToDictionary(d => d.ReportId);
        var mails = new List<PostMail>();
        foreach (var (id, report) in ids.Zip(told.Select(t => t.Event)))
        {
            if (people.GetValueOrDefault(report.PatientId) is not { } person)
                continue;
            if (!known.TryGetValue(id, out var delivery))
            {
                if (person.Email is null && letters.TryGetValue(report.ReportId, out var letter))
                {
                    letter.Cover(Math.Max(letter.ReportVersion, report.Version));
                    continue;
                }

                delivery = db.Deliveries.Add(Delivery.ToCitizen(id, report, person, clock.GetUtcNow().UtcDateTime)).Entity;
                if (delivery.Channel == DeliveryChannel.Letter)
                    letters[report.ReportId] = delivery;
            }

            if (mail.Write(delivery, person, report.RequestId) is { } written)
                mails.Add(written);
        }

        await db.SaveChangesAsync(cancellation);
        if (mails.Count > 0)
            await mediator.Send(new PostMails(mails), cancellation);
    }
}
