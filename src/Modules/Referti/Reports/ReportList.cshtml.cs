using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Referti.Contracts;

namespace Platform.Referti.Reports;

[Requires(RefertiModule.Read)]
internal sealed class ReportListPage(Region region) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public ReportResult? Result { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool PositivesFirst { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<ReportRow> Reports { get; private set; } = null!;

    public IEnumerable<SelectListItem> Results =>
        Enum.GetValues<ReportResult>().Select(r => new SelectListItem(T[Words.Of(r)], r.ToString()));

    /// <summary>The list's columns, on the screen as in the export.</summary>
    public IReadOnlyList<(string Title, Func<ReportRow, string> Cell)> Columns =>
    [
        (T["Persona"], r => $"{r.FamilyName} {r.GivenName}"),
        (T["Codice fiscale"], r => r.FiscalCode ?? ""),
        (T["Nata/o il"], r => Shown.Day(r.BirthDate)),
        (T["Esame"], r => T[Words.Of(r.TestType)]),
        (T["Prelievo"], r => region.Time(r.CollectedAt)),
        (T["Rilasciato"], r => region.Time(r.IssuedAt)),
        (T["Laboratorio"], r => region.LabName(r.LabCode)),
        (T["Campione"], r => r.AccessionNumber ?? ""),
        (T["Versione"], r => r.CurrentVersion.ToString(CultureInfo.CurrentCulture)),
        (T["Esito"], r => T[r.Kind == ReportVersionKind.Annulment ? "Referto annullato" : Words.Of(r.Result)]),
    ];

    public async Task<IActionResult> OnGetAsync(string? format)
    {
        // With a filter that cannot be read the page says so; an export without that filter would say nothing.
        var csv = format == "csv" && ModelState.IsValid;
        Reports = (await Ask(new ReportList(Text, Result, From, To, PositivesFirst, Sort, csv ? 0 : Math.Max(1, P)))).Reports;
        return csv ? File(Csv(), "text/csv; charset=utf-8", "referti.csv") : Page();
    }

    // As Italian spreadsheets open it: semicolons, byte order mark; no cell is taken for a formula.
    private byte[] Csv()
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = ";", InjectionOptions = InjectionOptions.Escape }))
        {
            foreach (var (title, _) in Columns)
                csv.WriteField(title);
            csv.NextRecord();
            foreach (var row in Reports.Rows)
            {
                foreach (var (_, cell) in Columns)
                    csv.WriteField(cell(row));
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }
}
