using MediatR;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Localisation;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.Referti.Collection;

namespace Platform.Referti.Deliveries;

/// <summary>The e-mail to a citizen: that a document is there and how to fetch it. Neither the test nor the result, nor her name.</summary>
internal sealed class CitizenMail(RefertiDb db, IMediator mediator, Texts texts, IConfiguration configuration, TimeProvider clock)
{
    private const string Subject = "È disponibile un documento per lei";

    /// <summary>Saves the delivery with its code, then posts the mail, if it goes by mail.</summary>
    public async Task Prepare(Delivery delivery, PatientSummary person, Guid? requestId, CancellationToken cancellation)
    {
        if (delivery.MailId is not { } id || person.Email is not { } address)
        {
            await db.SaveChangesAsync(cancellation);
            return;
        }

        var now = clock.GetUtcNow();
        var (row, code) = CollectionCode.Make(Guid.CreateVersion7(now), person.Id, requestId, delivery.ReportId, "mail", now.UtcDateTime);
        db.CollectionCodes.Add(row);
        await db.SaveChangesAsync(cancellation);
        string[] body =
        [
            texts["È disponibile un documento che la riguarda."],
            texts["Per leggerlo apra {0} e scriva il codice {1} e la sua data di nascita.", $"{PlatformAddress.Of(configuration)}/ritiro", code],
            texts["Il codice è personale: non lo dia ad altri. Se ha ricevuto questo messaggio per errore lo cancelli."],
        ];
        await mediator.Send(new PostMail(id, address, Subject, string.Join("\n\n", body), person.Id), cancellation);
    }
}
