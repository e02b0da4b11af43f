using System.Text;

namespace Platform.Referti.Hl7;

/// <summary>
/// One HL7 v2 message, read exactly as it declares itself: separators from its own MSH, charset from MSH-18,
/// segments ended by CR, LF or both.
/// </summary>
internal sealed class Hl7Message
{
    private const char StartBlock = '\u000B';
    private const char EndBlock = '\u001C';
    private const char ByteOrderMark = '\uFEFF';

    private readonly Dictionary<string, List<Hl7Segment>> byName = new(StringComparer.Ordinal);
    private readonly List<Hl7Segment> segments = [];
    private readonly List<Hl7Problem> notes = [];

    private Hl7Message(Hl7Syntax syntax) => Syntax = syntax;

    public Hl7Separators Separators => Syntax.Separators;

    public Encoding Encoding => Syntax.Encoding;

    public IReadOnlyList<Hl7Segment> Segments => segments;

    /// <summary>What was put up with while reading: a charset that had to be supposed, lines that are not segments.</summary>
    public IReadOnlyList<Hl7Problem> Notes => notes;

    public Hl7Segment Header => segments[0];

    private Hl7Syntax Syntax { get; }

    /// <summary>The first segment of that name, or null.</summary>
    public Hl7Segment? this[string name] => byName.TryGetValue(name, out var found) ? found[0] : null;

    public IReadOnlyList<Hl7Segment> All(string name) => byName.TryGetValue(name, out var found) ? found : [];

    /// <exception cref="Hl7Exception">Not a message, too large, or in a charset that cannot be read.</exception>
    public static Hl7Message Parse(ReadOnlySpan<byte> bytes, Hl7Limits? limits = null)
    {
        limits ??= Hl7Limits.Default;
        if (bytes.Length > limits.MaxMessageLength)
        {
            throw limits.TooLarge();
        }

        var message = Unframed(bytes);
        var (text, encoding, note) = Hl7Charset.Decode(message);
        var parsed = Parse(text, encoding, limits);
        if (note is not null)
        {
            parsed.notes.Insert(0, note);
        }

        return parsed;
    }

    /// <exception cref="Hl7Exception">Not a message, or too large.</exception>
    public static Hl7Message Parse(string text, Hl7Limits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Parse(text, Hl7Charset.Utf8, limits ?? Hl7Limits.Default);
    }

    public static bool TryParse(ReadOnlySpan<byte> bytes, Hl7Limits? limits, out Hl7Message? message, out Hl7Problem? problem)
    {
        try
        {
            (message, problem) = (Parse(bytes, limits), null);
            return true;
        }
        catch (Hl7Exception exception)
        {
            (message, problem) = (null, exception.Problem);
            return false;
        }
    }

    private static Hl7Message Parse(string text, Encoding encoding, Hl7Limits limits)
    {
        if (text.Length > limits.MaxMessageLength)
        {
            throw limits.TooLarge();
        }

        var content = text.AsSpan().Trim([StartBlock, EndBlock, ByteOrderMark, '\r', '\n']);
        if (!content.StartsWith("MSH", StringComparison.Ordinal))
        {
            throw new Hl7Exception(ProblemCodes.MissingMsh, "MSH", null, null, "The message does not begin with an MSH segment.");
        }

        var end = content.IndexOfAny('\r', '\n');
        var message = new Hl7Message(new Hl7Syntax(Hl7Separators.Of(end < 0 ? content : content[..end]), encoding));
        foreach (var range in content.SplitAny('\r', '\n'))
        {
            var line = content[range];
            if (!line.IsEmpty)
            {
                message.Add(line, limits);
            }
        }

        return message;
    }

    private void Add(ReadOnlySpan<char> line, Hl7Limits limits)
    {
        if (segments.Count + notes.Count >= limits.MaxSegments)
        {
            throw limits.TooMany();
        }

        if (!IsSegment(line))
        {
            // A line end within a text, as a rule: what follows it was cut off the segment before.
            notes.Add(new Hl7Problem(
                ProblemCodes.StrayText, segments[^1].Name, segments[^1].Index, null, "A line that is not a segment follows."));
            return;
        }

        var name = line[..3].ToString();
        if (name == "MSH" && segments.Count > 0)
        {
            throw new Hl7Exception(ProblemCodes.SeveralMessages, "MSH", 2, null, "A second MSH begins within the message.");
        }

        if (!byName.TryGetValue(name, out var named))
        {
            byName[name] = named = [];
        }

        var segment = new Hl7Segment(line.ToString(), named.Count + 1, Syntax);
        named.Add(segment);
        segments.Add(segment);
    }

    private bool IsSegment(ReadOnlySpan<char> line)
        => line.Length >= 3 && char.IsAsciiLetterUpper(line[0])
            && (char.IsAsciiLetterUpper(line[1]) || char.IsAsciiDigit(line[1]))
            && (char.IsAsciiLetterUpper(line[2]) || char.IsAsciiDigit(line[2]))
            && (line.Length == 3 || line[3] == Separators.Field);

    private static ReadOnlySpan<byte> Unframed(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var before = bytes.Length;
            bytes = bytes.Trim("\u000B\u001C\r\n"u8);
            bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
            if (bytes.Length == before)
            {
                return bytes;
            }
        }
    }
}
