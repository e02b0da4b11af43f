using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Tables;

namespace Platform.Schools.People;

/// <summary>Reads a school's file as it stands, and says which column is what: by its name, or as somebody of the school once said.</summary>
internal sealed class ListReader(SchoolsDb db)
{
    public const int MostRows = 5000;

    /// <exception cref="Refusal">It is no table, or a whole region's.</exception>
    public static async Task<(string Payload, int Lines)> Read(Stream file, CancellationToken cancellation)
    {
        IReadOnlyList<string> header;
        await using (var first = await Table.Open(file, new TableLayout(), cancellation))
            header = first.Header;
        file.Position = 0;
        // Every column by its place, whatever it is called.
        var whole = new TableLayout([.. header.Select((_, i) => new TableField($"§{i}§column", false))]) { ByPosition = true };
        await using var table = await Table.Open(file, whole, cancellation);
        var rows = new List<ListedRow>();
        await foreach (var row in table.Rows(cancellation))
        {
            if (rows.Count == MostRows)
                throw new Refusal("list-too-long", "L’elenco ha più di {0} righe: lo divida per plesso.", MostRows) { Kind = RefusalKind.Unprocessable };
            rows.Add(new(row.Line, row.Fields, row.Fault, row.FaultArguments));
        }

        if (rows.Count == 0)
            throw new Refusal("list-empty", "L’elenco non ha righe.") { Kind = RefusalKind.Unprocessable };
        return (JsonSerializer.Serialize(new ListedRows(header, rows)), rows.Count);
    }

    /// <summary>One field a column of the header; null for a column that nobody knows yet, empty for one to be passed over.</summary>
    public async Task<IReadOnlyList<string?>> Match(string school, IReadOnlyList<string> header, CancellationToken cancellation)
    {
        var said = await db.ColumnMatches.AsNoTracking().Where(m => m.SchoolCode == school).ToDictionaryAsync(m => m.Header, m => m.Field, cancellation);
        return [.. header.Select(h => said.TryGetValue(ListFields.Key(h), out var field) ? field : ListFields.Recognise(h) ?? (h.Length == 0 ? "" : null))];
    }

    /// <returns>What is missing, or twice; Italian, the key of its translation. Null when the rows can be read.</returns>
    public static string? Lacks(IReadOnlyList<string?> fields) =>
        fields.OfType<string>().Where(f => f.Length > 0).GroupBy(f => f).Any(g => g.Count() > 1) ? "Due colonne sono indicate come lo stesso dato."
        : !fields.Contains(ListFields.FamilyName) ? "Manca la colonna del cognome."
        : !fields.Contains(ListFields.GivenName) ? "Manca la colonna del nome."
        : !fields.Contains(ListFields.FiscalCode) && !fields.Contains(ListFields.BirthDate) ? "Manca la colonna del codice fiscale o della data di nascita." : null;
}
