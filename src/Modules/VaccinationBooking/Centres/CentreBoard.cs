using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Centres;

/// <summary>A centre that citizens may choose, with its first free day.</summary>
/// <param name="Latitude">Degrees, WGS 84.</param>
/// <param name="NextFree">UTC: the first slot with a place for the dose that is asked for; null when there is none.</param>
/// <param name="Free">Such places.</param>
internal sealed record CentreSheet(
    string Code, string Name, CentreKind Kind, string MunicipalityIstat, string PostalCode, string Address, double? Latitude, double? Longitude, string AslCode,
    DateTime? NextFree, int Free);

/// <summary>What a centre gives: a dose of a vaccine, with its first slot that has a place.</summary>
/// <param name="Next">UTC; null when none has.</param>
internal sealed record GivenThere(Centre Centre, int Dose, string Vaccine, DateTime? Next, int Free);

/// <summary>The centres of a campaign as they were a moment ago: one question to the database for all who look within
/// <see cref="Fresh"/>.</summary>
internal sealed class CentreBoard
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory scopes;
    private readonly Region region;
    private readonly Boards<string, IReadOnlyList<GivenThere>> boards;

    public CentreBoard(IServiceScopeFactory scopes, Region region, TimeProvider clock)
    {
        (this.scopes, this.region) = (scopes, region);
        boards = new(_ => Fresh, clock, Read);
    }

    /// <summary>First doses of every vaccine.</summary>
    public Task<(IReadOnlyList<CentreSheet> Centres, DateTimeOffset At)> Of(string campaign, int dose = 1) => Of(campaign, (g, _) => g.Dose == dose);

    /// <summary>Where the dose that is a person's to book is given, of a vaccine that she may have.</summary>
    public Task<(IReadOnlyList<CentreSheet> Centres, DateTimeOffset At)> Of(string campaign, DosesToBook toBook) =>
        Of(campaign, (g, now) => g.Dose == toBook.First && toBook.SuitsVaccine(g.Vaccine, region.DayOf(g.Next is { } next ? new(next, TimeSpan.Zero) : now), region.Vaccination));

    private async Task<(IReadOnlyList<CentreSheet> Centres, DateTimeOffset At)> Of(string campaign, Func<GivenThere, DateTimeOffset, bool> wanted)
    {
        var (given, at) = await boards.Of(campaign);
        return ([.. given.Where(g => wanted(g, at)).GroupBy(g => g.Centre).Select(g => new CentreSheet(
            g.Key.Code, g.Key.Name, g.Key.Kind, g.Key.MunicipalityIstat, g.Key.PostalCode, g.Key.Address, g.Key.Latitude, g.Key.Longitude, g.Key.AslCode,
            g.Min(v => v.Next), g.Sum(v => v.Free)))], at);
    }

    private async Task<IReadOnlyList<GivenThere>> Read(string campaign, DateTimeOffset now)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VaccinationDb>();
        var at = now.UtcDateTime;
        // A centre whose last place was kept and not confirmed is not shown as full.
        await scope.ServiceProvider.GetRequiredService<GiveBackHolds>().GiveBack(default);
        var given = (await db.Slots.AsNoTracking().Where(s => s.CampaignCode == campaign && s.StartsAt > at && !s.Closed).GroupBy(s => new { s.CentreCode, s.Dose, s.VaccineCode })
            .Select(g => new
            {
                g.Key.CentreCode,
                g.Key.Dose,
                g.Key.VaccineCode,
                Next = g.Min(s => s.Taken < s.Capacity ? (DateTime?)s.StartsAt : null),
                Free = g.Sum(s => s.Taken < s.Capacity ? s.Capacity - s.Taken : 0),
            }).ToListAsync()).ToLookup(g => g.CentreCode);
        var centres = await db.Centres.AsNoTracking().Where(c => c.Public).OrderBy(c => c.Name).ToListAsync();
        return [.. centres.SelectMany(c => given[c.Code].Select(g =>
            new GivenThere(c, g.Dose, g.VaccineCode, g.Next is { } next ? DateTime.SpecifyKind(next, DateTimeKind.Utc) : null, g.Free)))];
    }
}
