using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.People;

namespace Platform.Patients.Openings;

/// <summary>A person opened by somebody outside whose scope she is ("breaking the glass"): for a reason, for a short time, for that account
/// alone. Never deleted.</summary>
[Shows(FieldClass.Work)]
internal sealed class Opening : INoted
{
    /// <summary>The chosen reason and what was written beside it.</summary>
    public const int ReasonLength = 300;

    public const int NoteLength = 200;
    public const int RolesLength = 300;

    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }
    public required Guid ById { get; init; }
    public required string ByName { get; init; }

    /// <summary>Roles and organisations at that time, in words.</summary>
    public required string ByRoles { get; init; }

    public required string Reason { get; init; }
    public required DateTime At { get; init; }

    /// <summary>Not included.</summary>
    public required DateTime Until { get; init; }

    public DateTime? RevokedAt { get; private set; }
    public string? RevokedByName { get; private set; }

    public bool Holds(DateTime now) => RevokedAt is null && now < Until;

    public void Revoke(string byName, DateTime now)
    {
        if (!Holds(now))
            throw new Refusal("opening-over", "Questo accesso è già finito.");
        (RevokedAt, RevokedByName) = (now, byName);
    }
}
