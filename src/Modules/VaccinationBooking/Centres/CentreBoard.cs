using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Centres;

/// <summary>A centre that citizens may choose, with its first free day.</summary>
/// <param name="Latitude">Degrees, WGS 84.</param>
/// <param name="NextFree">UTC: the first slot with a place for a first dose; null when there is none.</param>
/// <param name="Free">Places for first doses.</param>
internal sealed record CentreSheet(
    string Code, string Name, CentreKind Kind, string MunicipalityIstat, string PostalCode, string Address, double? Latitude, double? Longitude, string AslCode,
    DateTime? NextFree, int Free);

/// <summary>The centres of a campaign as they were a moment ago: one question to the database for all who look within
/// <see cref="Fresh"/>.</summary>
internal sealed class CentreBoard
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly IServiceScopeFactory scopes;
    private readonly Boards<string, IReadOnlyList<CentreSheet>> boards;

    public CentreBoard(IServiceScopeFactory scopes, TimeProvider clock)
    {
        this.scopes = scopes;
        boards = new(Fresh, clock, Read);
    }

    public Task<(IReadOnlyList<CentreSheet> Centres, DateTimeOffset At)> Of(string campaign) => boards.Of(campaign);

    private async Task<IReadOnlyList<CentreSheet>> Read(string campaign, DateTimeOffset now)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VaccinationDb>();
        var at = now.UtcDateTime;
        // A centre whose last place was kept and not confirmed is not shown as full.
        await scope.ServiceProvider.GetRequiredService<GiveBackHolds>().GiveBack(default);
        var ahead = db.Slots.AsNoTracking().Where(s => s.CampaignCode == campaign && s.Dose == 1 && s.StartsAt > at && !s.Closed);
        var free = await ahead.Where(s => s.Taken < s.Capacity).GroupBy(s => s.CentreCode)
            .Select(g => new { g.Key, Next = g.Min(s => s.StartsAt), Free = g.Sum(s => s.Capacity - s.Taken) }).ToDictionaryAsync(g => g.Key);
        var centres = await db.Centres.AsNoTracking().Where(c => c.Public && ahead.Any(s => s.CentreCode == c.Code)).OrderBy(c => c.Name).ToListAsync();
        return [.. centres.Select(c => new CentreSheet(
            c.Code, c.Name, c.Kind, c.MunicipalityIstat, c.PostalCode, c.Address, c.Latitude, c.Longitude, c.AslCode,
            free.TryGetValue(c.Code, out var f) ? DateTime.SpecifyKind(f.Next, DateTimeKind.Utc) : null, f?.Free ?? 0))];
    }
}
