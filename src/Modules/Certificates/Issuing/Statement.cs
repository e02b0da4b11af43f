using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Certificates.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>What a certificate says, before it is signed and apart from its identifier: two that say the same are one.</summary>
[Shows(FieldClass.Identity, "FamilyName", "GivenName", "BirthDate")]
[Shows(FieldClass.Health, "Kind", "Prophylaxis", "Product", "Holder", "Vaccine", "Number", "Total", "On", "TestType", "Fact", "Device", "SampledAt", "Result", "Place", "From", "Until")]
internal sealed record Statement
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public required CertificateKind Kind { get; init; }
    public required string FamilyName { get; init; }
    public required string GivenName { get; init; }
    public required DateOnly BirthDate { get; init; }

    /// <summary>Of the vaccine: <c>vp</c>, <c>mp</c>, <c>ma</c>.</summary>
    public string? Prophylaxis { get; init; }

    public string? Product { get; init; }
    public string? Holder { get; init; }

    /// <summary>The region's own code of the vaccine.</summary>
    public string? Vaccine { get; init; }

    public int? Number { get; init; }
    public int? Total { get; init; }

    /// <summary>Day of the dose, or of the first positive.</summary>
    public DateOnly? On { get; init; }

    /// <summary>LOINC part (<c>tt</c>), and the fact as in certificate_events.csv.</summary>
    public string? TestType { get; init; }

    public string? Fact { get; init; }

    /// <summary>JRC number of the device of a rapid test.</summary>
    public string? Device { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? SampledAt { get; init; }

    public string? Result { get; init; }
    public string? Place { get; init; }

    /// <summary>Of a recovery, <c>df</c> and <c>du</c>.</summary>
    public DateOnly? From { get; init; }

    public DateOnly? Until { get; init; }

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static Statement Read(string text) => JsonSerializer.Deserialize<Statement>(text, Json)!;
}
