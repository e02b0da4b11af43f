using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Devices;

/// <summary>The devices that may be used today.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record DevicesOfDay : IQuery<IReadOnlyList<AntigenDevice>>
{
    internal sealed class Handler(DeviceList devices, Region region, TimeProvider clock) : IRequestHandler<DevicesOfDay, IReadOnlyList<AntigenDevice>>
    {
        public Task<IReadOnlyList<AntigenDevice>> Handle(DevicesOfDay request, CancellationToken cancellationToken) =>
            devices.On(region.DayOf(clock.GetUtcNow()), cancellationToken);
    }
}

/// <summary>The kit that the desk used last, this same day; null where it used none.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record LastKit : IQuery<KitUsed?>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<LastKit, KitUsed?>
    {
        public Task<KitUsed?> Handle(LastKit request, CancellationToken cancellationToken)
        {
            var since = region.UtcOf(region.DayOf(clock.GetUtcNow()), TimeOnly.MinValue);
            return db.Swabs.Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest).Where(s => s.CollectedAt >= since).OrderByDescending(s => s.CollectedAt)
                .Select(s => new KitUsed(s.PointCode, s.DeviceJrc, s.Lot, s.KitExpiry)).FirstOrDefaultAsync(cancellationToken);
        }
    }
}

internal sealed record KitUsed(string PointCode, string DeviceJrc, string Lot, DateOnly Expiry);
