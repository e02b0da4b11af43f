using Microsoft.AspNetCore.Identity;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Accounts;

/// <summary>A person who may sign in. What she may do follows from her assignments.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    public const int UserNameLength = 80;
    public const int EmailLength = 120;
    public const int DisplayNameLength = 120;
    public const int SearchNameLength = 330;
    public const int TotpSecretLength = 40;
    public const int FiscalCodeLength = 16;

    /// <summary>Failed sign-ins in a row before the account is locked.</summary>
    public const int FailuresToLock = 5;

    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);

    public required string DisplayName { get; set; }

    /// <summary>Display name, user name and e-mail, folded for searching.</summary>
    public required string SearchName { get; set; }

    /// <summary>Two letters: of the mails sent to her.</summary>
    public required string Language { get; set; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Since when she may not sign in any more; null while she may.</summary>
    public DateTime? DeactivatedAt { get; set; }

    public DateTime? LastSignInAt { get; set; }

    /// <summary>The password was made by somebody else: at the next sign-in she chooses one of her own.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>Of a password that an administrator made: until then it opens; null of one's own.</summary>
    public DateTime? PasswordExpiresAt { get; set; }

    /// <summary>Of the authenticator, in base64; null while there is none.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>The step of the last code taken: no code is taken twice.</summary>
    public long TotpStep { get; set; }

    /// <summary>There is a key of hers, by which alone she may sign in.</summary>
    public bool HasPasskey { get; set; }

    /// <summary>Whose digital identity opens the account (SPID, CIE); null while none does.</summary>
    public string? FiscalCode { get; set; }

    public List<AssignmentRow> Assignments { get; } = [];

    /// <summary>The role and scope, unless they are held already on some of those days.</summary>
    /// <param name="by">Who gives it; null for the command line and the demonstration.</param>
    /// <param name="awaits">It holds once a second person has approved it.</param>
    public AssignmentRow Assign(Assignment assignment, DateOnly from, DateOnly? to, DateTimeOffset now, Guid? by = null, bool awaits = false)
    {
        if (Holds(assignment, from, to))
            throw new Refusal("already-assigned", "L’utente ha già questo profilo in questo ambito nello stesso periodo.");
        var row = new AssignmentRow
        {
            Id = Guid.CreateVersion7(now), AccountId = Id, Role = assignment.Role,
            ScopeKind = assignment.Scope.Kind, ScopeCode = assignment.Scope.Code, ValidFrom = from, ValidTo = to,
            State = awaits ? AssignmentState.Awaiting : AssignmentState.Given, GivenBy = by, GivenAt = now.UtcDateTime,
        };
        Assignments.Add(row);
        return row;
    }

    /// <summary>A doctor's own list, lent to this substitute or secretary.</summary>
    public AssignmentRow Delegate(AssignmentRow own, Role role, DateOnly from, DateOnly to, DateTimeOffset now)
    {
        var row = Assign(own.Assignment with { Role = role }, from, to, now, own.AccountId);
        row.DelegatedBy = own.AccountId;
        return row;
    }

    /// <summary>On some of those days.</summary>
    public bool Holds(Assignment assignment, DateOnly from, DateOnly? to) =>
        Assignments.Any(a => a.Assignment == assignment && a.State != AssignmentState.Refused
            && (to is null || a.ValidFrom <= to) && (a.ValidTo is null || a.ValidTo >= from));

    public AssignmentRow End(Guid assignment, Guid? by, DateOnly today)
    {
        var row = Assignments.FirstOrDefault(a => a.Id == assignment) ?? throw Refusal.NotFound();
        if (by == Id && row.Role is (Role.Administrator or Role.LocalAdministrator))
            throw OwnAccount();
        row.End(today);
        return row;
    }

    public void Deactivate(Guid? by, DateTimeOffset now)
    {
        if (by == Id)
            throw OwnAccount();
        DeactivatedAt ??= now.UtcDateTime;
    }

    /// <summary>The telephone is lost, and the passkeys with it: the next sign-in sets a new one up.</summary>
    public void ResetSecondFactor(Guid? by)
    {
        if (by == Id)
            throw new Refusal("own-account", "Non può azzerare il proprio secondo fattore: lo chieda a un altro amministratore.");
        (TotpSecret, TotpStep, TwoFactorEnabled, HasPasskey) = (null, 0, false, false);
    }

    public void Reactivate() => DeactivatedAt = null;

    // The last administrator must not lock the door from outside.
    private static Refusal OwnAccount() => new("own-account", "Non può togliere l’accesso a sé stesso: lo chieda a un altro amministratore.");

    public static string SearchNameOf(string displayName, string userName, string email)
    {
        var text = SearchText.Of($"{displayName} {userName} {email}");
        return text.Length > SearchNameLength ? text[..SearchNameLength] : text;
    }
}

internal enum AssignmentState
{
    Given,

    /// <summary>A second person is to approve it; until then it opens nothing.</summary>
    Awaiting,

    /// <summary>The second person said no.</summary>
    Refused,
}

/// <summary>A role held within a scope, from a day to a day, both included.</summary>
internal sealed class AssignmentRow
{
    public const int ScopeCodeLength = 20;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required Role Role { get; init; }
    public required ScopeKind ScopeKind { get; init; }
    public required string ScopeCode { get; init; }
    public required DateOnly ValidFrom { get; init; }

    /// <summary>Null while no end is known.</summary>
    public DateOnly? ValidTo { get; set; }

    public required AssignmentState State { get; set; }

    /// <summary>The account that gave it; null for the command line and the demonstration.</summary>
    public Guid? GivenBy { get; init; }

    public required DateTime GivenAt { get; init; }

    /// <summary>The second person, who approved or refused.</summary>
    public Guid? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    /// <summary>The account of the doctor who lends her list to this substitute or secretary.</summary>
    public Guid? DelegatedBy { get; set; }

    /// <summary>Of how many days before its end its holder was told last.</summary>
    public int? WarnedDays { get; set; }

    public Assignment Assignment => new(Role, new Scope(ScopeKind, ScopeCode));

    /// <summary>It holds, or may come to hold, today or later.</summary>
    public bool IsLive(DateOnly today) => State != AssignmentState.Refused && (ValidTo is null || ValidTo >= today);

    public void End(DateOnly today)
    {
        if (IsLive(today))
            ValidTo = today.AddDays(-1);
    }

    /// <summary>Never by who gave it, nor by who would hold it.</summary>
    public void Decide(bool approved, Guid by, DateTimeOffset now)
    {
        if (State != AssignmentState.Awaiting)
            throw new Refusal("already-decided", "Questo profilo è già stato approvato o rifiutato.");
        if (by == GivenBy || by == AccountId)
            throw new Refusal("same-person", "Chi ha dato il profilo, e chi lo riceve, non può anche approvarlo: serve una seconda persona.");
        (State, DecidedBy, DecidedAt) = (approved ? AssignmentState.Given : AssignmentState.Refused, by, now.UtcDateTime);
    }
}
