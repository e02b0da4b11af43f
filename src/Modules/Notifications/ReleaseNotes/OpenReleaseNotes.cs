using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.Notifications.ReleaseNotes;

/// <summary>Somebody reads what has changed: it is new to her no longer, until there is more.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed record OpenReleaseNotes : ICommand<Unit>
{
    internal sealed class Handler(NotificationsDb db, ICurrentUser user, IDatabaseEngine engine) : IRequestHandler<OpenReleaseNotes, Unit>
    {
        public async Task<Unit> Handle(OpenReleaseNotes request, CancellationToken cancellationToken)
        {
            var account = user.Id!.Value;
            var seen = await db.NotesSeen.FirstOrDefaultAsync(s => s.AccountId == account, cancellationToken)
                ?? db.NotesSeen.Add(new() { AccountId = account, Edition = "" }).Entity;
            seen.Edition = Changelog.Edition;
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
            {
                // Opened in two windows at once.
                db.ChangeTracker.Clear();
            }

            return Unit.Value;
        }
    }
}

/// <summary>Which edition of the notes an account has opened last.</summary>
internal sealed class NotesSeen
{
    public required Guid AccountId { get; init; }
    public required string Edition { get; set; }
}

/// <summary>On the home page until she has opened them.</summary>
internal sealed class NewReleaseNotes(NotificationsDb db, ICurrentUser user) : IHomeCards
{
    public async Task<IReadOnlyList<HomeCard>> Of(CancellationToken cancellation)
    {
        if (!user.May(PlatformPermissions.SignedIn) || user.Id is not { } account
            || await db.NotesSeen.AnyAsync(s => s.AccountId == account && s.Edition == Changelog.Edition, cancellation))
            return [];
        return [new("Novità della piattaforma", "Nuove: non le ha ancora lette.", null, "/release-notes", Urgent: false, 95)];
    }
}
