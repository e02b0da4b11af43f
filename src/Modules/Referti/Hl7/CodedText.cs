namespace Platform.Referti.Hl7;

/// <summary>A code, its text and its coding system (HL7 table 0396), as they came.</summary>
internal sealed record CodedText(string? Code, string? Text, string? System)
{
    public bool IsEmpty => Code is null && Text is null;

    public bool IsLoinc => Names(System, "LN", "LNC", "LOINC", "2.16.840.1.113883.6.1", "http://loinc.org", "urn:oid:2.16.840.1.113883.6.1");

    public bool IsSnomed => Names(System, "SCT", "SNM", "SNOMED", "SNOMEDCT", "SNOMED-CT", "SNOMED CT", "2.16.840.1.113883.6.96",
        "http://snomed.info/sct", "urn:oid:2.16.840.1.113883.6.96");

    /// <summary>The first triplet of a CE/CWE (components 1-3) and the alternate one (4-6), where there.</summary>
    public static IReadOnlyList<CodedText> Triplets(Hl7Repetition repetition)
    {
        var components = repetition.Components;
        var first = Triplet(components, 0);
        var alternate = Triplet(components, 3);
        return (first.IsEmpty, alternate.IsEmpty) switch
        {
            (false, false) => [first, alternate],
            (false, true) => [first],
            (true, false) => [alternate],
            _ => [],
        };
    }

    /// <summary>A code written as subcomponents, as SPS (OBR-15) has it.</summary>
    public static CodedText OfSubcomponents(Hl7Component component) => new(
        PlainText.Of(component.Subcomponent(1)), PlainText.Of(component.Subcomponent(2)), PlainText.Of(component.Subcomponent(3)));

    private static CodedText Triplet(IReadOnlyList<Hl7Component> components, int from)
        => new(At(components, from), At(components, from + 1), At(components, from + 2));

    private static string? At(IReadOnlyList<Hl7Component> components, int index)
        => index < components.Count ? PlainText.Of(components[index].Value) : null;

    private static bool Names(string? system, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (string.Equals(system, name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
