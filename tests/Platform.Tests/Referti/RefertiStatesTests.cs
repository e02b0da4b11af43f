using System.Globalization;
using System.Text;
using Platform.Referti.Deliveries;
using Platform.Referti.Proposals;
using Platform.Tests.Walls;

namespace Platform.Tests.Referti;

/// <summary>docs/states.md shows the moves that the code allows. To update it after a change, run this test with
/// <c>PLATFORM_UPDATE_DOCS=1</c>.</summary>
public sealed class RefertiStatesTests
{
    [Fact]
    public void The_document_shows_the_moves_of_results_to_be_validated() =>
        Same("proposal-moves", ProposalMoves.Allowed.Select(m => (m.From?.ToString(), m.To.ToString(), m.By, m.Means)));

    [Fact]
    public void The_document_shows_the_moves_of_deliveries() =>
        Same("delivery-moves", DeliveryMoves.Allowed.Select(m => (m.From?.ToString(), m.To.ToString(), m.By, m.Means)));

    private static void Same(string mark, IEnumerable<(string? From, string To, string By, string Means)> moves)
    {
        var (begin, end) = ($"<!-- {mark}: begin -->", $"<!-- {mark}: end -->");
        var path = Path.Combine(Documents.Root, "docs", "states.md");
        var document = File.ReadAllText(path).ReplaceLineEndings("\n");
        var from = document.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = document.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= begin.Length && to >= from, $"docs/states.md lacks the markers {begin} and {end}.");
        var table = new StringBuilder("| from | to | by | what it means |\n|---|---|---|---|\n");
        foreach (var move in moves)
            table.Append(CultureInfo.InvariantCulture, $"| {move.From ?? "–"} | {move.To} | {move.By} | {move.Means} |\n");
        if (Environment.GetEnvironmentVariable("PLATFORM_UPDATE_DOCS") == "1")
            File.WriteAllText(path, document = document[..from] + "\n" + table + document[to..]);
        Assert.True(document.Contains(begin + "\n" + table + end, StringComparison.Ordinal), $"docs/states.md and {mark} differ: run this test with PLATFORM_UPDATE_DOCS=1 and commit the document.");
    }
}
