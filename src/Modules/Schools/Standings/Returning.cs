using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Notifications.Contracts;
using Platform.Schools.Cases;
using Platform.Schools.ClassTests;
using Platform.Schools.Letters;

namespace Platform.Schools.Standings;

/// <summary>The way back: a class's, when its days are over; a person's, when hers are and each test that was wanted of her has let her go.</summary>
internal sealed class Returning(SchoolsDb db, DecidedClasses decided, FamilyPost post, SchoolNews news, Region region, TimeProvider clock)
{
    /// <summary>After which nobody waits for a test that never came.</summary>
    private const int DaysWaited = 60;

    /// <returns>How many families were told that the way is free.</returns>
    public async Task<int> People(Guid standing, CancellationToken cancellation)
    {
        if (await decided.Of(standing, cancellation) is not { Standing.End: null or StandingEnd.Returned } what)
            return 0;
        var today = region.DayOf(clock.GetUtcNow());
        var tested = await db.TestedPeople.AsNoTracking().Where(p => p.StandingId == standing).ToListAsync(cancellation);
        var free = what.People.Where(p => p.AtHome && IsFree(p, tested.FindAll(t => t.PatientId == p.PatientId), today)).ToList();
        return free.Count == 0 ? 0 : await post.Write(what.Standing, LetterKind.End, free, cancellation);
    }

    // With each test that was wanted, and none of them against it, after her days; without them after the longer ones.
    private static bool IsFree(PersonMeasure person, List<TestedPerson> hers, DateOnly today) =>
        !hers.Exists(t => t.Clear == false)
        && ((person.Until < today && person.Wanted.All(t => hers.Exists(done => done.Test == t.Code && done.Clear == true))) || person.WithoutTestUntil < today);

    /// <returns>Classes whose days are over, and families told.</returns>
    public async Task<(int Classes, int Families)> Due(CancellationToken cancellation)
    {
        var today = region.DayOf(clock.GetUtcNow());
        var over = await db.Standings.Where(s => s.End == null && s.Until < today).ToListAsync(cancellation);
        foreach (var standing in over)
        {
            standing.Finish(StandingEnd.Returned, standing.Until.AddDays(1));
            await db.SaveChangesAsync(cancellation);
            await news.Tell(standing, "back", "{0} di {1}: dal {2} tutti in classe", standing.EndedOn!.Value, cancellation);
        }

        var since = today.AddDays(-DaysWaited);
        var families = 0;
        foreach (var id in await db.Standings.Where(s => s.From >= since && (s.End == null || s.End == StandingEnd.Returned)).Select(s => s.Id).ToListAsync(cancellation))
            families += await People(id, cancellation);
        return (over.Count, families);
    }
}

/// <summary>What a school is told of its classes: how lessons are held, and nothing else.</summary>
internal sealed class SchoolNews(IMediator mediator)
{
    /// <param name="what">Which of the news of that decision it is.</param>
    /// <param name="sentence">Italian, with class, school and day.</param>
    public Task Tell(ClassStanding standing, string what, string sentence, DateOnly day, CancellationToken cancellation)
    {
        var codes = new[] { standing.SchoolCode, standing.InstituteCode }.OfType<string>().Distinct();
        return mediator.Send(new PostMessages([.. codes.Select(code => new PostMessage(
            StableId.Of(standing.Id, $"{what} {code}"), Recipient.Of(ScopeKind.School, code), $"schools.{what}", MessagePriority.High, sentence,
            [standing.ClassName, standing.SchoolName, day.ToString("d", System.Globalization.CultureInfo.GetCultureInfo("it"))], $"/schools/standings/{standing.Id}", null, "school"))]), cancellation);
    }
}

/// <summary>Early each morning, before lessons.</summary>
internal sealed class ReturnToClass(Returning returning, Placing placing, TimeProvider clock) : IScheduledJob
{
    public static string Name => "schools.return-to-class";
    public static string Title => "Rientro in classe a misura finita; posti per i tamponi che ne aspettano uno";
    public static string Cron => "0 20 5 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var (classes, families) = await returning.Due(cancellation);
        var placed = await placing.PlaceWaiting(clock.GetUtcNow().UtcDateTime, null, cancellation);
        return new("{0} classi rientrate, {1} famiglie avvisate, {2} persone con un posto per il tampone", classes, families, placed);
    }
}
