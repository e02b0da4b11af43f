using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Reports;

namespace Platform.Referti.Collection;

[OpenToAll("A citizen has no account; code and birth date open her report alone.")]
internal sealed class FetchReportPage(Region region, IConfiguration configuration, Seal seal) : FetchPage<FetchReport, FetchedReports>
{
    public override FetchWords Words => new(
        T["Ritira il referto"], T["Servono il codice che trova sul suo foglio, nella lettera o nell'e-mail, e la data di nascita."], T["Mostra il referto"],
        T["Esci, o ritira un altro referto"], CollectionCode.Letters);

    public async Task<IActionResult> OnPostPaperAsync(string? ticket)
    {
        var answer = await Ask(new CollectedPaper(ticket));
        var version = answer.Versions[0];
        var paper = new ReportPaper(region, T, answer, version, $"{PlatformAddress.Of(configuration, Request)}/verify/{version.VerificationCode}", seal);
        return File(paper.Draw(), "application/pdf", $"referto-v{version.Number}.pdf");
    }
}
