namespace Platform.BuildingBlocks.Regions;

/// <summary>What a region brings with it: a folder of data that installs it, with no change of code.
/// See docs/region-pack.md for the columns of each file.</summary>
public sealed class Region
{
    /// <summary>Ministry code, three digits: 010 Piemonte.</summary>
    public required string Code { get; init; }

    /// <summary>ISTAT code, two digits: 01 Piemonte. Not to be mixed with <see cref="Code"/>.</summary>
    public required string Istat { get; init; }

    public required string Name { get; init; }
    public required string NameEn { get; init; }
    public required string ServiceName { get; init; }
    public required string ServiceNameEn { get; init; }

    /// <summary>IANA name: <c>Europe/Rome</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Of the European statistics: <c>ITC1</c>; its first three characters are the one above (NUTS 1).</summary>
    public required string Nuts2 { get; init; }

    /// <summary>As the national open data name it: <c>PIE</c>, <c>Piemonte</c>.</summary>
    public required string OpenDataArea { get; init; }

    public required string OpenDataName { get; init; }

    /// <summary>How many fictitious people the demonstration generates, and from which seed number.</summary>
    public required int DemoPeople { get; init; }

    public required int DemoSeed { get; init; }

    public required IReadOnlyList<Asl> Asls { get; init; }
    public required IReadOnlyList<Municipality> Municipalities { get; init; }
    public required IReadOnlyList<Facility> Facilities { get; init; }
    public required IReadOnlyList<HotspotOpening> HotspotOpenings { get; init; }
    public required RefertiRules Referti { get; init; }
    public required SwabRules Swabs { get; init; }
    public required QuickSwabRules QuickSwabs { get; init; }
    public required Retention Retention { get; init; }
    public required CollectionRules Collection { get; init; }
    public required OperationLimits OperationLimits { get; init; }
    public required AccountRules Accounts { get; init; }
    public required GlassRules Glass { get; init; }
    public required CaseRules Cases { get; init; }
    public required SchoolLimits SchoolLimits { get; init; }
    public required FieldRules Fields { get; init; }
    public required SchoolRules SchoolRules { get; init; }
    public required ExtractionRules Extractions { get; init; }
    public required VaccinationRules Vaccination { get; init; }
    public required IssuingRules Issuing { get; init; }
    public required HcertRules Hcert { get; init; }
    public required IReadOnlyList<DoctorEntry> Doctors { get; init; }
    public required IReadOnlyList<NameEntry> Names { get; init; }

    /// <summary>The folder it was read from.</summary>
    public required string Folder { get; init; }

    public TimeZoneInfo Zone => field ??= TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The calendar day, here, of a UTC instant.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    public DateTime? LocalOf(DateTime? utc) => utc is { } at ? LocalOf(at) : null;

    /// <summary>Wall-clock time, here, of a UTC instant.</summary>
    public DateTime LocalOf(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>UTC instant of a wall-clock time here; the hour that does not exist in spring moves forward,
    /// of the hour that exists twice in autumn the first is taken.</summary>
    public DateTime UtcOf(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        if (Zone.IsInvalidTime(local))
            local = local.AddHours(1);
        return Zone.IsAmbiguousTime(local)
            ? local - Zone.GetAmbiguousTimeOffsets(local).Max() is var utc ? DateTime.SpecifyKind(utc, DateTimeKind.Utc) : default
            : TimeZoneInfo.ConvertTimeToUtc(local, Zone);
    }

    public Asl? FindAsl(string code) => Asls.FirstOrDefault(a => a.Code == code);

    /// <param name="istat">Six digits.</param>
    public Municipality? FindMunicipality(string istat) => (byIstat ??= Municipalities.ToDictionary(m => m.Istat)).GetValueOrDefault(istat);

    private Dictionary<string, Municipality>? byIstat;
}

/// <param name="Code">Ministry, six digits: 010203.</param>
/// <param name="ShortName">As operators say it: TO3.</param>
public sealed record Asl(string Code, string Name, string ShortName, string MunicipalityIstat, string Email);

/// <param name="Istat">Six digits.</param>
/// <param name="Belfiore">Cadastral code, letter and three digits.</param>
/// <param name="Asl">Ministry code of its ASL.</param>
public sealed record Municipality(string Istat, string Belfiore, string Name, string Province, string Asl, string PostalCode);

public enum FacilityKind
{
    Hospital,
    Lab,
    Hotspot,

    /// <summary>Unità speciale di continuità assistenziale: swabs at home.</summary>
    Usca,

    /// <summary>Its code is the ministry's of education (codice meccanografico).</summary>
    School,
    Pharmacy,
}

/// <param name="DailyCapacity">Tests a day for a lab, people a day for a hotspot or a unit of home visits; null for the others.</param>
public sealed record Facility(
    string Code, string Name, FacilityKind Kind, string Asl, string MunicipalityIstat, string Address, int? DailyCapacity);

/// <param name="From">Wall-clock time.</param>
/// <param name="Hotspot">Or a unit of home visits, whose slot is the whole day.</param>
public sealed record HotspotOpening(string Hotspot, DayOfWeek Weekday, TimeOnly From, TimeOnly To, int SlotMinutes, int CapacityPerSlot, Validity Valid);

/// <summary>A fictitious doctor of the demonstration.</summary>
/// <param name="Code">Regional code, six digits.</param>
/// <param name="Paediatrician">PLS rather than MMG.</param>
public sealed record DoctorEntry(
    string Code, string FiscalCode, string FamilyName, string GivenName, bool Paediatrician, string Asl, string MunicipalityIstat, string Email);

public enum NameKind
{
    Family,
    GivenMale,
    GivenFemale,
}

public sealed record NameEntry(NameKind Kind, string Name, int Weight);
