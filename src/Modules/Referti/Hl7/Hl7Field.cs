using System.Text;

namespace Platform.Referti.Hl7;

/// <summary>What is needed to read a raw slice of a message.</summary>
internal sealed record Hl7Syntax(Hl7Separators Separators, Encoding Encoding)
{
    public string Text(string raw) => Hl7Escapes.Decode(raw, Separators, Encoding);

    public static string[] Split(string raw, char? separator)
        => separator is { } character && raw.Contains(character) ? raw.Split(character) : [raw];

    /// <summary>One of the parts that <see cref="Split"/> would give, from 1, without cutting the others; null past the last.</summary>
    public static string? Part(string raw, char? separator, int number)
    {
        var start = 0;
        while (number >= 1)
        {
            var end = separator is { } character ? raw.IndexOf(character, start) : -1;
            if (number == 1)
            {
                return end < 0 ? raw[start..] : raw[start..end];
            }

            if (end < 0)
            {
                return null;
            }

            start = end + 1;
            number--;
        }

        return null;
    }
}

/// <summary>A field; one that the message does not have is empty.</summary>
internal readonly record struct Hl7Field(string Raw, Hl7Syntax Syntax)
{
    public bool IsEmpty => Raw.Length == 0;

    /// <summary>The two double quotes that mean "delete what you have", which is not "nothing said".</summary>
    public bool IsExplicitNull => Raw == "\"\"";

    /// <summary>True where a component ends with the truncation character of 2.7: the value was cut by the sender.</summary>
    public bool IsTruncated
        => Syntax.Separators.Truncation is { } truncation
            && Repetitions.Any(repetition => repetition.Components.Any(component => component.Raw.EndsWith(truncation)));

    /// <summary>At least one, empty where the field is empty.</summary>
    public IReadOnlyList<Hl7Repetition> Repetitions
    {
        get
        {
            var syntax = Syntax;
            return Array.ConvertAll(Hl7Syntax.Split(Raw, Syntax.Separators.Repetition), raw => new Hl7Repetition(raw, syntax));
        }
    }

    public Hl7Repetition First => new(Hl7Syntax.Part(Raw, Syntax.Separators.Repetition, 1) ?? string.Empty, Syntax);

    /// <summary>First repetition, first component, first subcomponent; null where empty or explicitly null.</summary>
    public string? Value => First.Component(1).Value;
}

internal readonly record struct Hl7Repetition(string Raw, Hl7Syntax Syntax)
{
    public bool IsEmpty => Raw.Length == 0;

    public IReadOnlyList<Hl7Component> Components
    {
        get
        {
            var syntax = Syntax;
            return Array.ConvertAll(Hl7Syntax.Split(Raw, Syntax.Separators.Component), raw => new Hl7Component(raw, syntax));
        }
    }

    /// <param name="number">From 1; one that is not there is empty.</param>
    public Hl7Component Component(int number)
    {
        return new Hl7Component(Hl7Syntax.Part(Raw, Syntax.Separators.Component, number) ?? string.Empty, Syntax);
    }
}

internal readonly record struct Hl7Component(string Raw, Hl7Syntax Syntax)
{
    public bool IsEmpty => Raw.Length == 0;

    public bool IsExplicitNull => Raw == "\"\"";

    public IReadOnlyList<string> Subcomponents
        => Array.ConvertAll(Hl7Syntax.Split(Raw, Syntax.Separators.Subcomponent), Syntax.Text);

    /// <summary>The first subcomponent; null where empty or explicitly null.</summary>
    public string? Value => Subcomponent(1);

    /// <param name="number">From 1; null where it is not there, empty or explicitly null.</param>
    public string? Subcomponent(int number)
    {
        var raw = Hl7Syntax.Part(Raw, Syntax.Separators.Subcomponent, number);
        return string.IsNullOrEmpty(raw) || raw == "\"\"" ? null : Syntax.Text(raw);
    }
}
