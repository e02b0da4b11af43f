using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Entitlements;

/// <summary>An official list: whose health card has which number, who belongs to which category. Of the card only a digest is kept. The same
/// rows again change nothing; a newer card takes the older one's place.</summary>
internal sealed class EntitledImport(VaccinationDb db, Region region, TimeProvider clock) : StagedImport
{
    public static readonly TableLayout Layout = new(
        new("fiscal_code", true, "codice_fiscale", "cf"),
        new("card", false, "tessera", "tessera_sanitaria", "numero_tessera"),
        new("category", false, "categoria"));

    public override string Name => "entitled";

    public override IReadOnlyList<ImportCount> Counts { get; } = [new("Tessere nuove o cambiate", "cards"), new("Persone aggiunte a una categoria", "listed"), new("Già a posto", "unchanged")];

    public override int BatchSize => 1000;

    public override TableLayout LayoutOf(string? format) => Layout;

    public override async Task<ImportOutcome> Bring(ImportSource source, IReadOnlyList<TableRow> rows, CancellationToken cancellation)
    {
        var faults = new List<RowFault>();
        var read = rows.Select(r => Read(r, faults)).OfType<EntitledRow>().ToList();
        var codes = read.Select(r => r.FiscalCode).Distinct().ToArray();
        var people = await db.Vaccinees.Where(v => codes.Contains(v.FiscalCode!)).ToDictionaryAsync(v => v.FiscalCode!, cancellation);
        var ids = people.Values.Select(v => v.PatientId).ToArray();
        var listed = (await db.Categories.Where(c => ids.Contains(c.PatientId)).Select(c => new { c.PatientId, c.Category }).ToListAsync(cancellation))
            .Select(c => (c.PatientId, c.Category)).ToHashSet();
        var (cards, added, unchanged) = (0, 0, 0);
        foreach (var row in read)
        {
            if (people.GetValueOrDefault(row.FiscalCode) is not { } person)
            {
                faults.Add(new(row.Line, "fiscal_code", "In anagrafe non c’è nessuno con questo codice: registri la persona e rimandi la riga."));
                continue;
            }

            var (card, category) = (false, false);
            if (row.Card is not null && HealthCard.DigestOf(row.FiscalCode, row.Card) is var digest && person.CardDigest != digest)
                (person.CardDigest, card) = (digest, true);
            if (row.Category is not null && listed.Add((person.PatientId, row.Category)))
            {
                category = true;
                db.Add(new VaccineeCategory
                {
                    Id = StableId.Of(person.PatientId, row.Category), PatientId = person.PatientId, Category = row.Category, Source = "import", NotedAt = clock.GetUtcNow().UtcDateTime,
                });
            }

            cards += card ? 1 : 0;
            added += category ? 1 : 0;
            unchanged += card || category ? 0 : 1;
        }

        return new([cards, added, unchanged], faults);
    }

    private sealed record EntitledRow(int Line, string FiscalCode, string? Card, string? Category);

    private EntitledRow? Read(TableRow row, List<RowFault> faults)
    {
        if (row.Fault is { } unreadable)
        {
            faults.Add(new(row.Line, "", unreadable, [.. row.FaultArguments ?? []]));
            return null;
        }

        var before = faults.Count;
        var code = Layout.Text(row, "fiscal_code")?.Trim().ToUpperInvariant() ?? "";
        if (code.Length is 0 or > 16)
            faults.Add(new(row.Line, "fiscal_code", "Il codice fiscale ha 16 caratteri."));
        var (typed, category) = (Layout.Text(row, "card")?.Trim(), Layout.Text(row, "category")?.Trim());
        var card = HealthCard.LastDigits(typed);
        if (!string.IsNullOrEmpty(typed) && card is null)
            faults.Add(new(row.Line, "card", "Servono le 20 cifre della tessera, o le ultime 13."));
        if (!string.IsNullOrEmpty(category) && !region.Vaccination.Categories.Any(c => c.Code == category))
            faults.Add(new(row.Line, "category", "Le categorie sono queste: {0}.", string.Join(", ", region.Vaccination.Categories.Select(c => c.Code).Distinct())));
        if (string.IsNullOrEmpty(typed) && string.IsNullOrEmpty(category))
            faults.Add(new(row.Line, "", "Serve la tessera, la categoria, o tutte e due."));
        return faults.Count > before ? null : new(row.Line, code, card, string.IsNullOrEmpty(category) ? null : category);
    }
}
