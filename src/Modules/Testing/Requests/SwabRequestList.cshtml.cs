using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

[Requires(TestingModule.MayRead)]
internal sealed class SwabRequestListPage(Region region) : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public SwabRequestState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<SwabRequestRow> Requests { get; private set; } = null!;

    public IEnumerable<SelectListItem> States =>
        Enum.GetValues<SwabRequestState>().Select(s => new SelectListItem(T[Words.Of(s)], s.ToString()));

    /// <summary>The list's columns, on the screen as in the export.</summary>
    public IReadOnlyList<(string Title, Func<SwabRequestRow, string> Cell)> Columns =>
    [
        (T["Persona"], r => $"{r.FamilyName} {r.GivenName}"),
        (T["Codice fiscale"], r => r.FiscalCode ?? ""),
        (T["Test"], r => T[Words.Of(r.TestType)]),
        (T["Motivo"], r => region.Swabs.NameOfReason(r.Reason)),
        (T["Richiesto"], r => region.LocalOf(r.RequestedAt).ToString("g", CultureInfo.CurrentCulture)),
        (T["Richiedente"], r => r.RequesterName),
        (T["Hotspot"], r => r.HotspotName),
        (T["Appuntamento"], r => r.SlotAt is { } at ? region.LocalOf(at).ToString("g", CultureInfo.CurrentCulture) : ""),
        (T["Campione"], r => r.AccessionNumber ?? ""),
        (T["Stato"], r => T[Words.Of(r.State)]),
    ];

    public async Task<IActionResult> OnGetAsync(string? format)
    {
        // With a filter that cannot be read the page says so; an export without that filter would say nothing.
        var csv = format == "csv" && ModelState.IsValid;
        Requests = (await Ask(new SwabRequestList { Text = Text, State = State, Day = Day, Sort = Sort, Page = P, Whole = csv })).Requests;
        return csv ? File(Csv(), "text/csv; charset=utf-8", "tamponi.csv") : Page();
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
            foreach (var row in Requests.Rows)
            {
                foreach (var (_, cell) in Columns)
                    csv.WriteField(cell(row));
                csv.NextRecord();
            }
        }

        return bytes.ToArray();
    }
}
