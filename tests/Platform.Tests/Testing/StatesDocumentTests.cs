using System.Runtime.CompilerServices;
using System.Text;
using Platform.Testing.Requests;

namespace Platform.Tests.Testing;

/// <summary>docs/states.md shows the moves that the code allows. To update it after a change of
/// <c>SwabMoves.Allowed</c>, run this test with <c>PLATFORM_UPDATE_DOCS=1</c>.</summary>
public sealed class StatesDocumentTests
{
    private const string Begin = "<!-- swab-moves: begin -->";
    private const string End = "<!-- swab-moves: end -->";

    [Fact]
    public void The_document_shows_the_moves_of_swab_requests_that_the_code_allows()
    {
        Assert.NotEmpty(SwabMoves.Allowed);
        var path = Path.Combine(Root(), "docs", "states.md");
        var document = File.ReadAllText(path).ReplaceLineEndings("\n");
        var from = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = document.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from >= Begin.Length && to >= from, $"docs/states.md lacks the markers {Begin} and {End}.");
        var table = Table();
        if (Environment.GetEnvironmentVariable("PLATFORM_UPDATE_DOCS") == "1")
            File.WriteAllText(path, document = document[..from] + "\n" + table + document[to..]);
        Assert.True(
            document.Contains(Begin + "\n" + table + End, StringComparison.Ordinal),
            "docs/states.md and SwabMoves.Allowed differ: run this test with PLATFORM_UPDATE_DOCS=1 and commit the document.");
    }

    private static string Table()
    {
        var table = new StringBuilder("| from | to | by | what it means |\n|---|---|---|---|\n");
        foreach (var move in SwabMoves.Allowed)
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {move.From?.ToString() ?? "–"} | {move.To} | {move.By} | {move.Means} |\n");
        return table.ToString();
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
