using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web;
using Platform.Notifications.Contracts;
using Platform.Patients.Contracts;
using Platform.Referti.Collection;

namespace Platform.Referti.Deliveries;

/// <summary>The e-mail to a citizen: that a document is there and how to fetch it. Neither the test nor the result, nor her name.</summary>
internal sealed class CitizenMail(RefertiDb db, Texts texts, IConfiguration configuration, Region region, TimeProvider clock)
{
    private const string Subject = "È disponibile un documento per lei";

    /// <returns>To be posted once its code is saved; null where the delivery does not go by mail.</returns>
    public PostMail? Write(Delivery delivery, PatientSummary person, Guid? requestId)
    {
        if (delivery.MailId is not { } id || person.Email is not { } address)
            return null;
        var (row, code) = CollectionCode.Make(person.Id, requestId, delivery.ReportId, "mail", clock.GetUtcNow(), region);
        db.CollectionCodes.Add(row);
        string[] body =
        [
            texts["È disponibile un documento che la riguarda."],
            texts["Per leggerlo apra {0} e scriva il codice {1} e la sua data di nascita.", $"{PlatformAddress.Of(configuration)}/ritiro", code],
            texts["Il codice è personale: non lo dia ad altri. Se ha ricevuto questo messaggio per errore lo cancelli."],
        ];
        return new(id, address, Subject, string.Join("\n\n", body), person.Id);
    }
}
