using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Schools.Standings;
using Platform.Testing.Contracts;

namespace Platform.Schools.ClassTests;

/// <summary>Requests the swabs of a class's test, and places those who have none yet. Whoever waits for the result of the test before is
/// asked when it has come: nobody has two open requests for one test.</summary>
internal sealed class Placing(SchoolsDb db, IMediator mediator)
{
    /// <summary>In swab_reasons.csv.</summary>
    private const string Reason = "school";

    /// <returns>Those placed now.</returns>
    public async Task<IReadOnlyList<TestedPerson>> Place(ClassTest test, CancellationToken cancellation)
    {
        var waiting = await db.TestedPeople.Where(p => p.TestId == test.Id && p.StartsAt == null && p.ResultAt == null).ToListAsync(cancellation);
        var tested = waiting.ConvertAll(p => p.PatientId);
        var earlier = await db.TestedPeople
            .Where(p => p.StandingId == test.StandingId && p.TestId != test.Id && tested.Contains(p.PatientId) && p.RequestId != null && p.ResultAt == null)
            .Select(p => p.PatientId).ToListAsync(cancellation);
        waiting.RemoveAll(p => earlier.Contains(p.PatientId));
        if (waiting.Count == 0)
            return [];
        var placed = (await mediator.Send(new RequestSwabs(test.Id, Reason, test.TestType, [.. waiting.Select(p => p.PatientId)], test.Where), cancellation)).ToDictionary(p => p.PatientId);
        foreach (var person in waiting)
            person.Take(placed[person.PatientId], test.Place);
        await db.SaveChangesAsync(cancellation);
        return waiting.FindAll(p => p.StartsAt is not null);
    }

    /// <summary>Tests of measures that stand in which somebody has no place yet.</summary>
    public async Task<int> PlaceWaiting(DateTime now, Guid? standing, CancellationToken cancellation)
    {
        var tests = await db.ClassTests
            .Where(t => (standing == null || t.StandingId == standing) && t.To > now && db.TestedPeople.Any(p => p.TestId == t.Id && p.StartsAt == null && p.ResultAt == null)
                && db.Standings.Any(s => s.Id == t.StandingId && (s.End == null || s.End == StandingEnd.Returned)))
            .OrderBy(t => t.From).ToListAsync(cancellation);
        var placed = 0;
        foreach (var test in tests)
            placed += (await Place(test, cancellation)).Count;
        return placed;
    }
}
