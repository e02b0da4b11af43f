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
    /// <summary>Of one person; a crowd's facts are read together (<see cref="People.RecognitionDesk"/>).</summary>
    public static async Task<PersonsTurn> TurnOf(
        this VaccinationDb db, CampaignPage page, Guid patient, DateOnly? born, Region region, DateTime now, CancellationToken cancellation, IReadOnlyCollection<string>? declared = null)
    {
        var disease = page.Campaign.Disease;
        return PersonsTurn.Of(
            page, new(
                born, [.. await db.Categories.Where(c => c.PatientId == patient).Select(c => c.Category).ToListAsync(cancellation), .. declared ?? []],
                await db.Doses.Where(d => d.PatientId == patient && d.Disease == disease && d.Stands != null).Select(d => new PastDose(d.VaccineCode, d.Kind, d.Day)).ToListAsync(cancellation),
                await db.Recoveries.Where(r => r.PatientId == patient && r.Disease == disease).Select(r => r.PositiveOn).ToListAsync(cancellation)), region, now);
    }
}
