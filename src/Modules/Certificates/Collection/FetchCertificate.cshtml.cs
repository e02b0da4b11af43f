using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Downloads;

namespace Platform.Certificates.Collection;

[OpenToAll("A citizen has no account; her codice fiscale and a code that cannot be guessed open her certificate alone.")]
internal sealed class FetchCertificatePage(CertificateFiles files) : FetchPage<FetchCertificate, FetchedCertificates>
{
    public const string Address = "/ritiro/certificazione";

    public override FetchWords Words => new(
        T["Ritira la certificazione verde"], T["Servono il codice fiscale e il codice che trova nell’e-mail o che le ha dato chi la cura."], T["Mostra la certificazione"],
        T["Esci, o ritira un’altra certificazione"], FetchCode.Letters);

    public async Task<IActionResult> OnPostPaperAsync(string? ticket) => files.Paper((await Ask(new TicketedCertificate(ticket))).Certificate, T);

    public async Task<IActionResult> OnPostFhirAsync(string? ticket) => files.Fhir((await Ask(new TicketedCertificate(ticket))).Certificate);

    public async Task<IActionResult> OnPostSummaryAsync(string? ticket) => files.Summary((await Ask(new TicketedCertificate(ticket))).Certificate, T);

    public async Task<IActionResult> OnPostHealthCardAsync(string? ticket) => files.HealthCard((await Ask(new TicketedCertificate(ticket))).Certificate);
}
