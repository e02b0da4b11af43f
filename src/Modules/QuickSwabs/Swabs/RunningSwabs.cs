using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.QuickSwabs.Points;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The cassettes on the desk's table: those that can be read first, then by the time that is left.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record RunningSwabs(string? Point) : IQuery<RunningSwabsAnswer>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<RunningSwabs, RunningSwabsAnswer>
    {
        public async Task<RunningSwabsAnswer> Handle(RunningSwabs request, CancellationToken cancellationToken)
        {
            var points = MyPoints.Of(region, user, QuickSwabsModule.MayTest);
            var codes = points.Where(p => string.IsNullOrEmpty(request.Point) || p.Code == request.Point).Select(p => p.Code).ToList();
            var running = await db.Swabs.AsNoTracking().Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest)
                .Where(s => s.State == QuickSwabState.Running && codes.Contains(s.PointCode)).OrderBy(s => s.ReadableAt).Take(200).ToListAsync(cancellationToken);
            return new(clock.GetUtcNow().UtcDateTime, points, running);
        }
    }
}

/// <param name="Now">UTC.</param>
[Shows(FieldClass.Work)]
internal sealed record RunningSwabsAnswer(DateTime Now, IReadOnlyList<SwabPoint> Points, IReadOnlyList<QuickSwab> Swabs) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Swabs.Select(s => s.PatientId).OfType<Guid>();
}
