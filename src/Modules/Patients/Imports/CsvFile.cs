using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Platform.BuildingBlocks.Failures;

namespace Platform.Patients.Imports;

/// <summary>The columns of a file, in the order in which its rows hand them on.</summary>
internal sealed record CsvLayout(IReadOnlyList<string> Columns, IReadOnlyList<string> Required)
{
    public int IndexOf(string column) => Array.IndexOf([.. Columns], column);
}

/// <summary>A line of a file, read as far as it can be.</summary>
/// <param name="Line">Of the file, from 1, the header being the first.</param>
/// <param name="Fields">One a column of the layout, trimmed; empty where the file has no such column. Empty altogether when there is a fault.</param>
/// <param name="Fault">Italian sentence, the key of its translation, with the arguments after it; null for a line that could be read.</param>
internal sealed record CsvRow(int Line, string[] Fields, string? Fault = null, string[]? FaultArguments = null);

/// <summary>Reads comma- or semicolon-separated values (RFC 4180, UTF-8) as a stream, and never stumbles: a line
/// that cannot be read is told as such, and the reading goes on with the next one.</summary>
internal static class CsvFile
{
    private const int LongestLine = 16 * 1024;

    // A field may go on over the end of a line; an unclosed quote must not swallow the rest of the file.
    private const int LinesOfARecord = 5;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <exception cref="Refusal">The header is not there or is another file's; nothing has been handed on then.</exception>
    public static async IAsyncEnumerable<CsvRow> Rows(
        Stream file, CsvLayout layout, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var waiting = new LinkedList<Raw>();
        await using var lines = Lines(file, cancellation).GetAsyncEnumerator(cancellation);

        async ValueTask<Raw?> Next()
        {
            if (waiting.First is { } first)
            {
                waiting.RemoveFirst();
                return first.Value;
            }

            return await lines.MoveNextAsync() ? lines.Current : null;
        }

        var header = await Next();
        while (header is { Text: { } blank } && string.IsNullOrWhiteSpace(blank))
            header = await Next();
        var (separator, places) = HeaderOf(header, layout);
        while (await Next() is { } line)
        {
            if (line.Fault is { } unreadable)
            {
                yield return new(line.Number, [], unreadable);
                continue;
            }

            if (string.IsNullOrWhiteSpace(line.Text))
                continue;
            var fields = new List<string>(places.Length);
            var shape = Split(line.Text!, separator, fields);
            if (shape == Shape.OpenQuote)
            {
                var taken = new List<Raw>();
                var text = line.Text!;
                while (shape == Shape.OpenQuote && taken.Count < LinesOfARecord - 1 && await Next() is { } more)
                {
                    taken.Add(more);
                    if (more.Text is null || IsWhole(more.Text, separator, places.Length))
                        break;
                    text += "\n" + more.Text;
                    shape = Split(text, separator, fields);
                }

                if (shape != Shape.Whole || fields.Count != places.Length)
                {
                    foreach (var back in taken.AsEnumerable().Reverse())
                        waiting.AddFirst(back);
                    yield return new(line.Number, [], "Le virgolette aperte in questa riga non sono chiuse.");
                    continue;
                }
            }

            if (shape == Shape.Broken)
                yield return new(line.Number, [], "Dopo le virgolette di chiusura c'è altro testo: le virgolette dentro un campo vanno raddoppiate.");
            else
                yield return RowOf(line.Number, fields, places, layout);
        }
    }

