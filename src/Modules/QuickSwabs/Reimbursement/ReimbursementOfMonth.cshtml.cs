using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Reimbursement;

[Requires(QuickSwabsModule.MayReimburse)]
internal sealed class ReimbursementOfMonthPage(Region region, TimeProvider clock) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Month { get; set; }

    public IReadOnlyList<ReimbursementLine> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string? format)
    {
        var today = region.DayOf(clock.GetUtcNow());
        Year = Math.Clamp(Year ?? today.Year, 2020, today.Year + 1);
        Month = Math.Clamp(Month ?? today.Month, 1, 12);
        ModelState.Clear();
        Lines = await Ask(new ReimbursementOfMonth(Year.Value, Month.Value));
        TableFormat? export = format switch { "csv" => TableFormat.Csv, "xlsx" => TableFormat.Xlsx, _ => null };
        return export is { } kind ? Table(kind, $"rimborsi-test-rapidi-{Year}-{Month:00}", Columns, Lines.ToAsyncEnumerable()) : Page();
    }

    private IReadOnlyList<TableColumn<ReimbursementLine>> Columns =>
    [
        new(T["Punto"], l => l.PointCode), new(T["Nome"], l => l.Point), new(T["Tipo"], l => T[Words.Of(l.Kind)].Value), new("ASL", l => l.Asl), new(T["Test"], l => l.Tests),
        new(T["Positivi"], l => l.Positive), new(T["Euro per test"], l => l.Cents / 100m), new(T["Euro"], l => l.Euro),
    ];
}
