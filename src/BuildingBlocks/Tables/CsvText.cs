using System.Globalization;
using System.Text;

namespace Platform.BuildingBlocks.Tables;

/// <summary>Separated values as spreadsheets in Italian open them: semicolons, UTF-8 with its mark, RFC 4180 quotes.</summary>
internal static class CsvText
{
    private const int Enough = 32 * 1024;

    public static async Task Write<T>(
        Stream output, IReadOnlyList<TableColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(output, new UTF8Encoding(true), Enough, leaveOpen: true);
        var text = new StringBuilder();
        text.AppendJoin(';', columns.Select(c => Field(c.Title))).Append("\r\n");
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            text.AppendJoin(';', columns.Select(c => Of(c.Cell(row)))).Append("\r\n");
            if (text.Length < Enough)
                continue;
            await writer.WriteAsync(text, cancellation);
            text.Clear();
        }

        await writer.WriteAsync(text, cancellation);
    }

    private static string Of(object? cell) => cell switch
    {
        null => "",
        string text => Field(text),
        DateOnly day => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, TableWriter.Italian),
        _ => Field(cell.ToString() ?? ""),
    };

    private static string Field(string text)
    {
        // A spreadsheet would take it for a formula and run it.
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..])
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n;") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
