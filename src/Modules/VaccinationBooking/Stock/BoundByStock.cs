using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Stock;

/// <summary>Where a centre keeps its stock here, no more can be booked in the days ahead than there are doses: the places of the slots are cut
/// to what is in the fridge, the earliest first, and come back with the next delivery. What is booked stays. Beyond
/// <see cref="DaysBound"/> days deliveries are trusted to come.</summary>
/// <returns>How many slots have other places now.</returns>
[BetweenModules]
internal sealed record BoundByStock : ICommand<int>
{
    public const int DaysBound = 7;

    public required string Centre { get; init; }

    internal sealed class Handler(VaccinationDb db, Region region, TimeProvider clock) : IRequestHandler<BoundByStock, int>
    {
        public async Task<int> Handle(BoundByStock request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var today = region.DayOf(clock.GetUtcNow());
            var until = region.UtcOf(today.AddDays(DaysBound), TimeOnly.MinValue);
            var lots = await db.StockLots.AsNoTracking().Where(l => l.CentreCode == request.Centre).ToListAsync(cancellationToken);
            var changed = 0;
            foreach (var vaccine in lots.GroupBy(l => l.VaccineCode))
            {
                var slots = await db.Slots.AsNoTracking().Where(s => s.CentreCode == request.Centre && s.VaccineCode == vaccine.Key && s.StartsAt > now && s.StartsAt < until && s.OpeningId != null)
                    .OrderBy(s => s.StartsAt).ThenBy(s => s.Dose).ToListAsync(cancellationToken);
                var planned = await db.Openings.AsNoTracking().Where(o => o.CentreCode == request.Centre).ToDictionaryAsync(o => o.Id, cancellationToken);
                // Who has a place comes first, whatever its day; only what is left over is shared out.
                var left = vaccine.Where(l => l.ExpiresOn >= today).Sum(l => l.Doses) - slots.Sum(s => s.Taken);
                foreach (var slot in slots)
                {
                    var opening = planned.GetValueOrDefault(slot.OpeningId!.Value);
                    var most = Math.Max(slot.Taken, opening is null ? slot.Capacity : slot.Dose == 1 ? opening.FirstDoses : opening.SecondDoses);
                    var more = Math.Clamp(left, 0, most - slot.Taken);
                    left -= more;
                    if (slot.Taken + more != slot.Capacity)
                        changed += await Cut(slot, slot.Taken + more, cancellationToken);
                }
            }

            return changed;
        }

        // Somebody who took a place at this moment keeps it: the slot is then left as it is until the next time.
        private Task<int> Cut(VaccinationSlot slot, int capacity, CancellationToken cancellation) =>
            db.Slots.Where(s => s.Id == slot.Id && s.Taken <= capacity).ExecuteUpdateAsync(set => set.SetProperty(s => s.Capacity, capacity), cancellation);
    }
}

/// <summary>Each night the days ahead are others.</summary>
internal sealed class BoundByStockEachNight(VaccinationDb db, IMediator mediator) : IScheduledJob
{
    public static string Name => "vaccination.bound-by-stock";
    public static string Title => "Adegua i posti dei prossimi giorni alle dosi in frigorifero";
    public static string Cron => "0 40 0 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var changed = 0;
        foreach (var centre in await db.StockLots.Select(l => l.CentreCode).Distinct().ToListAsync(cancellation))
            changed += await mediator.Send(new BoundByStock { Centre = centre }, cancellation);
        return new("{0} fasce adeguate", changed);
    }
}
