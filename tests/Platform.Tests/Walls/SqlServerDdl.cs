using System.Text.RegularExpressions;

namespace Platform.Tests.Walls;

/// <summary>A script for SQL Server as a set of lines, one a fact, whatever the order of its statements and of the
/// columns in them: the script of the migrations and the script of the model must be the same set.</summary>
internal static partial class SqlServerDdl
{
    public static SortedSet<string> Lines(string script)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var batch in Go().Split(script).Where(b => !b.Contains("IF OBJECT_ID(N'[", StringComparison.Ordinal)))
        {
            foreach (var statement in Statement().Matches(batch).Select(m => m.Value.Trim().TrimEnd(';')))
            {
                if (statement.Length > 0 && statement is not ("BEGIN TRANSACTION" or "COMMIT")
                    && !statement.Contains($"[{SchemaDescription.History}]", StringComparison.Ordinal))
                {
                    lines.UnionWith(Facts(statement));
                }
            }
        }

        return lines;
    }

    private static IEnumerable<string> Facts(string statement)
    {
        if (CreateTable().Match(statement) is { Success: true } table)
        {
            yield return $"table {table.Groups["name"].Value}";
            foreach (var line in table.Groups["body"].Value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                yield return $"{table.Groups["name"].Value}: {line.TrimEnd(',')}";
        }
        else if (Added().Match(statement) is { Success: true } added)
        {
            yield return $"{added.Groups["name"].Value}: {added.Groups["what"].Value}";
        }
        else
        {
            yield return White().Replace(statement, " ");
        }
    }

    [GeneratedRegex(@"^\s*GO\s*$", RegexOptions.Multiline)]
    private static partial Regex Go();

    // A statement of EF ends with a semicolon at the end of a line.
    [GeneratedRegex(@".+?(;[ \t]*\r?$|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\ACREATE TABLE (?<name>\S+) \((?<body>.*)\)\s*\z", RegexOptions.Singleline)]
    private static partial Regex CreateTable();

    [GeneratedRegex(@"\AALTER TABLE (?<name>\S+) ADD (?<what>(CONSTRAINT )?\[.*)\z", RegexOptions.Singleline)]
    private static partial Regex Added();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
