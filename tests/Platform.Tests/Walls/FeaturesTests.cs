using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Tests.Walls;

/// <summary>docs/features.md is the first thing a region reads: no number is missing, no state is invented, and each
/// feature that works names a test that exists.</summary>
public sealed partial class FeaturesTests
{
    private const int Features = 161;

    private static readonly List<(int Number, string State, string Tests)> Rows =
        [.. Row().Matches(File.ReadAllText(Path.Combine(Documents.Root, "docs", "features.md")))
            .Select(m => (int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture), m.Groups[2].Value.Trim(), m.Groups[3].Value.Trim()))];

    [Fact]
    public void Every_number_is_there_once_with_a_state()
    {
        Assert.Equal(Enumerable.Range(1, Features), Rows.Select(r => r.Number).Order());
        Assert.All(Rows, r => Assert.Matches("^(works|in part|not yet)(:|$)", r.State));
    }

    [Fact]
    public void What_works_names_a_test_that_exists()
    {
        var files = Directory.GetFiles(Path.Combine(Documents.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)!).Append("run").ToHashSet(StringComparer.Ordinal);
        var there = Rows.Where(r => !r.State.StartsWith("not yet", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(there);
        Assert.All(there, r =>
        {
            var named = TestName().Matches(r.Tests).Select(m => m.Value).ToList();
            Assert.True(named.Count > 0, $"{r.Number} names no test.");
            Assert.All(named, name => Assert.True(files.Contains(name), $"{r.Number} names {name}, which does not exist."));
        });
    }

    [GeneratedRegex(@"^\| (\d+) \| [^|]* \| ([^|]*) \| [^|]* \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b\w+Tests\b|(?<=\.ci/)run\b")]
    private static partial Regex TestName();
}
