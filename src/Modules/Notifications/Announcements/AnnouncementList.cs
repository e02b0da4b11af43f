using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Notifications.Announcements;

/// <summary>All announcements of maintenance, past ones too, the latest window first.</summary>
[Requires(PlatformPermissions.Operate)]
internal sealed record AnnouncementList(AnnouncementState? State) : ListQuery<Announcement>
{
    private static readonly Orders<Announcement> Order = new Orders<Announcement>(a => a.Id).By("from", a => a.StartsAt);

    public override string StandingSort => "-from";

    internal sealed class Handler(NotificationsDb db, TimeProvider clock) : IRequestHandler<AnnouncementList, Listing<Announcement>>
    {
        public Task<Listing<Announcement>> Handle(AnnouncementList request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var all = db.Announcements.AsNoTracking();
            all = request.State switch
            {
                AnnouncementState.Coming => all.Where(a => a.CalledOffAt == null && a.StartsAt > now),
                AnnouncementState.Now => all.Where(a => a.CalledOffAt == null && a.StartsAt <= now && a.EndsAt > now),
                AnnouncementState.Over => all.Where(a => a.CalledOffAt == null && a.EndsAt <= now),
                AnnouncementState.CalledOff => all.Where(a => a.CalledOffAt != null),
                _ => all,
            };
            return all.List(request, Order, sorted => sorted, cancellationToken);
        }
    }
}

[Requires(PlatformPermissions.Operate)]
internal sealed record AnnouncementById(Guid Id) : IQuery<Announcement>
{
    internal sealed class Handler(NotificationsDb db) : IRequestHandler<AnnouncementById, Announcement>
    {
        public async Task<Announcement> Handle(AnnouncementById request, CancellationToken cancellationToken) =>
            await db.Announcements.AsNoTracking().FirstOrDefaultAsync(a => a.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
    }
}
