using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.Schools.Letters;
using Platform.Testing.Contracts;

namespace Platform.Schools.Standings;

/// <summary>What a decision does to a class, and what it undoes when it does not hold any more. All of it may be repeated.</summary>
internal sealed class Effects(SchoolsDb db, SchoolNews news, FamilyPost post, IMediator mediator, Region region)
{
    /// <summary>The class stands as decided; what stood before for the same case is replaced.</summary>
    public async Task Take(Decided decided, CancellationToken cancellation)
    {
        var standing = decided.Standing;
        if (await db.Standings.AnyAsync(s => s.Id == standing.Id, cancellation))
            return;
        var former = await db.Standings.Where(s => s.CaseId == standing.CaseId && s.End == null).ToListAsync(cancellation);
        foreach (var old in former)
        {
            old.Finish(StandingEnd.Replaced, standing.From > old.From ? standing.From : old.From);
            await Withdraw(old, decided, cancellation);
        }

        db.Standings.Add(standing);
        await db.SaveChangesAsync(cancellation);
        await news.Tell(standing, "decided", standing.Mode == ClassMode.Presence ? "{0} di {1}: misura con lezioni in presenza dal {2}" : "{0} di {1}: niente lezioni in classe dal {2}", standing.From, cancellation);
    }

    /// <summary>What it stood on was wrong: the class is back, swabs that nobody has taken are withdrawn, and whoever was written to is
    /// written to again.</summary>
    public async Task Revoke(Guid standing, DateTime at, CancellationToken cancellation)
    {
        var found = await db.Standings.SingleOrDefaultAsync(s => s.Id == standing && s.End == null, cancellation);
        if (found is null)
            return;
        var today = region.DayOf(at);
        found.Finish(StandingEnd.Withdrawn, today > found.From ? today : found.From);
        await db.SaveChangesAsync(cancellation);
        await Withdraw(found, null, cancellation);
        var told = await db.FamilyLetters.Where(l => l.StandingId == standing && l.Kind == LetterKind.Start).Select(l => l.PatientId).ToListAsync(cancellation);
        var people = await db.PersonMeasures.AsNoTracking().Where(p => p.DecisionId == standing && told.Contains(p.PatientId)).ToListAsync(cancellation);
        await post.Write(found, LetterKind.Withdrawn, people, cancellation);
        await news.Tell(found, "revoked", "{0} di {1}: la misura è revocata, dal {2} tutti in classe", found.EndedOn!.Value, cancellation);
    }

    /// <summary>The case is over before its days are.</summary>
    public async Task End(Guid schoolCase, DateTime at, CancellationToken cancellation)
    {
        foreach (var standing in await db.Standings.Where(s => s.CaseId == schoolCase && s.End == null).ToListAsync(cancellation))
        {
            var day = region.DayOf(at).AddDays(1);
            standing.Finish(StandingEnd.Returned, day <= standing.Until ? day : standing.Until.AddDays(1));
            await db.SaveChangesAsync(cancellation);
            await news.Tell(standing, "back", "{0} di {1}: dal {2} tutti in classe", standing.EndedOn!.Value, cancellation);
        }
    }

    // The new decision keeps whom it wants tested too.
    private async Task Withdraw(ClassStanding standing, Decided? instead, CancellationToken cancellation)
    {
        var still = instead?.People.Where(p => p.Wanted.Count > 0).Select(p => p.PatientId).ToHashSet() ?? [];
        var open = await db.TestedPeople.AsNoTracking().Where(p => p.StandingId == standing.Id && p.RequestId != null && p.ResultAt == null).ToListAsync(cancellation);
        var requests = open.Where(p => !still.Contains(p.PatientId)).Select(p => p.RequestId!.Value).ToList();
        if (requests.Count > 0)
            await mediator.Send(new WithdrawSwabs(requests, "La misura della classe non vale più"), cancellation);
    }
}
