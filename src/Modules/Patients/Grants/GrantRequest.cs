using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Patients.Grants;

/// <summary>An ASL that does not see a person asks the one in charge of her to make her visible, for a reason and for some days. It shows
/// her to nobody by itself. Never deleted.</summary>
[Shows(FieldClass.Health, "Reason", "Why")]
[Shows(FieldClass.Identity, "FiscalCode")]
[Shows(FieldClass.Work, "AslCode", "ValidFrom", "ValidTo", "AskedAt", "AskedByName", "State", "DecidedAt", "DecidedByName")]
internal sealed class GrantRequest : IOfPatient
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }

    /// <summary>As the asker wrote it: of the person it knows nothing else.</summary>
    public required string FiscalCode { get; init; }

    /// <summary>Who asks.</summary>
    public required string AslCode { get; init; }

    public required string Reason { get; init; }
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly ValidTo { get; init; }

    public required DateTime AskedAt { get; init; }
    public required Guid? AskedBy { get; init; }
    public required string AskedByName { get; init; }
    public GrantRequestState State { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public string? DecidedByName { get; private set; }

    /// <summary>Of a refusal.</summary>
    public string? Why { get; private set; }

    /// <summary>What it led to.</summary>
    public Guid? GrantId { get; private set; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public void Give(Guid grant, string byName, DateTime at)
    {
        Settle(GrantRequestState.Given, byName, at);
        GrantId = grant;
    }

    public void Refuse(string why, string byName, DateTime at)
    {
        Settle(GrantRequestState.Refused, byName, at);
        Why = why;
    }

    public void Withdraw(string byName, DateTime at) => Settle(GrantRequestState.Withdrawn, byName, at);

    private void Settle(GrantRequestState state, string byName, DateTime at)
    {
        if (State != GrantRequestState.Asked)
            throw new Refusal("grant-request-settled", "A questa richiesta è già stato risposto.");
        (State, DecidedByName, DecidedAt) = (state, byName, at);
    }
}

internal enum GrantRequestState
{
    /// <summary>The ASL in charge has not answered; past its last day it is worth nothing.</summary>
    Asked,
    Given,
    Refused,

    /// <summary>Who asked needs it no more.</summary>
    Withdrawn,
}
