using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Centres;

/// <summary>Makes the slots of today and of the coming days from the centres' hours: a slot for each dose that has places. Those that are
/// there stay as they are; run twice, also on two hosts at once, it makes nothing double.</summary>
/// <returns>How many were made.</returns>
[BetweenModules]
internal sealed record MakeSlots : ICommand<int>
{
    /// <summary>Both doses have to find a place: the longest interval and some weeks to choose the first.</summary>
    public const int DaysAhead = 90;

    /// <summary>Null for all.</summary>
    public string? Centre { get; init; }

    internal sealed class Handler(VaccinationDb db, Region region, TimeProvider clock) : IRequestHandler<MakeSlots, int>
    {
        private const int RowsAtOnce = 2000;

        public Task<int> Handle(MakeSlots request, CancellationToken cancellationToken) => db.OnceMore(() => Make(request, cancellationToken));

        private async Task<int> Make(MakeSlots request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var today = region.DayOf(clock.GetUtcNow());
            var openings = await db.Openings.AsNoTracking().Where(o => o.ValidUntil >= today && (request.Centre == null || o.CentreCode == request.Centre)
                && db.Campaigns.Any(c => c.Code == o.CampaignCode && c.State != CampaignState.Closed)).ToListAsync(cancellationToken);
            var (made, waiting) = (0, 0);
            foreach (var opening in openings)
            {
                var there = await db.Slots.Where(s => s.OpeningId == opening.Id && s.StartsAt > now).Select(s => s.Id).ToHashSetAsync(cancellationToken);
                foreach (var slot in SlotsOf(opening, today, now).Where(s => !there.Contains(s.Id)))
                {
                    db.Add(slot);
                    made++;
                    if (++waiting % RowsAtOnce == 0)
                        await Save(cancellationToken);
                }
            }

            await Save(cancellationToken);
            return made;
        }

        private IEnumerable<VaccinationSlot> SlotsOf(CentreOpening opening, DateOnly today, DateTime now) =>
            from day in Enumerable.Range(0, DaysAhead + 1).Select(today.AddDays)
            from beginning in opening.BeginningsOn(day)
            let at = region.UtcOf(day, beginning)
            where at > now
            from places in new[] { (Dose: 1, Capacity: opening.FirstDoses), (Dose: 2, Capacity: opening.SecondDoses) }
            where places.Capacity > 0
            select new VaccinationSlot
            {
                Id = StableId.Of(opening.Id, $"{day:yyyyMMdd}{beginning:HHmm}{places.Dose}"), CampaignCode = opening.CampaignCode, CentreCode = opening.CentreCode,
                VaccineCode = opening.VaccineCode, Dose = places.Dose, StartsAt = at, Minutes = opening.SlotMinutes, Capacity = places.Capacity, OpeningId = opening.Id,
            };

        private async Task Save(CancellationToken cancellation)
        {
            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
    }
}

/// <summary>Each night, the day that has come within reach.</summary>
internal sealed class MakeSlotsEachNight(IMediator mediator) : IScheduledJob
{
    public static string Name => "vaccination.make-slots";
    public static string Title => "Apre le fasce dei centri vaccinali dei prossimi 90 giorni";
    public static string Cron => "0 20 0 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation) => new("{0} orari aperti", await mediator.Send(new MakeSlots(), cancellation));
}
