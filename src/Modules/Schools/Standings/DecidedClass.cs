using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Standings;

/// <summary>What was decided, as far as something follows from it.</summary>
internal sealed record Decided(ClassStanding Standing, IReadOnlyList<StandingPerson> People)
{
    /// <summary>The tests that somebody is to do, in their order.</summary>
    public IReadOnlyList<DecidedTest> Tests => [.. People.SelectMany(p => p.Wanted).GroupBy(t => t.Code, (_, same) => same.MinBy(t => t.Day)!).OrderBy(t => t.Day).ThenBy(t => t.Code, StringComparer.Ordinal)];
}

/// <param name="Code">As the rule set calls it: <c>T0</c>.</param>
[Shows(FieldClass.Work)]
internal sealed record DecidedTest(string Code, DateOnly Day);

/// <summary>What a decision on a class means for one person of it: what her family is told, and what is waited for before she comes back.</summary>
[Shows(FieldClass.Health, "Measure", "Until", "Tests")]
[Shows(FieldClass.Work, "AtHome", "Wanted")]
internal sealed class StandingPerson : IOfPatient
{
    public const int MeasureLength = 40;
    public const int TestsLength = 100;

    public required Guid StandingId { get; init; }
    public required Guid PatientId { get; set; }

    /// <summary>As the rule set names it.</summary>
    public required string Measure { get; init; }

    /// <summary>The last day; null where none was set.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>She does not come to school meanwhile.</summary>
    public required bool AtHome { get; init; }

    /// <summary><c>T0=2021-11-08 T5=2021-11-13</c>.</summary>
    public required string Tests { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    public IReadOnlyList<DecidedTest> Wanted =>
        [.. Tests.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => t.Split('=')).Select(t => new DecidedTest(t[0], DateOnly.ParseExact(t[1], "yyyy-MM-dd", CultureInfo.InvariantCulture)))];

    public static string Written(IEnumerable<DecidedTest> tests) =>
        string.Join(' ', tests.Select(t => $"{t.Code}={t.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"));
}

internal sealed class DecidedClasses(SchoolsDb db)
{
    public async Task<Decided?> Of(Guid standing, CancellationToken cancellation) =>
        await db.Standings.SingleOrDefaultAsync(s => s.Id == standing, cancellation) is { } found
            ? new(found, await db.StandingPeople.AsNoTracking().Where(p => p.StandingId == standing).ToListAsync(cancellation)) : null;
}
