using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Merges;

/// <summary>Two records that were one person's: which survived, who joined them, why, and the other as it was, whole.</summary>
internal sealed class Merge : IOfPatient
{
    public const int ReasonLength = 300;

    public required Guid Id { get; init; }

    /// <summary>The survivor.</summary>
    public required Guid PatientId { get; set; }

    public required Guid MergedPatientId { get; init; }
    public required string Reason { get; init; }
    public required DateTime At { get; init; }
    public Guid? ById { get; init; }
    public required string ByName { get; init; }

    /// <summary>JSON: the merged record and the ids of what went over, enough to part them again by hand.</summary>
    public required string Before { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;
}
