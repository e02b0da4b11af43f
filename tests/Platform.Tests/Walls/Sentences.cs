using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Platform.Tests.Walls;

/// <summary>The sentences that the sources show to people, and the translations that the resources hold.</summary>
internal static partial class Sentences
{
    // One or more literals joined by +, as long sentences are written.
    private const string Text = @"(?<text>@?\x22(?:[^\x22\\]|\\.)*\x22(?:\s*\+\s*\x22(?:[^\x22\\]|\\.)*\x22)*)";

    /// <summary>Places in a source where the next literal is a sentence for people.</summary>
    private static readonly Regex[] Shown =
    [
        new(@"\bnew\s+Refusal\(\s*""[^""]*""\s*,\s*" + Text),
        // Target-typed, in a method or property that gives a Refusal: new("slot-full", "…").
        new(@"\bRefusal\b[^;{]*?\bnew\(\s*""[a-z0-9-]+""\s*,\s*" + Text),
        new(@"\bRefusal\.\w+\(\s*""[a-z0-9-]+""\s*,\s*" + Text),
        new(@"\bWithMessage\(\s*" + Text),
        new(@"\bAddFailure\(\s*(?:[^,()""]*|""[^""]*""|nameof\([^)]*\))\s*,\s*" + Text),
        new(@"\bnew\s+HomeCard\(\s*" + Text),
        new(@"\bnew\s+HomeCard\(\s*""[^""]*""\s*,\s*" + Text),
        new(@"\bGo\(\s*\$?""[^""]*""\s*,\s*" + Text),
        new(@"\bGo\(\s*[\w.]+(?:\([^()]*\))?\s*,\s*" + Text),
        new(@"\bpublic\s+(?:static\s+)?string\s+Title\s*=>\s*" + Text),
        new(@"\b(?:Subject|subject|Body|body)\s*(?::|=>?)\s*" + Text),
    ];

    /// <summary>Sources whose sentences are not keys of the resources, with the reason.</summary>
    public static readonly Dictionary<string, string> SpeakForThemselves = new()
    {
        ["src/Modules/Patients/Contracts/FiscalCodes/FiscalCodeFaultText.cs"] = "holds both languages: it builds sentences out of parts",
        ["src/Modules/UserManagement/Extractions/ExtractionConditions.cs"] = "a paper in Italian inside the file of an extraction",
        ["src/Modules/Certificates/Hcert/DccPayload.cs"] = "the issuer's name, as every certificate writes it",
        ["src/Modules/Referti/Hl7/ResultValue.cs"] = "the words that laboratories write for results: read, never shown",
    };

    /// <summary>Every sentence found where sentences are shown, with the file it is in.</summary>
    public static IEnumerable<(string File, string Sentence)> In(string file, string source)
    {
        foreach (var key in Translated(source))
            yield return (file, key);
        // Words of states and kinds: a switch in a file that is named for them.
        if (file.EndsWith("Words.cs", StringComparison.Ordinal) || file.EndsWith("Names.cs", StringComparison.Ordinal))
        {
            foreach (Match arm in Arm().Matches(source))
                yield return (file, Unquote(arm.Groups["text"].Value));
        }

        foreach (var place in Shown)
        {
            foreach (Match found in place.Matches(source))
            {
                var sentence = Unquote(found.Groups["text"].Value);
                if (sentence.Any(char.IsLetter))
                    yield return (file, sentence);
            }
        }
    }

    /// <summary>Words of a page that nobody translates: text, labels and titles written as they are.</summary>
    public static IEnumerable<string> Untranslated(string page)
    {
        var markup = Razor().Replace(page, "");
        return Markup().Matches(markup).Select(m => m.Groups["text"].Value.Trim()).Where(IsItalian)
            .Concat(Label().Matches(markup).Select(m => m.Groups["text"].Value).Where(t => t.Any(char.IsLower)));
    }

    /// <summary>The literals of every key of the translator: <c>T["one"]</c>, <c>T[open ? "one" : "other", count]</c>.</summary>
    private static IEnumerable<string> Translated(string source)
    {
        foreach (Match call in Call().Matches(source))
        {
            var depth = 0;
            for (var at = call.Index + call.Length - 1; at < source.Length; at++)
            {
                if (source[at] is '[' or '(' or '{')
                {
                    depth++;
                }
                else if (source[at] is ']' or ')' or '}')
                {
                    if (--depth == 0)
                        break;
                }
                else if (source[at] == ',' && depth == 1)
                {
                    break; // The arguments follow.
                }
                else if (source[at] == '"')
                {
                    var literal = Joined().Match(source, at);
                    if (!literal.Success || literal.Index != at)
                        break;
                    at += literal.Length - 1;
                    var text = Unquote(literal.Value);
                    // What a switch or a comparison asks for is no text, nor is what a function takes.
                    if (depth <= 2 && text.Any(char.IsLetter) && !Asked().IsMatch(source[(at + 1)..Math.Min(source.Length, at + 12)]))
                        yield return text;
                }
            }
        }
    }

