using Microsoft.AspNetCore.Identity;
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

    public List<AssignmentRow> Assignments { get; } = [];

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
