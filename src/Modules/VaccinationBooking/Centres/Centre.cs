using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Centres;

internal enum CentreKind
{
    Hub,
    Hospital,
    Pharmacy,

    /// <summary>A doctor who vaccinates in the surgery.</summary>
    Doctor,

    /// <summary>Goes from place to place: camper, school, care home.</summary>
    MobileTeam,

    /// <summary>Goes to who cannot leave home.</summary>
    HomeVisits,
}

/// <summary>A place where people are vaccinated.</summary>
internal sealed class Centre : IVersioned
{
    /// <summary>Who works there, and the ASL in whose territory it stands.</summary>
    public static readonly ScopeRule<Centre> Scope = new ScopeRule<Centre>()
        .By(ScopeKind.VaccinationCentre, c => c.Code)
        .By(ScopeKind.Asl, c => c.AslCode);

    public const int CodeLength = 20;
    public const int NameLength = 120;

    public required string Code { get; init; }
    public string Name { get; set; } = "";
    public CentreKind Kind { get; set; }
    public string AslCode { get; set; } = "";
    public string MunicipalityIstat { get; set; } = "";
    public string PostalCode { get; set; } = "";
    public string Address { get; set; } = "";

    /// <summary>Degrees, WGS 84; null where nobody has said.</summary>
    public double? Latitude { get; set; }

    public double? Longitude { get; set; }

    /// <summary>Citizens choose it by themselves; otherwise only operators book there.</summary>
    public bool Public { get; set; } = true;

    public int Version { get; set; }
}

/// <summary>Hours at which a centre vaccinates, week by week: slots are made from it.</summary>
/// <remarks>Places are per dose, so that second doses find theirs.</remarks>
internal sealed class CentreOpening
{
    public required Guid Id { get; init; }
    public required string CampaignCode { get; init; }
    public required string CentreCode { get; init; }

    /// <summary>Code of the region's list, <c>vaccines.csv</c>.</summary>
    public required string VaccineCode { get; init; }

    public required DayOfWeek Weekday { get; init; }

    /// <summary>Wall-clock time.</summary>
    public required TimeOnly From { get; init; }

    public required TimeOnly To { get; init; }
    public required int SlotMinutes { get; init; }

    /// <summary>Places for first (or only) doses in each slot.</summary>
    public required int FirstDoses { get; init; }

    public required int SecondDoses { get; init; }
    public required DateOnly ValidFrom { get; init; }

    /// <summary>The last day.</summary>
    public required DateOnly ValidUntil { get; set; }

    /// <summary>Wall-clock beginnings of its slots on a day of its own; empty on the others.</summary>
    public IEnumerable<TimeOnly> BeginningsOn(DateOnly day)
    {
        if (day.DayOfWeek != Weekday || !new Validity(ValidFrom, ValidUntil).On(day))
            yield break;
        for (var minute = From.ToTimeSpan(); minute + TimeSpan.FromMinutes(SlotMinutes) <= To.ToTimeSpan(); minute += TimeSpan.FromMinutes(SlotMinutes))
            yield return TimeOnly.FromTimeSpan(minute);
    }
}

/// <summary>A stretch of time at a centre with so many places for one dose of one vaccine. <see cref="Taken"/> always equals
/// the appointments and holds that stand on it, and changes only by the ledger (<see cref="Bookings.IBookingLedger"/>).</summary>
internal sealed class VaccinationSlot
{
    public required Guid Id { get; init; }
    public required string CampaignCode { get; init; }
    public required string CentreCode { get; init; }
    public required string VaccineCode { get; init; }

    /// <summary>1 or 2 within the booking.</summary>
    public required int Dose { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartsAt { get; init; }

    public required int Minutes { get; init; }
    public required int Capacity { get; init; }
    public int Taken { get; init; }

    /// <summary>Of a closure: no place of it can be taken any more.</summary>
    public bool Closed { get; init; }

    public Guid? OpeningId { get; init; }
}
