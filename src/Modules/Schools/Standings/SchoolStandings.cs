using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Standings;

/// <summary>The classes of one's school under a measure: in the classroom or at a distance, until when, how many results are awaited.</summary>
[Requires(SchoolsModule.MaySeeStandings)]
internal sealed record SchoolStandings : ListQuery<StandingRow>
{
    public string? Class { get; init; }
    public ClassMode? Mode { get; init; }

    /// <summary>Those that are over too.</summary>
    public bool Past { get; init; }

    public override string StandingSort => "-from";

    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<SchoolStandings, Listing<StandingRow>>
    {
        private static readonly Orders<ClassStanding> Orders = new Orders<ClassStanding>(s => s.Id)
            .By("from", s => s.From).By("until", s => s.Until).By("class", s => s.ClassName).By("school", s => s.SchoolName);

        public Task<Listing<StandingRow>> Handle(SchoolStandings request, CancellationToken cancellationToken)
        {
            var found = db.Standings.AsNoTracking().Within(ClassStanding.Scope, user, SchoolsModule.MaySeeStandings);
            if (!request.Past)
                found = found.Where(s => s.End == null);
            if (request.Class?.Trim().ToUpperInvariant() is { Length: > 0 } name)
                found = found.Where(s => s.ClassName == name);
            if (request.Mode is { } mode)
                found = found.Where(s => s.Mode == mode);
            return found.List(request, Orders, rows => rows.Select(s => new StandingRow(
                s, db.TestedPeople.Count(p => p.StandingId == s.Id), db.TestedPeople.Count(p => p.StandingId == s.Id && p.ResultAt != null))), cancellationToken);
        }
    }
}

/// <summary>What a school may know.</summary>
/// <param name="Wanted">Results that are wanted.</param>
/// <param name="Arrived">Those that have come, whatever they say.</param>
[Shows(FieldClass.Work)]
internal sealed record StandingRow(ClassStanding Standing, int Wanted, int Arrived)
{
    public int Missing => Wanted - Arrived;
}

/// <summary>One of them.</summary>
[Requires(SchoolsModule.MaySeeStandings)]
internal sealed record OneStanding(Guid Id) : IQuery<StandingRow>
{
    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<OneStanding, StandingRow>
    {
        public async Task<StandingRow> Handle(OneStanding request, CancellationToken cancellationToken) =>
            await db.Standings.AsNoTracking().Within(ClassStanding.Scope, user, SchoolsModule.MaySeeStandings).Where(s => s.Id == request.Id)
                .Select(s => new StandingRow(s, db.TestedPeople.Count(p => p.StandingId == s.Id), db.TestedPeople.Count(p => p.StandingId == s.Id && p.ResultAt != null)))
                .SingleOrDefaultAsync(cancellationToken) ?? throw Refusal.NotFound();
    }
}
