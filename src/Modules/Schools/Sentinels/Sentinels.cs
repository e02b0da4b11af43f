using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Schools.Sentinels;

/// <summary>The rounds of one's ASL.</summary>
[Requires(SchoolsModule.MaySurvey)]
internal sealed record SentinelList : ListQuery<SentinelRound>
{
    public override string StandingSort => "-day";

    internal sealed class Handler(SchoolsDb db, ICurrentUser user) : IRequestHandler<SentinelList, Listing<SentinelRound>>
    {
        private static readonly Orders<SentinelRound> Orders = new Orders<SentinelRound>(r => r.Id).By("day", r => r.Day).By("name", r => r.Name);

        public Task<Listing<SentinelRound>> Handle(SentinelList request, CancellationToken cancellationToken) =>
            db.Sentinels.AsNoTracking().Within(SentinelRound.Scope, user, SchoolsModule.MaySurvey).List(request, Orders, rows => rows, cancellationToken);
    }
}

/// <summary>One of them: its classes, and how many have answered what.</summary>
[Requires(SchoolsModule.MaySurvey)]
internal sealed record OneSentinel(Guid Id) : IQuery<OneSentinelAnswer>
{
    internal sealed class Handler(SchoolsDb db, IMediator mediator, ICurrentUser user, Region region) : IRequestHandler<OneSentinel, OneSentinelAnswer>
    {
        public async Task<OneSentinelAnswer> Handle(OneSentinel request, CancellationToken cancellationToken)
        {
            var round = await db.Sentinels.AsNoTracking().Within(SentinelRound.Scope, user, SchoolsModule.MaySurvey).SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var classes = await db.SentinelClasses.AsNoTracking().Where(c => c.RoundId == round.Id).OrderBy(c => c.Number)
                .Select(c => new DrawnClass(
                    c, db.Consents.Count(a => a.OccasionId == c.RoundId && a.ClassId == c.ClassId), db.Consents.Count(a => a.OccasionId == c.RoundId && a.ClassId == c.ClassId && a.Answer == true),
                    db.Consents.Count(a => a.OccasionId == c.RoundId && a.ClassId == c.ClassId && a.Answer == false))).ToListAsync(cancellationToken);
            var seat = region.FindAsl(round.AslCode)?.MunicipalityIstat ?? "";
            return new(round, classes, await mediator.Send(new HotspotsNear(seat, round.AslCode), cancellationToken));
        }
    }
}

/// <param name="Asked">Families.</param>
[Shows(FieldClass.Work)]
internal sealed record DrawnClass(SentinelClass Class, int Asked, int Yes, int No);

[Shows(FieldClass.Work)]
internal sealed record OneSentinelAnswer(SentinelRound Round, IReadOnlyList<DrawnClass> Classes, IReadOnlyList<NearHotspot> Hotspots);
