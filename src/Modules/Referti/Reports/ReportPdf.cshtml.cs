using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.Reports;

/// <summary>The paper of a version; of the current one when none is named.</summary>
[Requires(RefertiModule.Read)]
internal sealed class ReportPdfPage(Region region, IConfiguration configuration, Seal seal) : PlatformPage
{
    public async Task<IActionResult> OnGetAsync(Guid id, int? version)
    {
        var answer = await Ask(new OneReport(id));
        var wanted = version is null ? answer.Versions[0] : answer.Versions.FirstOrDefault(v => v.Number == version) ?? throw Refusal.NotFound();
        // Behind a proxy the host may not know under which name people reach it.
        var address = configuration["Platform:Address"] is { Length: > 0 } known ? known.TrimEnd('/') : $"{Request.Scheme}://{Request.Host}";
        var paper = new ReportPaper(region, T, answer, wanted, $"{address}/verify/{wanted.VerificationCode}", seal);
        // Neither name nor codice fiscale: the file's name travels.
        return File(paper.Draw(), "application/pdf", $"referto-{id.ToString("N")[..12]}-v{wanted.Number}.pdf");
    }
}
