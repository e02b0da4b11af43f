using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Deliveries;

namespace Platform.Referti.Reports;

[Requires(RefertiModule.Read)]
internal sealed class OneReportPage(Region region) : PlatformPage
{
    public OneReportAnswer Answer { get; private set; } = null!;

    /// <summary>Who was told.</summary>
    public IReadOnlyList<DeliveryRow> Deliveries { get; private set; } = [];

    /// <summary>In words: the kind of scope and its name.</summary>
    public string Recipient(DeliveryRow row) => row.Recipient.Split(':') switch
    {
        ["Asl", var code] => $"SISP {region.FindAsl(code)?.Name ?? code}",
        ["GpList", var code] => T["Medico {0}", code],
        ["citizen"] => T["La persona"],
        _ => T["Chi ha richiesto il tampone"],
    };

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        Answer = await Ask(new OneReport(id));
        Deliveries = (await Ask(new DeliveriesOf(id))).Rows;
        return Page();
    }
}
