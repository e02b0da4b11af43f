using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>All campaigns, with how much of each is booked.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record CampaignList : IQuery<IReadOnlyList<CampaignLine>>
{
    internal sealed class Handler(VaccinationDb db, TimeProvider clock) : IRequestHandler<CampaignList, IReadOnlyList<CampaignLine>>
    {
        public async Task<IReadOnlyList<CampaignLine>> Handle(CampaignList request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var free = await db.Slots.Where(s => s.Dose == 1 && s.StartsAt > now && !s.Closed).GroupBy(s => s.CampaignCode)
                .Select(s => new { s.Key, Free = s.Sum(x => x.Capacity - x.Taken) }).ToDictionaryAsync(s => s.Key, s => s.Free, cancellationToken);
            var booked = await db.Bookings.Where(b => b.State != BookingState.Cancelled).GroupBy(b => b.CampaignCode)
                .Select(b => new { b.Key, Count = b.Count() }).ToDictionaryAsync(b => b.Key, b => b.Count, cancellationToken);
            return [.. (await db.Campaigns.AsNoTracking().OrderBy(c => c.State).ThenBy(c => c.Code).ToListAsync(cancellationToken))
                .Select(c => new CampaignLine(c, booked.GetValueOrDefault(c.Code), free.GetValueOrDefault(c.Code)))];
        }
    }
}

/// <param name="Free">First doses that can still be booked.</param>
internal sealed record CampaignLine(Campaign Campaign, int Booked, int Free);

/// <summary>A campaign with its groups, for who manages it.</summary>
[Requires(VaccinationModule.MayManage)]
internal sealed record CampaignDetail(string Code) : IQuery<CampaignPage>
{
    internal sealed class Handler(VaccinationDb db) : IRequestHandler<CampaignDetail, CampaignPage>
    {
        public async Task<CampaignPage> Handle(CampaignDetail request, CancellationToken cancellationToken) => new(
            await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Code == request.Code, cancellationToken) ?? throw Refusal.NotFound(),
            await db.Groups.AsNoTracking().Where(g => g.CampaignCode == request.Code).OrderBy(g => g.Priority).ThenBy(g => g.OpensAt).ToListAsync(cancellationToken));
    }
}
