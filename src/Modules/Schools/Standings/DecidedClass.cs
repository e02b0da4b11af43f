using Microsoft.EntityFrameworkCore;
using Platform.Schools.Cases;

namespace Platform.Schools.Standings;

/// <summary>What was decided, as far as something follows from it.</summary>
internal sealed record Decided(ClassStanding Standing, IReadOnlyList<PersonMeasure> People)
{
    /// <summary>The tests that somebody is to do, in their order.</summary>
    public IReadOnlyList<WantedTest> Tests => [.. People.SelectMany(p => p.Wanted).GroupBy(t => t.Code, (_, same) => same.MinBy(t => t.Day)!).OrderBy(t => t.Day).ThenBy(t => t.Code, StringComparer.Ordinal)];
}

internal sealed class DecidedClasses(SchoolsDb db)
{
    public async Task<Decided?> Of(Guid standing, CancellationToken cancellation) =>
        await db.Standings.SingleOrDefaultAsync(s => s.Id == standing, cancellation) is { } found
            ? new(found, await db.PersonMeasures.AsNoTracking().Where(p => p.DecisionId == standing).ToListAsync(cancellation)) : null;
}
