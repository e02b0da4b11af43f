using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Hotspots;

/// <summary>Opens the slots of today and of the fourteen days after it, by each hotspot's opening hours. Those that
/// are open already stay as they are.</summary>
/// <returns>How many were opened.</returns>
[BetweenModules]
internal sealed record OpenSlots : ICommand<int>
{
    public const int DaysAhead = 14;

    internal sealed class Handler(TestingDb db, Region region, TimeProvider clock) : IRequestHandler<OpenSlots, int>
    {
        private const int RowsAtOnce = 2000;

        public async Task<int> Handle(OpenSlots request, CancellationToken cancellationToken)
        {
            var today = region.DayOf(clock.GetUtcNow());
            var from = region.UtcOf(today, TimeOnly.MinValue);
            var open = (await db.Slots.Where(s => s.StartsAt >= from && s.Place == "")
                    .Select(s => new { s.HotspotCode, s.StartsAt }).ToListAsync(cancellationToken))
                .Select(s => (s.HotspotCode, s.StartsAt)).ToHashSet();
            var openings = await db.Openings.AsNoTracking().Where(o => o.ValidUntil == null || o.ValidUntil >= today).ToListAsync(cancellationToken);
            var closures = await db.Closures.AsNoTracking().Where(c => c.LiftedAt == null && c.To > from).ToListAsync(cancellationToken);

            var opened = 0;
            for (var day = today; day <= today.AddDays(DaysAhead); day = day.AddDays(1))
            {
                foreach (var opening in openings.Where(o => o.On(day)))
                {
                    foreach (var start in Starts(day, opening).Where(start => open.Add((opening.HotspotCode, start))))
                    {
                        db.Slots.Add(new()
                        {
                            Id = Guid.CreateVersion7(clock.GetUtcNow()), HotspotCode = opening.HotspotCode, StartsAt = start,
                            Minutes = opening.SlotMinutes, Capacity = opening.Capacity, OpeningId = opening.Id,
                            Closed = closures.Exists(c => c.HotspotCode == opening.HotspotCode && c.From <= start && start < c.To),
                        });
                        if (++opened % RowsAtOnce == 0)
                            await Save(cancellationToken);
                    }
                }
            }

            await Save(cancellationToken);
            return opened;
        }

        // From the instant of opening on, real minutes: on the days on which the clocks change no slot is lost or doubled.
        private IEnumerable<DateTime> Starts(DateOnly day, Opening opening)
        {
            var end = region.UtcOf(day, opening.To);
            for (var start = region.UtcOf(day, opening.From);
                start.AddMinutes(opening.SlotMinutes) <= end;
                start = start.AddMinutes(opening.SlotMinutes))
            {
                yield return start;
            }
        }

        private async Task Save(CancellationToken cancellation)
        {
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
    }
}

/// <summary>Each night, the day that has come within reach.</summary>
internal sealed class OpenSlotsEachNight(IMediator mediator) : IScheduledJob
{
    public static string Name => "testing.open-slots";
    public static string Title => "Apre le fasce degli hotspot dei prossimi 14 giorni";
    public static string Cron => "0 15 0 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation) =>
        new("{0} orari aperti", await mediator.Send(new OpenSlots(), cancellation));
}
