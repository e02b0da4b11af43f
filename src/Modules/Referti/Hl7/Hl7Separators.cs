namespace Platform.Referti.Hl7;

/// <summary>The separators a message declares of itself in MSH-1 and MSH-2 (or FHS, BHS).</summary>
/// <param name="Repetition">Null, like those after it, where MSH-2 is too short to declare it.</param>
/// <param name="Truncation">The fifth character of MSH-2, from version 2.7.</param>
internal sealed record Hl7Separators(
    char Field, char Component, char? Repetition, char? Escape, char? Subcomponent, char? Truncation)
{
    public static Hl7Separators Standard { get; } = new('|', '^', '~', '\\', '&', null);

    /// <summary>MSH-2 as it was declared.</summary>
    public string EncodingCharacters => string.Concat(
        Component.ToString(), Repetition?.ToString(), Escape?.ToString(), Subcomponent?.ToString(), Truncation?.ToString());

    /// <exception cref="Hl7Exception">The header does not declare usable separators.</exception>
    public static Hl7Separators Of(ReadOnlySpan<char> header)
    {
        var name = header.Length < 3 ? "MSH" : header[..3].ToString();
        if (header.Length < 5)
        {
            throw Invalid(name, 1, "The header is too short to declare its separators.");
        }

        var field = header[3];
        if (char.IsLetterOrDigit(field) || char.IsControl(field) || char.IsSurrogate(field))
        {
            throw Invalid(name, 1, "The field separator is a letter, a digit or a control character.");
        }

        var rest = header[4..];
        var end = rest.IndexOf(field);
        var declared = end < 0 ? rest : rest[..end];
        if (declared.Length is 0 or > 5)
        {
            throw Invalid(name, 2, "The encoding characters are not one to five.");
        }

        for (var i = 0; i < declared.Length; i++)
        {
            var character = declared[i];
            if (char.IsLetterOrDigit(character) || char.IsControl(character) || char.IsSurrogate(character)
                || character is ' ' or '"' || declared[..i].Contains(character))
            {
                throw Invalid(name, 2, "The encoding characters are repeated, or are letters, digits, quotes or blanks.");
            }
        }

        return new Hl7Separators(field, declared[0], At(declared, 1), At(declared, 2), At(declared, 3), At(declared, 4));
    }

    private static char? At(ReadOnlySpan<char> declared, int index) => index < declared.Length ? declared[index] : null;

    private static Hl7Exception Invalid(string segment, int field, string reason)
        => new(ProblemCodes.InvalidSeparators, segment, 1, field, reason);
}
