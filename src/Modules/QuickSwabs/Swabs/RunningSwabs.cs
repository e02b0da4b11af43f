using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.QuickSwabs.Points;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The cassettes on the desk's table: those that can be read first, then by the time that is left.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record RunningSwabs(string? Point) : IQuery<RunningSwabsAnswer>
{
    internal sealed class Handler(QuickSwabsDb db, PointBook book, ICurrentUser user, TimeProvider clock) : IRequestHandler<RunningSwabs, RunningSwabsAnswer>
    {
        public async Task<RunningSwabsAnswer> Handle(RunningSwabs request, CancellationToken cancellationToken)
        {
            var points = await book.Mine(QuickSwabsModule.MayTest, cancellationToken);
            var codes = points.Select(p => p.Point.Code).Where(code => string.IsNullOrEmpty(request.Point) || code == request.Point).ToList();
            var running = await db.Swabs.AsNoTracking().Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest)
                .Where(s => s.State == QuickSwabState.Running && codes.Contains(s.PointCode)).OrderBy(s => s.ReadableAt).Take(200).ToListAsync(cancellationToken);
            return new(clock.GetUtcNow().UtcDateTime, points, running);
        }
    }
}

/// <param name="Now">UTC.</param>
[Shows(FieldClass.Work)]
internal sealed record RunningSwabsAnswer(DateTime Now, IReadOnlyList<PointStanding> Points, IReadOnlyList<QuickSwab> Swabs) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Swabs.Select(s => s.PatientId).OfType<Guid>();
}
