using System.Globalization;

namespace Platform.Tests.VaccinationBooking.Replay;

/// <summary>A file of administered doses in the columns of May 2021, as its lines and by column.</summary>
internal sealed class OpenDataCsv
{
    private readonly Dictionary<string, int> column;

    private OpenDataCsv(string header, IReadOnlyList<string> lines)
    {
        (Header, Lines) = (header, lines);
        column = header.Split(',').Select((name, at) => (name, at)).ToDictionary(c => c.name, c => c.at);
        Rows = [.. lines.Select(l => new OpenDataLine(l.Split(','), column))];
    }

    public string Header { get; }
    public IReadOnlyList<string> Lines { get; }
    public IReadOnlyList<OpenDataLine> Rows { get; }
    public IReadOnlyList<string> Categories => [.. column.Keys.Where(c => c.StartsWith("categoria_", StringComparison.Ordinal))];

    public static OpenDataCsv Read(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new(lines[0], lines[1..]);
    }

    /// <summary>Courses counted again as the file counts them, in its own order.</summary>
    public static IReadOnlyList<string> Count(IEnumerable<PlannedCourse> courses, string header, string area, string[] tail)
    {
        var names = header.Split(',');
        return
        [
            .. courses.SelectMany(c => c.Doses).GroupBy(d => (d.Day, d.Course.Producer, d.Course.Band)).OrderBy(g => g.Key.Day).ThenBy(g => g.Key.Producer, StringComparer.Ordinal)
                .ThenBy(g => g.Key.Band, StringComparer.Ordinal).Select(g => string.Join(',', [
                    g.Key.Day.ToString("O", CultureInfo.InvariantCulture), g.Key.Producer, area, g.Key.Band,
                    .. names[4..^4].Select(name => g.Count(d => d.Counts(name)).ToString(CultureInfo.InvariantCulture)), .. tail,
                ])),
        ];
    }
}

internal sealed class OpenDataLine(string[] cells, Dictionary<string, int> column)
{
    public DateOnly Day => DateOnly.ParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture);
    public string Producer => cells[1];
    public string Band => cells[3];

    public int this[string name] => int.Parse(cells[column[name]], CultureInfo.InvariantCulture);
}
