using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Labs;
using Platform.Testing.Samples;

namespace Platform.Testing.Hotspots;

/// <summary>Takes hotspots and labs over from the region pack: new ones are added, known ones brought up to date,
/// none is removed.</summary>
/// <returns>How many were added.</returns>
[BetweenModules]
internal sealed record ImportFacilities : ICommand<int>
{
    internal sealed class Handler(TestingDb db, Region region, TimeProvider clock) : IRequestHandler<ImportFacilities, int>
    {
        public async Task<int> Handle(ImportFacilities request, CancellationToken cancellationToken)
        {
            var hotspots = await db.Hotspots.ToDictionaryAsync(h => h.Code, cancellationToken);
            var labs = await db.Labs.ToDictionaryAsync(l => l.Code, cancellationToken);
            var known = hotspots.Count + labs.Count;
            foreach (var place in region.Facilities.Where(f => f.Kind is FacilityKind.Hotspot or FacilityKind.Usca))
            {
                if (!hotspots.TryGetValue(place.Code, out var hotspot))
                {
                    hotspots[place.Code] = hotspot = new()
                    {
                        Code = place.Code, Name = "", AtHome = place.Kind == FacilityKind.Usca, AslCode = "", MunicipalityIstat = "", Address = "",
                    };
                    db.Hotspots.Add(hotspot);
                }

                (hotspot.AtHome, hotspot.Name, hotspot.AslCode, hotspot.MunicipalityIstat, hotspot.Address) =
                    (place.Kind == FacilityKind.Usca, place.Name, place.Asl, place.MunicipalityIstat, place.Address);
            }

            foreach (var place in region.Facilities.Where(f => f.Kind == FacilityKind.Lab).OrderBy(f => f.Code, StringComparer.Ordinal))
            {
                if (!labs.TryGetValue(place.Code, out var lab))
                {
                    labs[place.Code] = lab = new()
                    {
                        Code = place.Code, Name = "", AslCode = "", DailyCapacity = 1, Prefix = AccessionNumber.PrefixOf(labs.Count),
                    };
                    db.Labs.Add(lab);
                }

                (lab.Name, lab.AslCode, lab.DailyCapacity) = (place.Name, place.Asl, Math.Max(1, place.DailyCapacity ?? 1));
            }

            // Openings are the hotspot's own matter once it has some: the pack only begins them.
            var managed = await db.Openings.Select(o => o.HotspotCode).Distinct().ToHashSetAsync(cancellationToken);
            db.Openings.AddRange(region.HotspotOpenings.Where(o => !managed.Contains(o.Hotspot)).Select(o => Opening.Of(
                Guid.CreateVersion7(clock.GetUtcNow()), o.Hotspot, o.Weekday, o.From, o.To, o.SlotMinutes, o.CapacityPerSlot, o.Valid.From, o.Valid.Until, "")));
            await db.SaveChangesAsync(cancellationToken);
            return hotspots.Count + labs.Count - known;
        }
    }
}

/// <summary>Hotspots, labs and the slots of the coming days for the demonstration.</summary>
internal sealed class FacilitiesSeed(IMediator mediator) : IDemoSeed
{
    public int Order => 20;
    public string Title => "Hotspots and laboratories";

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        said.Report($"{await mediator.Send(new ImportFacilities(), cancellation)} places added");
        said.Report($"{await mediator.Send(new OpenSlots(), cancellation)} slots opened");
    }
}
