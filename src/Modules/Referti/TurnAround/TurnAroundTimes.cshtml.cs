using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;

namespace Platform.Referti.TurnAround;

[Requires(RefertiModule.Times)]
internal sealed class TurnAroundTimesPage(Region region, TimeProvider clock) : PlatformPage
{
    private const int DaysShown = 14;

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Lab { get; set; }

    [BindProperty(SupportsGet = true)]
    public TurnAroundBy By { get; set; }

    public TurnAroundAnswer Answer { get; private set; } = new([], [], [], []);

    public IEnumerable<SelectListItem> Labs => Answer.Labs.Select(l => new SelectListItem(region.LabName(l), l));

    public IEnumerable<SelectListItem> Periods => [new(T["Giorno"], nameof(TurnAroundBy.Day)), new(T["Settimana"], nameof(TurnAroundBy.Week))];

    /// <summary>The table's columns, on the screen as in the export.</summary>
    public IReadOnlyList<TableColumn<TurnAroundRow>> Columns =>
    [
        new(T["Dal"], r => r.Period),
        new(T["Laboratorio"], r => region.LabName(r.Lab)),
        new(T["Referti"], r => r.Reports),
        new(T["Prelievo → arrivo, mediana (ore)"], r => Rounded(r.Transport.Median)),
        new(T["Arrivo → rilascio, mediana (ore)"], r => Rounded(r.InLab.Median)),
        new(T["Arrivo → rilascio, 90° percentile (ore)"], r => Rounded(r.InLab.P90)),
        new(T["Prelievo → rilascio, mediana (ore)"], r => Rounded(r.Total.Median)),
        new(T["Prelievo → rilascio, 90° percentile (ore)"], r => Rounded(r.Total.P90)),
        new(T["Obiettivo (ore)"], r => r.TargetHours),
        new(T["Entro l'obiettivo (%)"], r => r.Within),
    ];

    public LinePlot Plot => new(
        T["Ore dall'arrivo in laboratorio al rilascio"], [.. Answer.Together.Select(r => r.Period.ToString("d/M", CultureInfo.InvariantCulture))],
        [
            new(T["Mediana"], "median", [.. Answer.Together.Select(r => r.InLab.Median)]),
            new(T["90° percentile"], "p90", [.. Answer.Together.Select(r => r.InLab.P90)]),
            new(T["Obiettivo"], "target", [.. Answer.Together.Select(r => (double?)(Lab is { Length: > 0 } lab ? region.Referti.Of(lab, r.Period).TargetHours : r.TargetHours))]),
        ]);

    public async Task<IActionResult> OnGetAsync(string? format)
    {
        var today = region.DayOf(clock.GetUtcNow());
        To ??= today;
        From ??= To.Value.AddDays(1 - DaysShown);
        if (!ModelState.IsValid)
            return Page();
        try
        {
            Answer = await Ask(new TurnAroundTimes(From.Value, To.Value, Lab, By));
        }
        catch (FluentValidation.ValidationException wrong)
        {
            foreach (var error in wrong.Errors)
                ModelState.AddModelError(error.PropertyName, T[error.ErrorMessage]);
            Response.StatusCode = 422;
            return Page();
        }

        return format is "csv" or "xlsx" ? await Export(format == "csv" ? TableFormat.Csv : TableFormat.Xlsx) : Page();
    }

    public static string Cell(TableColumn<TurnAroundRow> column, TurnAroundRow row) => column.Cell(row) switch
    {
        null => "–",
        DateOnly day => Shown.Day(day),
        double hours => hours.ToString("0.0", CultureInfo.CurrentCulture),
        var other => Convert.ToString(other, CultureInfo.CurrentCulture)!,
    };

    private static double? Rounded(double? hours) => hours is { } h ? Math.Round(h, 1) : null;

    private async Task<IActionResult> Export(TableFormat format)
    {
        using var bytes = new MemoryStream();
        await TableWriter.Write(format, bytes, Columns, Answer.Rows.ToAsyncEnumerable(), Cancellation);
        return File(bytes.ToArray(), TableWriter.MediaType(format), format == TableFormat.Csv ? "tempi.csv" : "tempi.xlsx");
    }
}
