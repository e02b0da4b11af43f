using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The reports of a record that was another's person all along are hers; what was released stays as it was written.</summary>
internal sealed class WhenPatientsMerged(RefertiDb db, IMediator mediator) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        await db.MoveRows(told.Event, cancellation);
        if (await mediator.Send(new PatientById(told.Event.Survivor), cancellation) is { } survivor)
        {
            foreach (var report in await db.Reports.Include(r => r.OtherAsls).Where(r => r.PatientId == survivor.Id).ToListAsync(cancellation))
                report.Follow(survivor);
        }

        await db.SaveChangesAsync(cancellation);
    }
}
