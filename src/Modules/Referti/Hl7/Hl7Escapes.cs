using System.Buffers;
using System.Globalization;
using System.Text;

namespace Platform.Referti.Hl7;

/// <summary>Escape sequences (HL7 v2, chapter 2, "Use of escape sequences in text fields").</summary>
internal static class Hl7Escapes
{
    private const int LongestBody = 512;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>The text that was meant. A sequence that is not known stays as it was written.</summary>
    public static string Decode(string raw, Hl7Separators separators, Encoding encoding)
    {
        if (separators.Escape is not { } escape || !raw.Contains(escape))
        {
            return raw;
        }

        var text = new StringBuilder(raw.Length);
        var position = 0;
        while (position < raw.Length)
        {
            var start = raw.IndexOf(escape, position);
            var end = start < 0 ? -1 : raw.IndexOf(escape, start + 1);
            if (end < 0)
            {
                break;
            }

            text.Append(raw, position, start - position);
            var body = raw.AsSpan(start + 1, end - start - 1);
            if (Meaning(body, separators, encoding) is { } meaning)
            {
                text.Append(meaning);
                position = end + 1;
            }
            else if (LooksLikeSequence(body))
            {
                text.Append(raw, start, end - start + 1);
                position = end + 1;
            }
            else
            {
                // A lone escape character before ordinary text: the next one may begin a true sequence.
                text.Append(escape);
                position = start + 1;
            }
        }

        return text.Append(raw, position, raw.Length - position).ToString();
    }

    /// <summary>The text as it may stand in a field, on one line.</summary>
    public static string Encode(string text, Hl7Separators separators)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            var letter = Letter(character, separators);
            if (letter is null && !char.IsControl(character))
            {
                encoded.Append(character);
            }
            else if (separators.Escape is not { } escape)
            {
                encoded.Append(' ');
            }
            else if (letter is { } known)
            {
                encoded.Append(escape).Append(known).Append(escape);
            }
            else if (character < 0x80)
            {
                encoded.Append(escape).Append('X').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture)).Append(escape);
            }
            else
            {
                encoded.Append(' ');
            }
        }

        return encoded.ToString();
    }

    private static string? Meaning(ReadOnlySpan<char> body, Hl7Separators separators, Encoding encoding) => body switch
    {
        "F" => separators.Field.ToString(),
        "S" => separators.Component.ToString(),
        "T" => separators.Subcomponent?.ToString() ?? "&",
        "R" => separators.Repetition?.ToString() ?? "~",
        "E" => separators.Escape?.ToString(),
        "P" => separators.Truncation?.ToString() ?? "#",
        "H" or "N" => string.Empty,
        ".br" => "\n",
        ['X', .. var digits] => Hexadecimal(digits, encoding),
        _ => null,
    };

    private static string? Hexadecimal(ReadOnlySpan<char> digits, Encoding encoding)
    {
        if (digits.Length is 0 or > LongestBody || digits.Length % 2 != 0 || digits.ContainsAnyExcept(HexDigits))
        {
            return null;
        }

        return encoding.GetString(Convert.FromHexString(digits));
    }

    private static bool LooksLikeSequence(ReadOnlySpan<char> body)
    {
        if (body.Length is 0 or > LongestBody)
        {
            return false;
        }

        foreach (var character in body)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '+' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static char? Letter(char character, Hl7Separators separators)
        => character == separators.Field ? 'F'
            : character == separators.Component ? 'S'
            : character == separators.Subcomponent ? 'T'
            : character == separators.Repetition ? 'R'
            : character == separators.Escape ? 'E'
            : character == separators.Truncation ? 'P'
            : null;
}
