using System.Globalization;

namespace Platform.BuildingBlocks.Tables;

/// <summary>A column that is written. <paramref name="Cell"/> gives a text, a number, a day, a moment in the region's time, or nothing.</summary>
public sealed record TableColumn<T>(string Title, Func<T, object?> Cell);

public enum TableFormat
{
    Csv,
    Xlsx,
}

/// <summary>Writes a table as it comes, in little memory however long it is.</summary>
public static class TableWriter
{
    /// <summary>Rows of a sheet, its heading among them: no spreadsheet opens more.</summary>
    public const int LongestSheet = 1_048_576;

    public static string MediaType(TableFormat format) => format == TableFormat.Csv
        ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <param name="output">Written asynchronously only, and never read or sought: the body of an answer will do.</param>
    public static Task Write<T>(
        TableFormat format, Stream output, IReadOnlyList<TableColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellation) =>
        format == TableFormat.Csv ? CsvText.Write(output, columns, rows, cancellation) : XlsxText.Write(output, columns, rows, cancellation);

    // What a sheet in Italian takes for numbers and days.
    internal static readonly CultureInfo Italian = CultureInfo.GetCultureInfo("it-IT");
}
