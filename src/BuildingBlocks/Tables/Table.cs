using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Tables;

/// <summary>A table that came in a file: CSV, xlsx, or a zip holding one of them, recognised by what is in it. Its rows are
/// read as a stream, in little memory however long it is; a row that cannot be read is told as such, and the reading goes on.</summary>
public sealed class Table : IAsyncDisposable
{
    private readonly TableSource source;
    private readonly IAsyncEnumerator<RawRow> rows;
    private readonly TableLayout layout;
    private readonly TableLimits limits;
    private int[] places = [];

    private Table(TableSource source, TableLayout layout, TableLimits limits, CancellationToken cancellation)
    {
        (this.source, this.layout, this.limits) = (source, layout, limits);
        rows = source.Read(cancellation).GetAsyncEnumerator(cancellation);
    }

    /// <summary>All headings as the file has them, up to the last that is not empty.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>Headings that the layout does not know; their cells are passed over.</summary>
    public IReadOnlyList<string> Unknown { get; private set; } = [];

    public int HeaderLine { get; private set; }

    /// <summary>How much of the file has been read.</summary>
    public int Percent => source.Percent;

    /// <exception cref="Refusal">The file is no table, or lacks a column that is required.</exception>
    public static Task<Table> Open(Stream file, TableLayout layout, CancellationToken cancellation) =>
        Open(file, layout, TableLimits.Default, cancellation);

    /// <exception cref="Refusal">The file is no table, lacks a column that is required, or passes the limits.</exception>
    public static async Task<Table> Open(Stream file, TableLayout layout, TableLimits limits, CancellationToken cancellation)
    {
        var table = new Table(await TableSource.Of(file, layout, limits, cancellation), layout, limits, cancellation);
        try
        {
            await table.ReadHeader();
            return table;
        }
        catch
        {
            await table.DisposeAsync();
            throw;
        }
    }

    /// <summary>The rows below the header, once; empty ones are passed over.</summary>
    public async IAsyncEnumerable<TableRow> Rows([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var last = HeaderLine;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            TableRow? broken = null;
            try
            {
                if (!await rows.MoveNextAsync())
                    yield break;
            }
            catch (Refusal refusal)
            {
                // What came before is good: the place where the file breaks is told like a row that cannot be read.
                broken = new(last + 1, [], refusal.Message, [.. refusal.Arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture) ?? "")]);
            }

            if (broken is not null)
            {
                yield return broken;
                yield break;
            }

            last = rows.Current.Number;
            if (!rows.Current.IsBlank)
                yield return RowOf(rows.Current);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await rows.DisposeAsync();
        await source.DisposeAsync();
    }

    private async Task ReadHeader()
    {
        do
        {
            if (!await rows.MoveNextAsync())
                throw TableSource.Empty();
        }
        while (rows.Current.IsBlank);
        var header = rows.Current;
        HeaderLine = header.Number;
        if (header.Fault is { } fault)
            throw TableSource.Wrong("table-header", fault, [.. header.FaultArguments ?? []]);
        var names = header.Cells!.Select(c => c.Trim()).ToList();
        while (names[^1].Length == 0)
            names.RemoveAt(names.Count - 1);
        Header = names;
        places = [.. names.Select(layout.Recognise)];
        if (layout.ByPosition && names.Count == layout.Fields.Count && places.Contains(-1))
            places = [.. Enumerable.Range(0, names.Count)];
        Unknown = [.. names.Where((n, i) => n.Length > 0 && places[i] < 0).Select(Short)];
        for (var index = 0; index < places.Length; index++)
        {
            if (places[index] >= 0 && Array.IndexOf(places, places[index]) < index)
                throw TableSource.Wrong("table-column-twice", "Riga {0}: la colonna «{1}» c'è due volte.", HeaderLine, Short(names[index]));
        }

        var missing = layout.Fields.Where((field, index) => field.Required && !places.Contains(index)).Select(f => f.Name).ToList();
        if (missing.Count > 0)
        {
            throw TableSource.Wrong("table-missing-column",
                "Riga {0}: nell’intestazione manca {1}. La prima riga deve avere i nomi delle colonne, che possono essere: {2}.",
                HeaderLine, string.Join(", ", missing), layout.Names);
        }

        source.Width = places.Length;
    }

    private TableRow RowOf(RawRow raw)
    {
        if (raw.Fault is { } fault)
            return new(raw.Number, [], fault, raw.FaultArguments);
        var cells = raw.Cells!;
        // Spreadsheets leave separators after the last column.
        while (cells.Count > places.Length && string.IsNullOrWhiteSpace(cells[^1]))
            cells.RemoveAt(cells.Count - 1);
        if (cells.Count > places.Length || (cells.Count < places.Length && !source.Ragged))
            return new(raw.Number, [], "La riga ha {0} campi invece di {1}.", [Number(cells.Count), Number(places.Length)]);
        var fields = new string[layout.Fields.Count];
        Array.Fill(fields, "");
        for (var index = 0; index < cells.Count; index++)
        {
            if (places[index] < 0)
                continue;
            var text = cells[index].Trim();
            if (text.Length > limits.LongestCell)
                return new(raw.Number, [], "La colonna «{0}» ha più di {1} caratteri.", [layout.Fields[places[index]].Name, Number(limits.LongestCell)]);
            if (text.Any(c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is '\uFFFD' or '\uFFFE' or '\uFFFF'))
                return new(raw.Number, [], "La colonna «{0}» contiene un carattere di controllo.", [layout.Fields[places[index]].Name]);
            fields[places[index]] = text;
        }

        return new(raw.Number, fields);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
