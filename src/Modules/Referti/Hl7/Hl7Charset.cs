using System.Text;

namespace Platform.Referti.Hl7;

/// <summary>From bytes to text, by what MSH-18 says (HL7 table 0211) and, where it says nothing, by UTF-8.</summary>
internal static class Hl7Charset
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public static Encoding Windows1252 { get; } = Page(1252);

    private static Encoding Latin9 { get; } = Page(28605);

    /// <exception cref="Hl7Exception">The bytes are not in the declared charset, or it is not one we read.</exception>
    public static (string Text, Encoding Encoding, Hl7Problem? Note) Decode(ReadOnlySpan<byte> bytes)
    {
        var declared = Declared(bytes);
        switch (declared)
        {
            case "":
                return TryUtf8(bytes) is { } text
                    ? (text, Utf8, null)
                    : (Windows1252.GetString(bytes), Windows1252, Note("No charset is declared and the bytes are not UTF-8: read as Windows-1252."));
            case "UNICODEUTF8" or "UNICODE" or "UTF8":
                return (TryUtf8(bytes) ?? throw Refused(ProblemCodes.InvalidCharset, "UTF-8 is declared, and the bytes are not UTF-8."), Utf8, null);
            case "88591" or "ISO88591" or "LATIN1":
                return (Encoding.Latin1.GetString(bytes), Encoding.Latin1, null);
            case "885915" or "ISO885915" or "LATIN9":
                return (Latin9.GetString(bytes), Latin9, null);
            case "WINDOWS1252" or "CP1252":
                return (Windows1252.GetString(bytes), Windows1252, null);
            case "ASCII" or "USASCII" or "ISOIR6":
                return Ascii(bytes, "ASCII is declared and the bytes go beyond it");
            default:
                return Ascii(bytes) ? (Encoding.ASCII.GetString(bytes), Encoding.ASCII, null)
                    : throw Refused(ProblemCodes.UnsupportedCharset, "The declared charset is not supported: UNICODE UTF-8, 8859/1, 8859/15 and ASCII are.");
        }
    }

    /// <summary>MSH-18, first repetition, letters and digits only; read byte by byte, since the charset is not known yet.</summary>
    private static string Declared(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\r', (byte)'\n');
        var header = Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
        if (header.Length < 8)
        {
            return string.Empty;
        }

        var fields = header.Split(header[3], 19);
        if (fields.Length < 18)
        {
            return string.Empty;
        }

        var repetition = fields[1].Length > 1 ? fields[1][1] : '~';
        var first = fields[17].Split(repetition, 2)[0];
        return string.Concat(first.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
    }

    private static (string Text, Encoding Encoding, Hl7Problem? Note) Ascii(ReadOnlySpan<byte> bytes, string reason)
    {
        if (Ascii(bytes))
        {
            return (Encoding.ASCII.GetString(bytes), Encoding.ASCII, null);
        }

        return TryUtf8(bytes) is { } text
            ? (text, Utf8, Note(reason + ": read as UTF-8."))
            : (Windows1252.GetString(bytes), Windows1252, Note(reason + ": read as Windows-1252."));
    }

    private static bool Ascii(ReadOnlySpan<byte> bytes) => !bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF);

    private static string? TryUtf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding Page(int number)
        => CodePagesEncodingProvider.Instance.GetEncoding(number) ?? Encoding.Latin1;

    private static Hl7Problem Note(string reason) => new(ProblemCodes.CharsetFallback, "MSH", 1, 18, reason);

    private static Hl7Exception Refused(string code, string reason) => new(code, "MSH", 1, 18, reason);
}
