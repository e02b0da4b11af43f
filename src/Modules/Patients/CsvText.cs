using System.Text;

namespace Platform.Patients;

/// <summary>Comma-separated values as spreadsheets open them: UTF-8 with its mark, RFC 4180.</summary>
internal static class CsvText
{
    public const string MediaType = "text/csv; charset=utf-8";

    public static byte[] Of(IEnumerable<string?[]> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Field(string? text)
    {
        text ??= "";
        // A spreadsheet would take it for a formula and run it.
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..])
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n;") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
