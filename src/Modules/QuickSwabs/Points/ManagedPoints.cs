using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Points;

/// <summary>The points of one's own ASL with what they did lately, and the places that could become one.</summary>
[Requires(QuickSwabsModule.MayAdmit)]
internal sealed record ManagedPoints : IQuery<ManagedPointsAnswer>
{
    /// <summary>What «lately» is, in days.</summary>
    public const int Lately = 30;

    internal sealed class Handler(QuickSwabsDb db, PointBook book, ICurrentUser user, TimeProvider clock) : IRequestHandler<ManagedPoints, ManagedPointsAnswer>
    {
        public async Task<ManagedPointsAnswer> Handle(ManagedPoints request, CancellationToken cancellationToken)
        {
            var asls = user.ScopesOf(QuickSwabsModule.MayAdmit).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).ToList();
            var since = clock.GetUtcNow().UtcDateTime.AddDays(-Lately);
            var done = await db.Swabs.Where(s => asls.Contains(s.PointAsl) && s.CollectedAt >= since).GroupBy(s => s.PointCode)
                .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
            var hers = (await book.All(cancellationToken)).Where(s => asls.Contains(s.Point.Asl)).OrderBy(s => s.Point.Kind).ThenBy(s => s.Point.Name, StringComparer.OrdinalIgnoreCase).ToList();
            return new(
                [.. hers.Where(s => s.IsAdmitted).OrderBy(s => s.IsSuspended ? 0 : 1).Select(s => new ManagedPointLine(s, done.GetValueOrDefault(s.Point.Code)))],
                [.. hers.Where(s => !s.IsAdmitted).Select(s => s.Point)]);
        }
    }
}

/// <param name="Candidates">Pharmacies, schools, hotspots and doctors of the ASL that are no point yet.</param>
internal sealed record ManagedPointsAnswer(IReadOnlyList<ManagedPointLine> Points, IReadOnlyList<SwabPoint> Candidates);

/// <param name="Tests">Of the last days.</param>
internal sealed record ManagedPointLine(PointStanding Standing, int Tests);

/// <summary>One point of one's own ASL with its history.</summary>
[Requires(QuickSwabsModule.MayAdmit)]
internal sealed record ManagedPoint(string Code) : IQuery<PointStanding>
{
    internal sealed class Handler(PointBook book) : IRequestHandler<ManagedPoint, PointStanding>
    {
        public Task<PointStanding> Handle(ManagedPoint request, CancellationToken cancellationToken) => book.OfMyAsl(request.Code, cancellationToken);
    }
}
