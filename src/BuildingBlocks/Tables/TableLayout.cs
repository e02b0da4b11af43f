using Platform.BuildingBlocks.Persistence;

namespace Platform.BuildingBlocks.Tables;

/// <summary>A column that a file may have.</summary>
/// <param name="Name">As messages and documents call it.</param>
/// <param name="Aliases">What people call it; case, accents, blanks and punctuation make no difference.</param>
public sealed record TableField(string Name, bool Required, params IReadOnlyList<string> Aliases);

/// <summary>The columns of a file, in the order in which its rows hand them on; the file has them in any order.</summary>
public sealed class TableLayout(params IReadOnlyList<TableField> fields)
{
    private readonly Dictionary<string, int> byName = fields
        .SelectMany((field, index) => field.Aliases.Append(field.Name).Select(Fold).Distinct().Select(name => (name, index)))
        .ToDictionary(pair => pair.name, pair => pair.index, StringComparer.Ordinal);

    public IReadOnlyList<TableField> Fields { get; } = fields;

    public string Names { get; } = string.Join(", ", fields.Select(f => f.Name));

    /// <exception cref="KeyNotFoundException">The layout has no such column: a mistake in the code.</exception>
    public int IndexOf(string name) => byName[Fold(name)];

    /// <returns>-1 when the file's header names no column of ours.</returns>
    public int Recognise(string header) => byName.GetValueOrDefault(Fold(header), -1);

    /// <returns>Null where the cell is empty, or the file has no such column.</returns>
    public string? Text(TableRow row, string name) => row.Fields[IndexOf(name)] is { Length: > 0 } text ? text : null;

    private static string Fold(string header) => SearchText.Of(header).Replace(" ", "", StringComparison.Ordinal);
}

/// <summary>A row of a file, read as far as it can be.</summary>
/// <param name="Line">As the person who made the file counts it in a spreadsheet: from 1, the header among them.</param>
/// <param name="Fields">One a column of the layout, trimmed; empty where the file has no such column. None when there is a fault.</param>
/// <param name="Fault">Italian sentence, the key of its translation, with its arguments; null for a row that could be read.</param>
public sealed record TableRow(int Line, string[] Fields, string? Fault = null, string[]? FaultArguments = null);

/// <summary>What a file may not exceed; the defaults are those of a spreadsheet, and of a machine with little memory.</summary>
public sealed record TableLimits
{
    public static readonly TableLimits Default = new();

    /// <summary>Characters.</summary>
    public int LongestCell { get; init; } = 32_767;

    public int MostCells { get; init; } = 1000;

    /// <summary>Bytes of a line of text, in UTF-8.</summary>
    public int LongestLine { get; init; } = 256 * 1024;

    /// <summary>Bytes, once unpacked.</summary>
    public long Unpacked { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Unpacked bytes to each packed one, for what is larger than <see cref="Harmless"/>. Tables reach some tens; a bomb a thousand.</summary>
    public int UnpackRatio { get; init; } = 200;

    /// <summary>Bytes that nobody minds, however well they were packed.</summary>
    public long Harmless { get; init; } = 16 * 1024 * 1024;
}
