using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Hotspots;

/// <summary>The hotspots and units whose hours the asker manages.</summary>
[Requires(TestingModule.MayManageHotspots)]
internal sealed record ManagedHotspots : IQuery<IReadOnlyList<HotspotChoice>>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user) : IRequestHandler<ManagedHotspots, IReadOnlyList<HotspotChoice>>
    {
        public async Task<IReadOnlyList<HotspotChoice>> Handle(ManagedHotspots request, CancellationToken cancellationToken) =>
            await db.Hotspots.Within(Hotspot.Scope, user, TestingModule.MayManageHotspots).OrderBy(h => h.AtHome).ThenBy(h => h.Name)
                .Select(h => new HotspotChoice(h.Code, h.Name, h.MunicipalityIstat, h.AtHome)).ToListAsync(cancellationToken);
    }
}

/// <summary>A hotspot's hours and closures, its coming days, and the people whom a closure left without a place.</summary>
[Requires(TestingModule.MayManageHotspots)]
internal sealed record HotspotPlan(string Hotspot) : IQuery<HotspotPlanAnswer>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<HotspotPlan, HotspotPlanAnswer>
    {
        public async Task<HotspotPlanAnswer> Handle(HotspotPlan request, CancellationToken cancellationToken)
        {
            var hotspot = await db.Hotspots.AsNoTracking().Within(Hotspots.Hotspot.Scope, user, TestingModule.MayManageHotspots)
                .SingleOrDefaultAsync(h => h.Code == request.Hotspot, cancellationToken) ?? throw Refusal.NotFound();
            var now = clock.GetUtcNow().UtcDateTime;
            var today = region.DayOf(clock.GetUtcNow());
            var openings = await db.Openings.AsNoTracking()
                .Where(o => o.HotspotCode == hotspot.Code && (o.ValidUntil == null || (o.ValidUntil >= today && o.ValidUntil >= o.ValidFrom))).ToListAsync(cancellationToken);
            var slots = await db.Slots.Where(s => s.HotspotCode == hotspot.Code && s.StartsAt > now)
                .Select(s => new { s.StartsAt, s.Capacity, s.Booked, s.Closed }).ToListAsync(cancellationToken);
            return new(
                hotspot,
                [.. openings.OrderBy(o => ((int)o.Weekday + 6) % 7).ThenBy(o => o.From).ThenBy(o => o.ValidFrom)],
                await db.Closures.AsNoTracking().Where(c => c.HotspotCode == hotspot.Code && c.To > now && c.LiftedAt == null).OrderBy(c => c.From).ToListAsync(cancellationToken),
                [.. slots.GroupBy(s => region.DayOf(s.StartsAt)).OrderBy(d => d.Key)
                    .Select(d => new PlanDay(d.Key, d.Where(s => !s.Closed).Sum(s => s.Capacity), d.Sum(s => s.Booked), d.Where(s => s.Closed).Sum(s => s.Capacity)))],
                await db.Requests.Where(r => r.HotspotCode == hotspot.Code && r.ClosureId != null && r.State == SwabRequestState.Requested)
                    .OrderBy(r => r.Priority).ThenBy(r => r.SearchName).Take(200)
                    .Select(r => new PersonWithoutPlace(r.Id, r.PatientId, r.FamilyName, r.GivenName, r.RequesterName)).ToListAsync(cancellationToken));
        }
    }
}

/// <param name="Closed">Places that a closure has taken away.</param>
[Shows(FieldClass.Work)]
internal sealed record PlanDay(DateOnly Day, int Capacity, int Booked, int Closed);

[Shows(FieldClass.Identity, "FamilyName", "GivenName")]
[Shows(FieldClass.Work, "RequesterName")]
internal sealed record PersonWithoutPlace(Guid RequestId, Guid PatientId, string FamilyName, string GivenName, string RequesterName);

[Shows(FieldClass.Work)]
internal sealed record HotspotPlanAnswer(
    Hotspot Hotspot, IReadOnlyList<Opening> Openings, IReadOnlyList<Closure> Closures, IReadOnlyList<PlanDay> Days,
    IReadOnlyList<PersonWithoutPlace> WithoutPlace) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => WithoutPlace.Select(p => p.PatientId);
}
