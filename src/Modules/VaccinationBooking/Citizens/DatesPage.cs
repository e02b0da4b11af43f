using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>A page on which days and hours are chosen that go together: what is proposed is shown in place of what was sent, and nothing is done
/// with dates that she does not see.</summary>
internal abstract class DatesPage(Region region, TimeProvider clock) : JourneyPage
{
    /// <summary>Of what is done with the dates: pressed twice, it is one.</summary>
    [BindProperty]
    public Guid Once { get; set; }

    [BindProperty]
    public DateOnly? FirstDay { get; set; }

    [BindProperty]
    public Guid? First { get; set; }

    [BindProperty]
    public DateOnly? SecondDay { get; set; }

    [BindProperty]
    public Guid? Second { get; set; }

    public DatesAnswer Dates { get; private set; } = null!;

    /// <summary>The hours of the days that were chosen.</summary>
    public Task OnPostShowAsync() => Load();

    public static List<SelectListItem> Days(IEnumerable<DateOnly> days) =>
        [.. days.Select(d => new SelectListItem(Moments.LongDay(d), d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))];

    public List<SelectListItem> Hours(IEnumerable<FreePlaces> places) =>
        [.. places.Select(p => new SelectListItem(region.Hour(p.StartsAt), p.Id.ToString()))];

    protected Region Region => region;

    /// <summary>What goes into <see cref="DatesAt"/> beside the dates is the page's own.</summary>
    protected async Task Propose(DatesAt asked)
    {
        Dates = await Ask(asked);
        (First, Second) = (Dates.First?.Id, Dates.Second?.Id);
        (FirstDay, SecondDay) = (Dates.First is { } one ? DosePairs.DayOf(region, one) : null, Dates.Second is { } two ? DosePairs.DayOf(region, two) : null);
        Once = Guid.CreateVersion7(clock.GetUtcNow());
        foreach (var key in new[] { nameof(FirstDay), nameof(First), nameof(SecondDay), nameof(Second), nameof(Once) })
            ModelState.Remove(key);
    }

    /// <summary>Loads anew and compares.</summary>
    /// <returns>The id of the order; null where a day was changed and its hours not yet shown, or a place is gone: the page says so.</returns>
    protected async Task<Guid?> Unchanged()
    {
        var (once, seen) = (Once, Seen);
        await Load();
        if (First is not null && seen.Equals(Seen))
            return once;
        ModelState.AddModelError("", T["Ha cambiato giorno, o il posto non è più libero: controlli gli orari e confermi di nuovo."]);
        Response.StatusCode = 422;
        return null;
    }

    /// <summary>All that is chosen on the page.</summary>
    protected virtual object Seen => (FirstDay, First, SecondDay, Second);
}
