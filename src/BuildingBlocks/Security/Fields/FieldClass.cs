namespace Platform.BuildingBlocks.Security.Fields;

/// <summary>What kind of thing a field says of a person. Which role sees which classes is the region's data (<c>role_fields.csv</c>).</summary>
public enum FieldClass
{
    /// <summary>Of the work and not of the person: keys, states, organisations, times. Everybody sees it who sees the row.</summary>
    Work,

    /// <summary>Names, codes, sex, birth.</summary>
    Identity,

    /// <summary>Where she resides and lives.</summary>
    Address,

    /// <summary>Telephone and e-mail.</summary>
    Contacts,

    /// <summary>Who cares for her: doctors, those who act for her.</summary>
    Care,

    /// <summary>That she is positive, and since when; nothing of how that is known.</summary>
    Status,

    /// <summary>Why a test was asked for, symptoms, notes of those who care for her.</summary>
    Health,

    /// <summary>What a laboratory found.</summary>
    Result,
}

/// <summary>On a read model: of which class these properties of it are. Each stored property has one; a wall test sees to it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public sealed class ShowsAttribute(FieldClass fields, params string[] properties) : Attribute
{
    public FieldClass Fields { get; } = fields;

    /// <summary>By name; none for all that no other line of the read model names.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;
}
