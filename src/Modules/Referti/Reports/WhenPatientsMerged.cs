using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Positives;

namespace Platform.Referti.Reports;

/// <summary>The reports of a record that was another's person all along are hers; what was released stays as it was written.</summary>
internal sealed class WhenPatientsMerged(RefertiDb db, KeepPositives keep, IMediator mediator) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        await db.MoveRows(told.Event, cancellation);
        if (await mediator.Send(new PatientById(told.Event.Survivor), cancellation) is { } survivor)
        {
            foreach (var report in await db.Reports.Include(r => r.OtherAsls).Where(r => r.PatientId == survivor.Id).ToListAsync(cancellation))
                report.Follow(survivor);
        }

        await keep.Of([told.Event.Survivor], cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
