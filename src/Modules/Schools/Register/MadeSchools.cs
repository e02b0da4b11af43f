using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Schools.Register;

/// <summary>The schools of the register as places for accounts. They change once a year: read once a minute, and after each change on this host.</summary>
internal sealed class MadeSchools(IServiceScopeFactory scopes, Region region, TimeProvider clock) : IMadePlaces
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> packed = [.. region.Facilities.Select(f => f.Code)];
    private volatile Reading? read;

    public IReadOnlyList<MadePlace> All
    {
        get
        {
            if (read is { } known && clock.GetUtcNow() - known.At < Fresh)
                return known.Places;
            using var scope = scopes.CreateScope();
            var schools = scope.ServiceProvider.GetRequiredService<SchoolsDb>().Schools.AsNoTracking().Where(s => s.ClosedOn == null).OrderBy(s => s.Code).Select(s => new { s.Code, s.Name }).ToList();
            IReadOnlyList<MadePlace> places = [.. schools.Where(s => !packed.Contains(s.Code)).Select(s => new MadePlace(new(ScopeKind.School, s.Code), s.Name, null))];
            read = new(clock.GetUtcNow(), places);
            return places;
        }
    }

    public void Changed() => read = null;

    private sealed record Reading(DateTimeOffset At, IReadOnlyList<MadePlace> Places);
}
