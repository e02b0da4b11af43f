using System.Runtime.CompilerServices;
using System.Text;

namespace Platform.BuildingBlocks.Tables;

/// <summary>Separated values (RFC 4180). CsvHelper reads on to the end of the file after a quote that is never closed; here
/// such a row is told and the next ones are read, since the good rows of a file must go in.</summary>
internal sealed class CsvRecords(Stream file, Encoding? encoding, TableLayout layout, TableLimits limits) : TableSource
{
    // A field may go on over the end of a line; an unclosed quote must not swallow the rest of the file.
    private const int LinesOfARecord = 5;

    private readonly LinkedList<CsvLine> waiting = new();

    public override bool Ragged => false;

    public override int Percent => (int)(100 * file.Position / Math.Max(1, file.Length));

    public override async IAsyncEnumerable<RawRow> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var lines = new CsvLines(file, encoding, limits.LongestLine).Read(cancellation).GetAsyncEnumerator(cancellation);

        async ValueTask<CsvLine?> Next()
        {
            if (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                return first.Value;
            }

            return await lines.MoveNextAsync() ? lines.Current : null;
        }

        var number = 0;
        char? separator = null;
        while (await Next() is { } line)
        {
            number++;
            if (line.Fault is { } unreadable)
            {
                yield return new(number, null, unreadable);
                continue;
            }

            if (string.IsNullOrWhiteSpace(line.Text))
                continue;
            // Excel's own way to say it: not a row of the table.
            if (number == 1 && line.Text is ['s', 'e', 'p', '=', var declared])
            {
                separator = declared;
                continue;
            }

            if (separator is null && line.Text.Contains('\0'))
                throw Wrong("table-not-a-table", "Il file non è una tabella: servono un CSV, un xlsx, o uno ZIP che ne contenga uno.");
            separator ??= SeparatorOf(line.Text);
            var fields = new List<string>(Width);
            var shape = Split(line.Text, separator.Value, fields);
            if (shape == Shape.OpenQuote)
            {
                var taken = new List<CsvLine>();
                var text = line.Text;
                while (shape == Shape.OpenQuote && taken.Count < LinesOfARecord - 1 && await Next() is { } more)
                {
                    taken.Add(more);
                    if (more.Text is null || IsWhole(more.Text, separator.Value))
                        break;
                    text += "\n" + more.Text;
                    shape = Split(text, separator.Value, fields);
                }

                if (shape != Shape.Whole || !Fits(fields))
                {
                    foreach (var back in taken.AsEnumerable().Reverse())
                        waiting.AddFirst(back);
                    yield return new(number, null, "Le virgolette aperte in questa riga non sono chiuse.");
                    continue;
                }
            }

            if (shape == Shape.Broken)
                yield return new(number, null, "Dopo le virgolette di chiusura c'è altro testo: le virgolette dentro un campo vanno raddoppiate.");
            else if (shape == Shape.TooWide)
                yield return new(number, null, "La riga ha più di {0} celle.", [limits.MostCells.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            else
                yield return new(number, fields);
        }
    }

    /// <summary>The one by which most columns are recognised; the one that makes most of them, when none is.</summary>
    private char SeparatorOf(string header)
    {
        (char Best, int Known, int Count) best = (';', -1, 0);
        foreach (var candidate in ";,\t|")
        {
            var names = new List<string>();
            Split(header, candidate, names);
            var known = names.Count(n => layout.Recognise(n) >= 0);
            if (known > best.Known || (known == best.Known && names.Count > best.Count))
                best = (candidate, known, names.Count);
        }

        return best.Best;
    }

    // A quote within a plain field is rather the end of one that began above.
    private bool IsWhole(string text, char separator)
    {
        var fields = new List<string>(Width);
        return Split(text, separator, fields) == Shape.Whole && Width > 0 && Fits(fields) && !fields.Exists(f => f.Contains('"'));
    }

    private bool Fits(List<string> fields) => Width == 0 || (fields.Count >= Width && fields.Skip(Width).All(string.IsNullOrWhiteSpace));

    private enum Shape
    {
        Whole,
        OpenQuote,
        Broken,
        TooWide,
    }

    private Shape Split(string text, char separator, List<string> fields)
    {
        fields.Clear();
        var at = 0;
        while (true)
        {
            if (fields.Count == limits.MostCells)
                return Shape.TooWide;
            if (at < text.Length && text[at] == '"')
            {
                var field = new StringBuilder();
                at++;
                while (true)
                {
                    var quote = text.IndexOf('"', at);
                    if (quote < 0)
                        return Shape.OpenQuote;
                    field.Append(text, at, quote - at);
                    at = quote + 1;
                    if (at >= text.Length || text[at] != '"')
                        break;
                    field.Append('"');
                    at++;
                }

                while (at < text.Length && text[at] == ' ')
                    at++;
                if (at < text.Length && text[at] != separator)
                    return Shape.Broken;
                fields.Add(field.ToString());
            }
            else
            {
                var end = text.IndexOf(separator, at);
                end = end < 0 ? text.Length : end;
                fields.Add(text[at..end]);
                at = end;
            }

            if (at >= text.Length)
                return Shape.Whole;
            at++;
        }
    }
}
