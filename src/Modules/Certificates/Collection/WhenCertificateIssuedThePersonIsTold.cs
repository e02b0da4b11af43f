using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Contracts;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;

namespace Platform.Certificates.Collection;

/// <summary>The person is told by e-mail, where she gave an address, that a document is there and how to fetch it: neither which, nor her name.</summary>
internal sealed class WhenCertificateIssuedThePersonIsTold(
    IServiceScopeFactory scopes, IMediator mediator, Texts texts, Region region, IConfiguration configuration, TimeProvider clock) : IGroupReaction<CertificateIssued>
{
    public async Task React(IReadOnlyList<Told<CertificateIssued>> told, CancellationToken cancellation)
    {
        var people = await mediator.Send(new PatientsByIds([.. told.Select(t => t.Event.PatientId).Distinct()]), cancellation);
        // Codes are kept before the mails are posted: cut off in between, the mail that went first stays, and so does its code.
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform(told[0].ActorId);
        var db = scope.ServiceProvider.GetRequiredService<CertificatesDb>();
        var (now, mails) = (clock.GetUtcNow(), new List<PostMail>());
        var days = region.Issuing.Setting("code_days", region.DayOf(now));
        foreach (var issued in told.Select(t => t.Event))
        {
            if (people.GetValueOrDefault(issued.PatientId) is not { Email: { } address, DiedOn: null } person)
                continue;
            var (row, code) = FetchCode.Make(Guid.CreateVersion7(now), person.Id, issued.OccasionId, "mail", now.UtcDateTime, days);
            db.Codes.Add(row);
            string[] body =
            [
                texts["È disponibile un documento che la riguarda."],
                texts["Per averlo apra {0} e scriva il codice {1} e il suo codice fiscale.", $"{configuration["Platform:Address"]?.TrimEnd('/')}{FetchCertificatePage.Address}", code],
                texts["Il codice è personale: non lo dia ad altri. Se ha ricevuto questo messaggio per errore lo cancelli."],
            ];
            mails.Add(new(StableId.Of(issued.CertificateId, "fetch"), address, "È disponibile un documento per lei", string.Join("\n\n", body), person.Id));
        }

        if (mails.Count == 0)
            return;
        await db.SaveChangesAsync(cancellation);
        await mediator.Send(new PostMails(mails), cancellation);
    }
}