    private static (char Separator, int[] Places) HeaderOf(Raw? header, CsvLayout layout)
    {
        if (header is null)
            throw Wrong("import-empty", "Il file è vuoto.");
        if (header.Fault is not null || header.Text!.Contains('\0'))
            throw Wrong("import-not-utf8", "Il file non è in UTF-8: lo salvi come «CSV UTF-8» e lo carichi di nuovo.");
        var separator = header.Text.Contains(';') && !header.Text.Contains(',') ? ';' : ',';
        var names = new List<string>();
        Split(header.Text, separator, names);
        while (names.Count > 0 && names[^1].Trim().Length == 0)
            names.RemoveAt(names.Count - 1);
        var places = new int[names.Count];
        for (var index = 0; index < names.Count; index++)
        {
            var name = names[index].Trim().ToLowerInvariant();
            places[index] = layout.IndexOf(name);
            if (places[index] < 0)
                throw Wrong("import-unknown-column", "Riga 1: la colonna «{0}» non è prevista. Le colonne sono: {1}.", Short(name), string.Join(", ", layout.Columns));
            if (Array.IndexOf(places, places[index]) < index)
                throw Wrong("import-column-twice", "Riga 1: la colonna «{0}» c'è due volte.", name);
        }

        foreach (var required in layout.Required)
        {
            if (!places.Contains(layout.IndexOf(required)))
                throw Wrong("import-missing-column", "Riga 1: manca la colonna «{0}». La prima riga deve avere i nomi delle colonne.", required);
        }

        return (separator, places);
    }

    private static CsvRow RowOf(int line, List<string> fields, int[] places, CsvLayout layout)
    {
        // Spreadsheets leave separators after the last column.
        while (fields.Count > places.Length && string.IsNullOrWhiteSpace(fields[^1]))
            fields.RemoveAt(fields.Count - 1);
        if (fields.Count != places.Length)
        {
            return new(line, [], "La riga ha {0} campi invece di {1}.",
                [fields.Count.ToString(CultureInfo.InvariantCulture), places.Length.ToString(CultureInfo.InvariantCulture)]);
        }

        var row = new string[layout.Columns.Count];
        Array.Fill(row, "");
        for (var index = 0; index < places.Length; index++)
        {
            row[places[index]] = fields[index].Trim();
            if (row[places[index]].Any(c => c < ' ' && c is not ('\n' or '\r' or '\t')))
                return new(line, [], "La colonna «{0}» contiene un carattere di controllo.", [layout.Columns[places[index]]]);
        }

        return new(line, row);
    }

    private static Refusal Wrong(string code, string message, params object?[] arguments) =>
        new(code, message, arguments) { Kind = RefusalKind.Unprocessable };

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static bool IsWhole(string text, char separator, int count)
    {
        var fields = new List<string>(count);
        return Split(text, separator, fields) == Shape.Whole && fields.Count == count;
    }

    private enum Shape
    {
        Whole,
        OpenQuote,
        Broken,
    }

    private static Shape Split(string text, char separator, List<string> fields)
    {
        fields.Clear();
        var at = 0;
        while (true)
        {
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

    /// <param name="Text">Null when it could not be read.</param>
    private sealed record Raw(int Number, string? Text, string? Fault);

    private static async IAsyncEnumerable<Raw> Lines(Stream file, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var line = new ArrayBufferWriter<byte>(1024);
            var tooLong = false;
            var number = 1;
            int read;
            while ((read = await file.ReadAsync(buffer, cancellation)) > 0)
            {
                var from = 0;
                while (from < read)
                {
                    var length = buffer.AsSpan(from, read - from).IndexOf((byte)'\n');
                    var end = length < 0 ? read : from + length;
                    tooLong |= line.WrittenCount + end - from > LongestLine;
                    if (!tooLong)
                        line.Write(buffer.AsSpan(from, end - from));
                    from = end + 1;
                    if (length < 0)
                        break;
                    yield return Decode(number++, line, tooLong);
                    line.Clear();
                    tooLong = false;
                }
            }

            if (tooLong || line.WrittenCount > 0)
                yield return Decode(number, line, tooLong);
        }
        finally
        {
            // It held people's data.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static Raw Decode(int number, ArrayBufferWriter<byte> line, bool tooLong)
    {
        if (tooLong)
            return new(number, null, "La riga è troppo lunga.");
        var bytes = line.WrittenSpan;
        if (number == 1 && bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.EndsWith("\r"u8))
            bytes = bytes[..^1];
        try
        {
            return new(number, Strict.GetString(bytes), null);
        }
        catch (DecoderFallbackException)
        {
            return new(number, null, "La riga non è in UTF-8: salvi il file come «CSV UTF-8».");
        }
    }
}
