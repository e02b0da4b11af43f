using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Tests.Walls;

/// <summary>docs/security/asvs.md is held to the tree: whole, and naming only what is there.</summary>
public sealed partial class AsvsTests
{
    /// <summary>The requirements of levels 1 and 2 of ASVS 4.0.3: section, then numbers or ranges of them. Those that the standard has
    /// withdrawn, and those of level 3 alone, are left out.</summary>
    private static readonly string[] Asked =
    [
        "1.1:1-7", "1.2:1-4", "1.4:1,4,5", "1.5:1-4", "1.6:1-4", "1.7:1-2", "1.8:1-2", "1.9:1-2", "1.10:1", "1.11:1-2", "1.12:2", "1.14:1-6",
        "2.1:1-12", "2.2:1-3", "2.3:1-3", "2.4:1-5", "2.5:1-7", "2.6:1-3", "2.7:1-6", "2.8:1-7", "2.9:1-3", "2.10:1-4",
        "3.1:1", "3.2:1-4", "3.3:1-4", "3.4:1-5", "3.5:1-3", "3.7:1",
        "4.1:1-3,5", "4.2:1-2", "4.3:1-3",
        "5.1:1-5", "5.2:1-8", "5.3:1-10", "5.4:1-3", "5.5:1-4",
        "6.1:1-3", "6.2:1-6", "6.3:1-2", "6.4:1-2",
        "7.1:1-4", "7.2:1-2", "7.3:1,3,4", "7.4:1-3",
        "8.1:1-4", "8.2:1-3", "8.3:1-8",
        "9.1:1-3", "9.2:1-4",
        "10.2:1-2", "10.3:1-3",
        "11.1:1-8",
        "12.1:1-3", "12.2:1", "12.3:1-6", "12.4:1-2", "12.5:1-2", "12.6:1",
        "13.1:1,3-5", "13.2:1-3,5-6", "13.3:1-2", "13.4:1-2",
        "14.1:1-4", "14.2:1-6", "14.3:2-3", "14.4:1-7", "14.5:1-4",
    ];

    private static readonly string Text = File.ReadAllText(Path.Combine(Documents.Root, "docs", "security", "asvs.md"));

    private static readonly List<(string Number, string State, string Says)> Rows =
        [.. Row().Matches(Text).Select(m => (m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value))];

    [Fact]
    public void Every_requirement_of_levels_1_and_2_is_there_once_with_a_state()
    {
        Assert.True(Rows.Count > 250);
        Assert.Equal(Asked.SelectMany(Numbers), Rows.Select(r => r.Number));
        Assert.All(Rows, r => Assert.True(r.State is "met" or "partly" or "not met" or "not applicable", $"{r.Number}: {r.State}"));
        Assert.All(Rows, r => Assert.True(r.Says.Trim().Length > 0, $"{r.Number} says nothing."));
        foreach (var state in Rows.GroupBy(r => r.State))
            Assert.Contains($"{state.Count()} {state.Key}", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_file_and_test_that_it_names_exists()
    {
        var tests = Directory.GetFiles(Path.Combine(Documents.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)!).ToHashSet(StringComparer.Ordinal);
        var (files, named) = (Files().Matches(Text).Select(m => m.Groups[1].Value).ToList(), TestName().Matches(Text).Select(m => m.Value).ToList());
        Assert.True(files.Count > 80 && named.Count > 80);
        var missing = files.Where(f => !File.Exists(Path.Combine(Documents.Root, f))).Concat(named.Where(t => !tests.Contains(t))).Distinct().ToList();
        Assert.True(missing.Count == 0, string.Join(", ", missing));
    }

    private static IEnumerable<string> Numbers(string asked)
    {
        var (section, numbers) = (asked.Split(':')[0], asked.Split(':')[1]);
        foreach (var range in numbers.Split(','))
        {
            var ends = range.Split('-').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            for (var number = ends[0]; number <= ends[^1]; number++)
                yield return $"{section}.{number}";
        }
    }

    [GeneratedRegex(@"^\| (\d+\.\d+\.\d+) \| [^|]* \| ([^|]*?) \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"`((?:src|docs|deploy|regions|tests|\.ci)/[^`\s]+|[A-Z][\w.]*\.(?:md|props|yml)|Dockerfile|[a-z][\w-]*\.(?:yml|json))`")]
    private static partial Regex Files();

    [GeneratedRegex(@"\b[A-Z]\w*Tests\b")]
    private static partial Regex TestName();
}
