using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Patients.Grants;

/// <summary>A person made visible to an ASL that is neither that of her residence nor that of her domicile: by whom, why,
/// from when until when. Nothing else ever makes her visible there. Never deleted.</summary>
[Shows(FieldClass.Health, "Reason", "RevokedWhy")]
[Shows(FieldClass.Work, "AslCode", "FromAsl", "ValidFrom", "ValidTo", "GrantedAt", "GrantedByName", "RevokedAt", "RevokedByName", "InForce")]
internal sealed class Grant : IOfPatient
{
    public const int ReasonLength = 300;

    /// <summary>Whoever needs her for longer asks again.</summary>
    public const int LongestDays = 365;

    private Grant()
    {
    }

    public Guid Id { get; private init; }
    public Guid PatientId { get; private set; }

    /// <summary>To whom.</summary>
    public string AslCode { get; private init; } = "";

    /// <summary>Of the operator who granted it.</summary>
    public string FromAsl { get; private init; } = "";

    public string Reason { get; private init; } = "";
    public DateOnly ValidFrom { get; private init; }

    /// <summary>Last day, included.</summary>
    public DateOnly ValidTo { get; private init; }

    public DateTime GrantedAt { get; private init; }
    public Guid? GrantedBy { get; private init; }
    public string GrantedByName { get; private init; } = "";
    public DateTime? RevokedAt { get; private set; }
    public string? RevokedByName { get; private set; }
    public string? RevokedWhy { get; private set; }

    /// <summary>Whether it holds today: a copy of what the days say, for the scope; see <see cref="ApplyGrants"/>.</summary>
    public bool InForce { get; private set; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public static Grant Give(
        Guid id, Guid patientId, string aslCode, string fromAsl, string reason, DateOnly from, DateOnly to, DateOnly today,
        DateTime at, Guid? by, string byName)
    {
        CheckDays(from, to, today);
        var grant = new Grant
        {
            Id = id, PatientId = patientId, AslCode = aslCode, FromAsl = fromAsl, Reason = reason, ValidFrom = from, ValidTo = to,
            GrantedAt = at, GrantedBy = by, GrantedByName = byName,
        };
        grant.FollowDays(today);
        return grant;
    }

    public static void CheckDays(DateOnly from, DateOnly to, DateOnly today)
    {
        if (to < from || to < today)
            throw new Refusal("grant-over", "La validità non può finire prima di cominciare, né prima di oggi.") { Kind = RefusalKind.Unprocessable };
        if (to.DayNumber - Math.Max(from.DayNumber, today.DayNumber) > LongestDays)
            throw new Refusal("grant-too-long", "La visibilità si concede per {0} giorni al massimo: poi si rinnova.", LongestDays) { Kind = RefusalKind.Unprocessable };
    }

    public bool Covers(DateOnly day) => RevokedAt is null && ValidFrom <= day && day <= ValidTo;

    /// <returns>Whether it began or ceased to hold.</returns>
    public bool FollowDays(DateOnly today)
    {
        if (InForce == Covers(today))
            return false;
        InForce = !InForce;
        return true;
    }

    public void Revoke(string why, string byName, DateTime at)
    {
        if (RevokedAt is not null)
            throw new Refusal("already-revoked", "Questa visibilità è già stata revocata.");
        (RevokedAt, RevokedByName, RevokedWhy, InForce) = (at, byName, why, false);
    }

    public void MoveTo(Guid patientId) => PatientId = patientId;
}