    /// <summary>Literals that read as Italian: whatever way they take to the screen.</summary>
    public static IEnumerable<(string File, string Sentence)> ItalianIn(string file, string source) =>
        Joined().Matches(Comment().Replace(source, "$1")).Select(m => Unquote(m.Value)).Where(IsItalian).Select(s => (file, s));

    public static bool IsItalian(string text) =>
        text.Contains(' ', StringComparison.Ordinal) && Words().Count(text.ToLowerInvariant()) > 0
        && !EnglishWords().IsMatch(text.ToLowerInvariant());

    public static string Unquote(string literal) => string.Concat(One().Matches(literal).Select(m =>
        m.Value.StartsWith('@') ? m.Value[2..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : Unescape(m.Value[1..^1])));

    /// <summary>The translations of a resource file, in its order.</summary>
    public static List<KeyValuePair<string, string>> Translations(string file) =>
        [.. XDocument.Load(file).Root!.Elements("data")
            .Select(d => KeyValuePair.Create(d.Attribute("name")!.Value, d.Element("value")!.Value))];

    /// <summary><c>{0}</c> and <c>{1:d}</c>, as a set; also the validators' <c>{PropertyValue}</c>.</summary>
    public static SortedSet<string> Places(string text) => new(Place().Matches(text).Select(m => m.Groups[1].Value), StringComparer.Ordinal);

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            switch (text[++i])
            {
                case 'n':
                    plain.Append('\n');
                    break;
                case 'u' when i + 4 < text.Length:
                    plain.Append((char)Convert.ToInt32(text[(i + 1)..(i + 5)], 16));
                    i += 4;
                    break;
                default:
                    plain.Append(text[i]);
                    break;
            }
        }

        return plain.ToString();
    }

    [GeneratedRegex(@"@\x22(?:[^\x22]|\x22\x22)*\x22|\x22(?:[^\x22\\\r\n]|\\.)*\x22(?:\s*\+\s*\x22(?:[^\x22\\\r\n]|\\.)*\x22)*")]
    private static partial Regex Joined();

    [GeneratedRegex(@"@\x22(?:[^\x22]|\x22\x22)*\x22|\x22(?:[^\x22\\]|\\.)*\x22")]
    private static partial Regex One();

    // Comments, blocks of code at the head, calls of the translator.
    [GeneratedRegex(@"@\*.*?\*@|^@\{.*?^\}|@[A-Z]\w*\[(?:[^\[\]\x22]|\x22(?:[^\x22\\]|\\.)*\x22)*\](?:\.Value)?", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Razor();

    [GeneratedRegex(@"\b(?:T|texts|Texts|localizer)\s*\[")]
    private static partial Regex Call();

    [GeneratedRegex(@"\A\s*(?:=>|or\b|==|!=)")]
    private static partial Regex Asked();

    [GeneratedRegex(@"=>\s*(?<text>\x22[^\x22]*\p{L}[^\x22]*\x22)")]
    private static partial Regex Arm();

    [GeneratedRegex(">(?<text>[^<>{}@;=]+)<")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\s(?:label|hint|aria-label|placeholder|alt|title|empty|data-confirm|data-label)=\x22(?<text>[A-Z][^\x22@]*)\x22")]
    private static partial Regex Label();

    // A comment, unless it begins within a literal (an address).
    [GeneratedRegex(@"(\x22(?:[^\x22\\\r\n]|\\.)*\x22)|//[^\r\n]*|@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?<![\p{L}'’])(il|lo|la|gli|le|un|una|di|del|della|dei|delle|degli|al|alla|dal|dalla|nel|nella|per|con|non|è|che|sono|questo|questa|suo|sua|ha|già|più|nessun|nessuna|deve|stato|stata)(?![\p{L}])")]
    private static partial Regex Words();

    [GeneratedRegex(@"\b(the|is|are|of|and|not|with|must|was)\b")]
    private static partial Regex EnglishWords();

    [GeneratedRegex(@"\{([A-Za-z0-9]+)[^{}]*\}")]
    private static partial Regex Place();
}
