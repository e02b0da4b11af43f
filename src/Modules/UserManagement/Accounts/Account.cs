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
    public const int TotpSecretLength = 400;
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

    /// <summary>Of the authenticator, sealed; null while there is none.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>The step of the last code taken: no code is taken twice.</summary>
    public long TotpStep { get; set; }

    /// <summary>Whose digital identity opens the account (SPID, CIE); null while none does.</summary>
    public string? FiscalCode { get; set; }

    public List<AssignmentRow> Assignments { get; } = [];

    /// <summary>The role and scope, unless they are held already on some of those days.</summary>
    public AssignmentRow Assign(Assignment assignment, DateOnly from, DateOnly? to, DateTimeOffset now)
    {
        if (Assignments.Any(a => a.Assignment == assignment && (to is null || a.ValidFrom <= to) && (a.ValidTo is null || a.ValidTo >= from)))
            throw new Refusal("already-assigned", "L’utente ha già questo profilo in questo ambito nello stesso periodo.");
        var row = new AssignmentRow
        {
            Id = Guid.CreateVersion7(now), AccountId = Id, Role = assignment.Role,
            ScopeKind = assignment.Scope.Kind, ScopeCode = assignment.Scope.Code, ValidFrom = from, ValidTo = to,
        };
        Assignments.Add(row);
        return row;
    }

    public void End(Guid assignment, Guid? by, DateOnly today)
    {
        var row = Assignments.FirstOrDefault(a => a.Id == assignment) ?? throw Refusal.NotFound();
        if (by == Id && row.Role == Role.Administrator)
            throw OwnAccount();
        row.ValidTo = today.AddDays(-1);
    }

    public void Deactivate(Guid? by, DateTimeOffset now)
    {
        if (by == Id)
            throw OwnAccount();
        DeactivatedAt ??= now.UtcDateTime;
    }

    /// <summary>The telephone is lost: the next sign-in sets a new one up.</summary>
    public void ResetSecondFactor(Guid? by)
    {
        if (by == Id)
            throw new Refusal("own-account", "Non può azzerare il proprio secondo fattore: lo chieda a un altro amministratore.");
        (TotpSecret, TotpStep, TwoFactorEnabled) = (null, 0, false);
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

    public Assignment Assignment => new(Role, new Scope(ScopeKind, ScopeCode));
}
