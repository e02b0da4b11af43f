using MediatR;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

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

/// <summary>Somebody ends one of her sessions: on the computer of the ward, on the telephone that is lost.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record EndSession(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<EndSession, Unit>
    {
        public async Task<Unit> Handle(EndSession request, CancellationToken cancellationToken) =>
            await db.Sessions.Where(s => s.Id == request.Id && s.AccountId == user.Id).ExecuteDeleteAsync(cancellationToken) > 0 ? Unit.Value : throw Refusal.NotFound();
    }
}

/// <summary>All but the one in which she says so.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record EndOtherSessions : ICommand<Unit>
{
    [BindNever]
    public Guid? But { get; init; }

    internal sealed class Handler(UserManagementDb db, ICurrentUser user) : IRequestHandler<EndOtherSessions, Unit>
    {
        public async Task<Unit> Handle(EndOtherSessions request, CancellationToken cancellationToken)
        {
            await db.Sessions.Where(s => s.AccountId == user.Id && s.Id != request.But).ExecuteDeleteAsync(cancellationToken);
            return Unit.Value;
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
