using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Localisation;

namespace Platform.Notifications.ReleaseNotes;

/// <summary>What has changed, release by release, the newest first: the project's own CHANGELOG.md and its
/// Italian twin, as they were when this was built.</summary>
internal static partial class Changelog
{
    public const int EditionLength = 32;

    private static readonly string Whole = Read("CHANGELOG.md");

    public static IReadOnlyList<Release> English { get; } = Parse(Whole);

    public static IReadOnlyList<Release> Italian { get; } = Parse(Read("CHANGELOG.it.md"));

    /// <summary>In the reader's language.</summary>
    public static IReadOnlyList<Release> Releases => Texts.Italian ? Italian : English;

    /// <summary>Another one whenever there is something new to read.</summary>
    public static string Edition { get; } = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Whole)))[..EditionLength];

    public static IReadOnlyList<Release> Parse(string text)
    {
        var releases = new List<Release>();
        var open = false;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                releases.Add(new(Plain(line[3..]), []));
            else if (line.StartsWith("### ", StringComparison.Ordinal) && releases.Count > 0)
                releases[^1].Parts.Add(new(Plain(line[4..]), []));
            else if (line.StartsWith("- ", StringComparison.Ordinal) && releases is [.., { Parts: [.., var part] }])
                part.Items.Add(Plain(line[2..]));
            else if (open && line.StartsWith("  ", StringComparison.Ordinal))
                releases[^1].Parts[^1].Items[^1] += " " + Plain(line);
            open = releases is [.., { Parts: [.., { Items.Count: > 0 }] }] && line.Length > 0 && line[0] is '-' or ' ';
        }

        return releases;
    }

    // Names of links without their addresses, code without its quotes.
    private static string Plain(string markdown) => Marks().Replace(markdown.Trim(), "$1");

    private static string Read(string name)
    {
        using var stream = typeof(Changelog).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\[([^\]]*)\](?:\([^)]*\))?|`|\*\*")]
    private static partial Regex Marks();
}

internal sealed record Release(string Title, List<ReleasePart> Parts);

internal sealed record ReleasePart(string Heading, List<string> Items);
