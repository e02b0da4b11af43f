using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;

namespace Platform.Referti.Deliveries;

/// <summary>The person herself is told that there is a report, and never what it says: by e-mail with a code to fetch it where
/// she gave an address, by a letter otherwise. So for corrections and annulments too.</summary>
internal sealed class WhenReportIssuedThePersonIsTold(RefertiDb db, CitizenMail mail, IMediator mediator, TimeProvider clock) : IReaction<ReportIssued>
{
    public async Task React(Told<ReportIssued> told, CancellationToken cancellation)
    {
        var report = told.Event;
        var id = StableId.Of(told.Id, "citizen");
        if (await mediator.Send(new PatientById(report.PatientId), cancellation) is not { } person)
            return;
        var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == id, cancellation);
        if (delivery is null)
        {
            if (person.Email is null && await Unprinted(report.ReportId, cancellation) is { } letter)
            {
                letter.Cover(Math.Max(letter.ReportVersion, report.Version));
                await db.SaveChangesAsync(cancellation);
                return;
            }

            delivery = Delivery.ToCitizen(id, report, person, clock.GetUtcNow().UtcDateTime);
            db.Deliveries.Add(delivery);
        }

        // Repeated after an interruption, the mail that was posted first stays, and its code is kept too.
        await mail.Prepare(delivery, person, report.RequestId, cancellation);
    }

    private Task<Delivery?> Unprinted(Guid report, CancellationToken cancellation) =>
        db.Deliveries.FirstOrDefaultAsync(d => d.ReportId == report && d.Channel == DeliveryChannel.Letter && d.State == DeliveryState.Waiting, cancellation);
}
