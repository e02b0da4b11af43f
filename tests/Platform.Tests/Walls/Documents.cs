namespace Platform.Tests.Walls;

/// <summary>Parts of the documentation that the code itself tells: between <c>&lt;!-- name --&gt;</c> and
/// <c>&lt;!-- /name --&gt;</c>. With <c>PLATFORM_UPDATE_DOCS=1</c> the test writes them anew.</summary>
internal static class Documents
{
    public static string Root { get; } = FindRoot();

    public static void MustSay(string file, string part, string text)
    {
        var path = Path.Combine(Root, "docs", file);
        var whole = File.ReadAllText(path);
        string begin = $"<!-- {part} -->", end = $"<!-- /{part} -->";
        var from = whole.IndexOf(begin, StringComparison.Ordinal);
        var to = whole.IndexOf(end, StringComparison.Ordinal);
        Assert.True(from >= 0 && to > from, $"docs/{file} has no part between {begin} and {end}.");
        var written = whole[(from + begin.Length)..to].Trim();
        if (Environment.GetEnvironmentVariable("PLATFORM_UPDATE_DOCS") == "1")
            File.WriteAllText(path, whole[..(from + begin.Length)] + "\n\n" + text.Trim() + "\n\n" + whole[to..]);
        else
            Assert.True(written == text.Trim(), $"docs/{file} is behind the code: run the tests once with PLATFORM_UPDATE_DOCS=1 and read the difference.\n{text}");
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Platform.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The checkout's root was not found.");
    }
}
