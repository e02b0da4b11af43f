using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.QuickSwabs.Archive;

/// <summary>The privacy officer decides; a leave lasts some days.</summary>
[Requires(QuickSwabsModule.MayAllowArchive)]
internal sealed record DecideArchive(Guid Id, int Version, bool Allow) : ICommand<Unit>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<DecideArchive, Unit>
    {
        public async Task<Unit> Handle(DecideArchive request, CancellationToken cancellationToken)
        {
            var reading = await db.Readings.SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var state = request.Allow ? ReadingState.Allowed : ReadingState.Refused;
            if (reading.State == state && reading.DecidedByName == user.DisplayName)
                return Unit.Value; // The form came twice.
            if (reading.State != ReadingState.Asked || reading.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            if (reading.AskedBy == user.Id)
                throw new Refusal("own-request", "La richiesta è sua: deve decidere un'altra persona.");
            var now = clock.GetUtcNow();
            (reading.State, reading.DecidedAt, reading.DecidedByName) = (state, now.UtcDateTime, user.DisplayName);
            reading.Until = request.Allow ? now.UtcDateTime.AddDays(region.QuickSwabs.Limit(QuickSwabRules.ArchiveReadingDays, region.DayOf(now))) : null;
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>All requests to the archive, those to decide first.</summary>
[Requires(QuickSwabsModule.MayAllowArchive)]
internal sealed record AllReadings : IQuery<IReadOnlyList<ArchiveReading>>
{
    internal sealed class Handler(QuickSwabsDb db) : IRequestHandler<AllReadings, IReadOnlyList<ArchiveReading>>
    {
        public async Task<IReadOnlyList<ArchiveReading>> Handle(AllReadings request, CancellationToken cancellationToken) =>
            await db.Readings.AsNoTracking().OrderBy(r => r.State == ReadingState.Asked ? 0 : 1).ThenByDescending(r => r.AskedAt).Take(200).ToListAsync(cancellationToken);
    }
}
