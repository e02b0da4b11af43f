using System.Text.Json;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Facts;

/// <summary>Something that the registry did to a person's record, for her story; the words are in <see cref="FactWords"/>.</summary>
internal sealed class PatientFact : IOfPatient
{
    public const int ArgumentsLength = 1000;

    public required Guid Id { get; init; }
    public Guid PatientId { get; set; }
    public required DateTime At { get; init; }
    public required FactKind Kind { get; init; }

    /// <summary>JSON array of what the sentence names.</summary>
    public required string Arguments { get; init; }

    public required string ByName { get; init; }

    /// <summary>Of a passage from one ASL to another.</summary>
    public string? FromAsl { get; init; }

    public string? ToAsl { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public string[] ArgumentsOf() => JsonSerializer.Deserialize<string[]>(Arguments) ?? [];
}

internal enum FactKind
{
    CodeGiven,
    CodeRenewed,
    FiscalCodeGiven,
    FiscalCodeChanged,
    DataCorrected,
    Moved,
    DomicileDeclared,
    DomicileEnded,
    AslChanged,
    ListEnded,
    RecordMerged,
    TieNoted,
    TieEnded,
    GrantMade,
    GrantRevoked,
    GrantAsked,
    GrantRefused,
    Died,
    DeathWithdrawn,
    FollowedRegistry,
}
