using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.People;

namespace Platform.Patients.Holds;

internal enum HoldKind
{
    /// <summary>A dispute in or out of court (Regolamento (UE) 2016/679, art. 17, 3, e; art. 18, 1, c).</summary>
    Litigation,

    /// <summary>Somebody still cares for her on what is held.</summary>
    CareInProgress,

    /// <summary>She asked that her data be kept (art. 18, 1, b and c).</summary>
    AskedByHer,
}

/// <summary>Nothing of a person's is forgotten while one of these stands, whatever its term.</summary>
[Shows(FieldClass.Work)]
internal sealed class RetentionHold : IOfPatient, INoted
{
    public const int ReasonLength = 300;

    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }
    public required HoldKind Kind { get; init; }
    public required string Reason { get; init; }
    public required DateTime At { get; init; }
    public required string ByName { get; init; }

    /// <summary>Last day; null until it is lifted.</summary>
    public DateOnly? Until { get; init; }

    public DateTime? LiftedAt { get; private set; }
    public string? LiftedByName { get; private set; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public bool Stands(DateOnly today) => LiftedAt is null && (Until is null || Until >= today);

    public void Lift(string byName, DateTime now)
    {
        if (LiftedAt is not null)
            throw new Refusal("hold-lifted", "Questa sospensione è già stata tolta.");
        (LiftedAt, LiftedByName) = (now, byName);
    }
}
