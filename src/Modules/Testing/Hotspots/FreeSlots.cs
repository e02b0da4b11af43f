using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Hotspots;

/// <summary>What can be booked: the hotspots, nearest first; of the chosen one the days with free places; of the
/// chosen day the slots that are not past and not full. What is not chosen, or cannot be, is the first there is.</summary>
[Requires(TestingModule.MayRequest)]
internal sealed record FreeSlots : IQuery<FreeSlotsAnswer>
{
    public string? Hotspot { get; init; }
    public DateOnly? Day { get; init; }

    /// <summary>Hotspots in this municipality come first, then those of this ASL.</summary>
    public string NearMunicipality { get; init; } = "";

    public string NearAsl { get; init; } = "";

    /// <summary>Units of home visits too.</summary>
    public bool AtHome { get; init; }

    internal sealed class Handler(TestingDb db, Region region, TimeProvider clock) : IRequestHandler<FreeSlots, FreeSlotsAnswer>
    {
        public async Task<FreeSlotsAnswer> Handle(FreeSlots request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            // A unit goes to the homes of its own ASL.
            var hotspots = await db.Hotspots
                .Where(h => !h.AtHome || (request.AtHome && h.AslCode == request.NearAsl))
                .OrderBy(h => h.AtHome ? 1 : 0).ThenBy(h => h.MunicipalityIstat == request.NearMunicipality ? 0 : h.AslCode == request.NearAsl ? 1 : 2)
                .ThenBy(h => h.Name)
                .Select(h => new HotspotChoice(h.Code, h.Name, h.MunicipalityIstat, h.AtHome))
                .ToListAsync(cancellationToken);
            var hotspot = (hotspots.Find(h => h.Code == request.Hotspot) ?? hotspots.FirstOrDefault())?.Code;

            var slots = await db.Slots
                .Where(s => s.HotspotCode == hotspot && s.StartsAt > now && !s.Closed && s.Place == "" && s.Booked < s.Capacity)
                .OrderBy(s => s.StartsAt)
                .Select(s => new FreeSlot(s.Id, s.StartsAt, s.Capacity - s.Booked))
                .ToListAsync(cancellationToken);
            var days = slots.GroupBy(s => region.DayOf(s.StartsAt)).Select(d => new FreeDay(d.Key, d.Sum(s => s.Free))).ToList();
            var day = days.Exists(d => d.Day == request.Day) ? request.Day : days.FirstOrDefault()?.Day;
            return new(hotspot, day, hotspots, days, [.. slots.Where(s => region.DayOf(s.StartsAt) == day)]);
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record HotspotChoice(string Code, string Name, string MunicipalityIstat, bool AtHome);

internal sealed record FreeDay(DateOnly Day, int Free);

/// <param name="StartsAt">UTC.</param>
internal sealed record FreeSlot(Guid Id, DateTime StartsAt, int Free);

internal sealed record FreeSlotsAnswer(
    string? Hotspot, DateOnly? Day, IReadOnlyList<HotspotChoice> Hotspots, IReadOnlyList<FreeDay> Days, IReadOnlyList<FreeSlot> Slots);
