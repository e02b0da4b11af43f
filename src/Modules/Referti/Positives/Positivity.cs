using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;

namespace Platform.Referti.Positives;

/// <summary>A time in which a person is positive as the laboratories have said it, from a positive report to a negative one. For those who
/// look after the people of a place and see no report: who she is and where she lives follow the registry, of the tests it has only days.</summary>
internal sealed class Positivity : IOfPatient
{
    public const int AddressLength = 160;

    /// <summary>Where she resides, or lives in fact.</summary>
    public static readonly ScopeRule<Positivity> Scope = new ScopeRule<Positivity>()
        .By(ScopeKind.Municipality, p => p.ResidenceIstat)
        .By(ScopeKind.Municipality, p => p.DomicileIstat)
        .By(ScopeKind.Province, p => p.ResidenceProvince)
        .By(ScopeKind.Province, p => p.DomicileProvince);

    /// <summary>The id of the report it began with.</summary>
    public required Guid Id { get; init; }

    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public string FamilyName { get; private set; } = "";
    public string GivenName { get; private set; } = "";
    public string SearchName { get; private set; } = "";
    public string? FiscalCode { get; private set; }
    public DateOnly BirthDate { get; private set; }
    public string? Address { get; private set; }
    public string ResidenceIstat { get; private set; } = "";
    public string ResidenceProvince { get; private set; } = "";

    /// <summary>Null when she lives where she resides.</summary>
    public string? DomicileIstat { get; private set; }

    public string? DomicileProvince { get; private set; }

    /// <summary>The day on which the first positive report was released.</summary>
    public DateOnly Since { get; private set; }

    /// <summary>That of the last one.</summary>
    public DateOnly LastOn { get; private set; }

    /// <summary>A negative report came, or she died; null while neither has.</summary>
    public DateOnly? EndedOn { get; private set; }

    public void Follow(PatientSummary patient, Region region)
    {
        (FamilyName, GivenName, FiscalCode, BirthDate) = (patient.FamilyName, patient.GivenName, patient.FiscalCode, patient.BirthDate);
        var search = SearchText.Of($"{patient.FamilyName} {patient.GivenName}");
        SearchName = search.Length > Report.SearchLength ? search[..Report.SearchLength] : search;
        (Address, ResidenceIstat, DomicileIstat) = (patient.Address, patient.ResidenceIstat, patient.DomicileIstat);
        ResidenceProvince = region.FindMunicipality(ResidenceIstat)?.Province ?? "";
        DomicileProvince = DomicileIstat is { } domicile ? region.FindMunicipality(domicile)?.Province : null;
        if (patient.DiedOn is { } died && (EndedOn is null || EndedOn > died))
            EndedOn = died;
    }

    public void Say(Spell spell) => (Since, LastOn, EndedOn) = (spell.Since, spell.LastOn, spell.EndedOn);
}

/// <summary>What the reports of a person say of the times in which she was positive.</summary>
/// <param name="Report">The one it begins with.</param>
internal sealed record Spell(Guid Report, DateOnly Since, DateOnly LastOn, DateOnly? EndedOn)
{
    /// <param name="told">Standing reports of swabs; by the day of the sample, since they are not always released in its order.</param>
    /// <param name="lasting">For how many days a positive of that day lasts by itself; null for ever.</param>
    public static IReadOnlyList<Spell> Of(IEnumerable<ToldOfSwab> told, Func<DateOnly, int?> lasting)
    {
        var spells = new List<Spell>();
        foreach (var report in told.OrderBy(r => r.Sampled).ThenBy(r => r.ReleasedOn))
        {
            var open = spells is [.., { EndedOn: null } last] && (lasting(last.LastOn) is not { } days || report.ReleasedOn <= last.LastOn.AddDays(days)) ? last : null;
            if (report.Result == ReportResult.Detected && open is null)
                spells.Add(new(report.Id, report.ReleasedOn, report.ReleasedOn, null));
            else if (report.Result == ReportResult.Detected && report.ReleasedOn > open!.LastOn)
                spells[^1] = open with { LastOn = report.ReleasedOn };
            else if (report.Result == ReportResult.NotDetected && open is not null)
                spells[^1] = open with { EndedOn = report.ReleasedOn };
        }

        return spells;
    }
}

internal sealed record ToldOfSwab(Guid Id, DateTime Sampled, DateOnly ReleasedOn, ReportResult Result);
