using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Doses;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>What is known of a person when her turn is looked at.</summary>
/// <param name="Doses">Against the campaign's disease; so <paramref name="Positives"/>.</param>
internal sealed record PersonsFacts(DateOnly? Born, IReadOnlyCollection<string> Categories, IReadOnlyCollection<PastDose> Doses, IReadOnlyCollection<DateOnly> Positives);

/// <summary>Whether it is her turn in a campaign, and for which doses: her group by birth, category and course; what is due to her by the region's
/// rules of the day.</summary>
/// <param name="ToBook">Null unless it is.</param>
internal sealed record PersonsTurn(Entitlement Entitlement, Due Due, DosesToBook? ToBook)
{
    public static PersonsTurn Of(CampaignPage page, PersonsFacts person, Region region, DateTime now)
    {
        var today = region.DayOf(new DateTimeOffset(now, TimeSpan.Zero));
        var due = Course.Of(person.Doses, person.Positives, region.Vaccination, page.Campaign.Disease, person.Born, today);
        var entitlement = Entitlement.Of(page, person.Born, person.Categories, now, due.Kind, person.Doses.Count > 0);
        if (entitlement.State != EntitlementState.Entitled)
            return new(entitlement, due, null);
        // Places are made so far ahead: before that there is nothing to choose from.
        if (due.NotBefore is { } day && day > today.AddDays(MakeSlots.DaysAhead))
            return new(entitlement with { State = EntitlementState.NotYet, OpensAt = region.UtcOf(day.AddDays(-MakeSlots.DaysAhead), TimeOnly.MinValue) }, due, null);
        return new(entitlement, due, DosesToBook.Of(page.Campaign, due, person.Doses.MaxBy(d => d.Day), person.Born, region.Vaccination, today));
    }
}

internal static class Turns
{
    public static async Task<PersonsTurn> TurnOf(
        this VaccinationDb db, CampaignPage page, Guid patient, DateOnly? born, Region region, DateTime now, CancellationToken cancellation, IReadOnlyCollection<string>? declared = null)
    {
        var facts = (await db.FactsOf(page.Campaign.Disease, new Dictionary<Guid, DateOnly?> { [patient] = born }, cancellation))[patient];
        return PersonsTurn.Of(page, facts with { Categories = [.. facts.Categories, .. declared ?? []] }, region, now);
    }

    /// <summary>Of many at once; a crowd's that comes with its cards is read by <see cref="People.RecognitionDesk"/>.</summary>
    /// <param name="born">Birth date of each person.</param>
    public static async Task<Dictionary<Guid, PersonsFacts>> FactsOf(
        this VaccinationDb db, string disease, IReadOnlyDictionary<Guid, DateOnly?> born, CancellationToken cancellation)
    {
        var ids = born.Keys.ToArray();
        var categories = (await db.Categories.Where(c => ids.Contains(c.PatientId)).Select(c => new { c.PatientId, c.Category }).ToListAsync(cancellation)).ToLookup(c => c.PatientId, c => c.Category);
        var doses = (await db.Doses.Where(d => ids.Contains(d.PatientId) && d.Disease == disease && d.Stands != null).Select(d => new { d.PatientId, d.VaccineCode, d.Kind, d.Day }).ToListAsync(cancellation))
            .ToLookup(d => d.PatientId, d => new PastDose(d.VaccineCode, d.Kind, d.Day));
        var positives = (await db.Recoveries.Where(r => ids.Contains(r.PatientId) && r.Disease == disease).Select(r => new { r.PatientId, r.PositiveOn }).ToListAsync(cancellation))
            .ToLookup(r => r.PatientId, r => r.PositiveOn);
        return born.ToDictionary(b => b.Key, b => new PersonsFacts(b.Value, [.. categories[b.Key]], [.. doses[b.Key]], [.. positives[b.Key]]));
    }
}
