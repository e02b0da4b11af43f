using System.Text;

namespace Platform.Referti.Hl7;

/// <summary>Texts as they may be kept and shown.</summary>
internal static class PlainText
{
    /// <summary>
    /// Trimmed, with control characters turned to blanks (PostgreSQL refuses the NUL that an escape can carry)
    /// and lone surrogates replaced; null where nothing remains.
    /// </summary>
    public static string? Of(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (NeedsCleaning(text))
        {
            var kept = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes())
            {
                kept.Append(Rune.IsControl(rune) ? new Rune(' ') : rune);
            }

            text = kept.ToString();
        }

        text = text.Trim();
        return text.Length == 0 ? null : text;
    }

    private static bool NeedsCleaning(string text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character) || char.IsSurrogate(character))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A code fit to stand in a reason: short, without blanks, with a digit in it so that it is not a word or a name,
    /// and not shaped like a person's identifier. Anything else is not quoted.
    /// </summary>
    public static string Quote(string? code)
    {
        var quotable = code is { Length: > 0 and <= 18 }
            && code.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_')
            && code.Any(char.IsAsciiDigit)
            && !NationalIdentifier.LooksPersonal(code);
        return quotable ? $"'{code}'" : "(not quoted)";
    }
}
