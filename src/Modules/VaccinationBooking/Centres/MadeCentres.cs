using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Centres;

/// <summary>Centres that were added on a screen. They are few and change seldom: read once a minute, and after each change on this host.</summary>
internal sealed class MadeCentres(IServiceScopeFactory scopes, Region region, TimeProvider clock) : IMadePlaces
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> packed = [.. region.Vaccination.Places.Select(p => p.Code)];
    private volatile Reading? read;

    public IReadOnlyList<MadePlace> All
    {
        get
        {
            if (read is { } known && clock.GetUtcNow() - known.At < Fresh)
                return known.Places;
            using var scope = scopes.CreateScope();
            var centres = scope.ServiceProvider.GetRequiredService<VaccinationDb>().Centres.AsNoTracking().OrderBy(c => c.Code).Select(c => new { c.Code, c.Name, c.AslCode }).ToList();
            IReadOnlyList<MadePlace> places =
                [.. centres.Where(c => !packed.Contains(c.Code)).Select(c => new MadePlace(new(ScopeKind.VaccinationCentre, c.Code), c.Name, c.AslCode))];
            read = new(clock.GetUtcNow(), places);
            return places;
        }
    }

    public void Changed() => read = null;

    private sealed record Reading(DateTimeOffset At, IReadOnlyList<MadePlace> Places);
}
