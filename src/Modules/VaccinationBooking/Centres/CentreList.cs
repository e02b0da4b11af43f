using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Centres;

/// <summary>The centres whose hours the asker runs, with the places of the next days.</summary>
[Requires(VaccinationModule.MayRunCentres)]
internal sealed record CentreList : IQuery<IReadOnlyList<CentreLine>>
{
    internal sealed class Handler(VaccinationDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<CentreList, IReadOnlyList<CentreLine>>
    {
        public async Task<IReadOnlyList<CentreLine>> Handle(CentreList request, CancellationToken cancellationToken)
        {
            var (from, to) = (clock.GetUtcNow().UtcDateTime, clock.GetUtcNow().UtcDateTime.AddDays(7));
            var week = await db.Slots.Where(s => s.StartsAt > from && s.StartsAt < to && !s.Closed).GroupBy(s => s.CentreCode)
                .Select(s => new { s.Key, Capacity = s.Sum(x => x.Capacity), Taken = s.Sum(x => x.Taken) }).ToDictionaryAsync(s => s.Key, cancellationToken);
            return
            [
                .. (await db.Centres.AsNoTracking().Within(Centre.Scope, user, VaccinationModule.MayRunCentres).OrderBy(c => c.AslCode).ThenBy(c => c.Name).ToListAsync(cancellationToken))
                    .Select(c => new CentreLine(c, week.GetValueOrDefault(c.Code)?.Capacity ?? 0, week.GetValueOrDefault(c.Code)?.Taken ?? 0)),
            ];
        }
    }
}

/// <param name="Capacity">Places of the next seven days.</param>
internal sealed record CentreLine(Centre Centre, int Capacity, int Taken);

/// <summary>A centre's data, hours and coming days.</summary>
[Requires(VaccinationModule.MayRunCentres)]
internal sealed record CentreDetail(string Code) : IQuery<CentreDetailAnswer>
{
    private const int DaysShown = 28;

    internal sealed class Handler(VaccinationDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<CentreDetail, CentreDetailAnswer>
    {
        public async Task<CentreDetailAnswer> Handle(CentreDetail request, CancellationToken cancellationToken)
        {
            var centre = await db.Centres.AsNoTracking().Within(Centre.Scope, user, VaccinationModule.MayRunCentres)
                .SingleOrDefaultAsync(c => c.Code == request.Code, cancellationToken) ?? throw Refusal.NotFound();
            var (now, today) = (clock.GetUtcNow().UtcDateTime, region.DayOf(clock.GetUtcNow()));
            var until = now.AddDays(DaysShown);
            var openings = await db.Openings.AsNoTracking().Where(o => o.CentreCode == centre.Code && o.ValidUntil >= today).ToListAsync(cancellationToken);
            var slots = await db.Slots.Where(s => s.CentreCode == centre.Code && s.StartsAt > now && s.StartsAt < until)
                .Select(s => new { s.StartsAt, s.VaccineCode, s.Dose, s.Capacity, s.Taken, s.Closed }).ToListAsync(cancellationToken);
            return new(
                centre,
                [.. openings.OrderBy(o => o.CampaignCode).ThenBy(o => ((int)o.Weekday + 6) % 7).ThenBy(o => o.From)],
                await db.Campaigns.AsNoTracking().Where(c => c.State != CampaignState.Closed).OrderBy(c => c.Code).ToListAsync(cancellationToken),
                [.. slots.GroupBy(s => (Day: region.DayOf(s.StartsAt), s.VaccineCode, s.Dose)).OrderBy(d => d.Key.Day).ThenBy(d => d.Key.VaccineCode).ThenBy(d => d.Key.Dose)
                    .Select(d => new CentreDay(d.Key.Day, d.Key.VaccineCode, d.Key.Dose, d.Where(s => !s.Closed).Sum(s => s.Capacity), d.Sum(s => s.Taken)))]);
        }
    }
}

internal sealed record CentreDay(DateOnly Day, string Vaccine, int Dose, int Capacity, int Taken);

internal sealed record CentreDetailAnswer(Centre Centre, IReadOnlyList<CentreOpening> Openings, IReadOnlyList<Campaign> Campaigns, IReadOnlyList<CentreDay> Days);
