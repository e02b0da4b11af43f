using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Hotspots;

/// <summary>A hotspot's hours on a weekday, from which its slots are made: in force from a day on, until a day or until it is
/// ended. An exception is one that begins and ends on the same day.</summary>
[Shows(FieldClass.Work)]
internal sealed class Opening
{
    public required Guid Id { get; init; }
    public required string HotspotCode { get; init; }
    public required DayOfWeek Weekday { get; init; }

    /// <summary>Wall-clock time.</summary>
    public required TimeOnly From { get; init; }

    public required TimeOnly To { get; init; }
    public required int SlotMinutes { get; init; }
    public required int Capacity { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public DateOnly? ValidUntil { get; private set; }
    public string AddedBy { get; init; } = "";

    public static Opening Of(
        Guid id, string hotspot, DayOfWeek weekday, TimeOnly from, TimeOnly to, int minutes, int capacity, DateOnly validFrom, DateOnly? until, string by)
    {
        if (to <= from || minutes < 1 || capacity < 1 || minutes > (to - from).TotalMinutes)
            throw new Refusal("opening-impossible", "L'apertura deve finire dopo l'inizio e contenere almeno una fascia con un posto.") { Kind = RefusalKind.Unprocessable };
        if (until < validFrom)
            throw new Refusal("opening-impossible-days", "L'ultimo giorno non può venire prima del primo.") { Kind = RefusalKind.Unprocessable };
        return new()
        {
            Id = id, HotspotCode = hotspot, Weekday = weekday, From = from, To = to, SlotMinutes = minutes, Capacity = capacity,
            ValidFrom = validFrom, ValidUntil = until, AddedBy = by,
        };
    }

    public bool On(DateOnly day) => day.DayOfWeek == Weekday && day >= ValidFrom && (ValidUntil is null || day <= ValidUntil);

    /// <summary>Both would give the same hours of the same weekday, at least on one day.</summary>
    public bool Overlaps(Opening other) =>
        HotspotCode == other.HotspotCode && Weekday == other.Weekday && From < other.To && other.From < To
        && (ValidUntil is null || other.ValidFrom <= ValidUntil) && (other.ValidUntil is null || ValidFrom <= other.ValidUntil);

    /// <exception cref="Refusal"><c>opening-ended</c>.</exception>
    public void End(DateOnly lastDay)
    {
        if (ValidUntil <= lastDay)
            throw new Refusal("opening-ended", "Questa apertura finisce già prima di quel giorno.");
        ValidUntil = lastDay < ValidFrom ? ValidFrom.AddDays(-1) : lastDay;
    }
}
