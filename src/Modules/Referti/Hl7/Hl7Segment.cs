namespace Platform.Referti.Hl7;

/// <summary>One line of a message. Its fields are cut when they are first asked for.</summary>
internal sealed class Hl7Segment(string raw, int index, Hl7Syntax syntax)
{
    private string[]? fields;

    public string Raw { get; } = raw;

    public string Name { get; } = raw[..3];

    /// <summary>Which of the segments of this name in the message, from 1.</summary>
    public int Index { get; } = index;

    /// <summary>True for MSH, FHS and BHS, whose first field is the separator itself.</summary>
    private bool IsHeader => IsHeaderName(Name);

    public int FieldCount => IsHeader ? Fields.Length : Fields.Length - 1;

    private string[] Fields => fields ??= Raw.Split(syntax.Separators.Field);

    /// <param name="number">As HL7 counts; MSH-1 is the separator. A field that is not there is empty.</param>
    public Hl7Field Field(int number)
    {
        // MSH-2 holds the separators: read as a field it would be cut by itself.
        return (IsHeader, number) switch
        {
            (true, 1) => new Hl7Field(syntax.Separators.Field.ToString(), Plain),
            (true, 2) => new Hl7Field(syntax.Separators.EncodingCharacters, Plain),
            (true, _) => At(number - 1),
            _ => At(number),
        };
    }

    /// <summary>Shorthand for the field's first component, trimmed, or null.</summary>
    public string? Value(int number) => PlainText.Of(Field(number).Value);

    public static bool IsHeaderName(string name) => name is "MSH" or "FHS" or "BHS";

    private static Hl7Syntax Plain { get; } = new(new Hl7Separators('\n', '\n', null, null, null, null), Hl7Charset.Utf8);

    private Hl7Field At(int position)
        => new(position >= 1 && position < Fields.Length ? Fields[position] : string.Empty, syntax);
}
