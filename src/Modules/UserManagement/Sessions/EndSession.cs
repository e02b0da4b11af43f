using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.Accounts;

namespace Platform.UserManagement.Sessions;

/// <summary>Where somebody is inside at this moment.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record OwnSessions : IQuery<IReadOnlyList<OpenSession>>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<OwnSessions, IReadOnlyList<OpenSession>>
    {
        public async Task<IReadOnlyList<OpenSession>> Handle(OwnSessions request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var (idle, longest) = (now - Session.Idle - OpenSession.Between, now - Session.Longest);
            return await db.Sessions.AsNoTracking()
                .Where(s => s.AccountId == user.Id && s.SeenAt >= idle && s.OpenedAt >= longest && db.Accounts.Any(a => a.Id == s.AccountId && a.SecurityStamp == s.Stamp))
                .OrderByDescending(s => s.SeenAt).ThenBy(s => s.Id).ToListAsync(cancellationToken);
        }
    }
}

/// <summary>Somebody ends one of her sessions, or all but the one in which she says so: on the computer of the ward, on the telephone that is lost. Who has a
/// password types it again (OWASP ASVS 3.3.4): whoever finds a screen unlocked locks nobody out.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record EndSession : ICommand<Unit>
{
    /// <summary>Null for all the others.</summary>
    [BindNever]
    public Guid? Id { get; init; }

    [BindNever]
    public Guid? But { get; init; }

    public string Password { get; init; } = "";

    internal sealed class Validator : AbstractValidator<EndSession>
    {
        public Validator() => RuleFor(e => e.Password).MaximumLength(200).WithMessage("Il testo è troppo lungo.");
    }

    internal sealed class Handler(UserManagementDb db, UserManager<Account> accounts, ICurrentUser user) : IRequestHandler<EndSession, Unit>
    {
        public async Task<Unit> Handle(EndSession request, CancellationToken cancellationToken)
        {
            if (await db.Accounts.FirstOrDefaultAsync(a => a.Id == user.Id, cancellationToken) is { PasswordHash: not null } account && !await accounts.CheckPasswordAsync(account, request.Password ?? ""))
                throw new ValidationException([new(nameof(Password), "La password attuale non è corretta.")]);
            var hers = db.Sessions.Where(s => s.AccountId == user.Id && (request.Id == null ? s.Id != request.But : s.Id == request.Id));
            return await hers.ExecuteDeleteAsync(cancellationToken) > 0 || request.Id is null ? Unit.Value : throw Refusal.NotFound();
        }
    }
}

/// <summary>Somebody goes: the session of her cookie is over on every host.</summary>
[OpenToAll("Leaving is never refused; the page names the session of the cookie it was sent.")]
internal sealed record LeaveSession(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db) : IRequestHandler<LeaveSession, Unit>
    {
        public async Task<Unit> Handle(LeaveSession request, CancellationToken cancellationToken)
        {
            await db.Sessions.Where(s => s.Id == request.Id).ExecuteDeleteAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
