using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The tests of a record that was another's person all along are hers.</summary>
internal sealed class WhenPatientsMerged(QuickSwabsDb db, MediatR.IMediator mediator) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        await db.MoveRows(told.Event, cancellation);
        if (await mediator.Send(new PatientById(told.Event.Survivor), cancellation) is { } survivor)
        {
            foreach (var swab in await db.Swabs.Where(s => s.PatientId == survivor.Id).ToListAsync(cancellation))
                swab.Know(survivor);
        }

        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>Who may see a test follows the person.</summary>
internal sealed class WhenPatientChanged(QuickSwabsDb db) : IReaction<PatientChanged>
{
    public async Task React(Told<PatientChanged> told, CancellationToken cancellation)
    {
        foreach (var swab in await db.Swabs.Where(s => s.PatientId == told.Event.Patient.Id).ToListAsync(cancellation))
            swab.Know(told.Event.Patient);
        await db.SaveChangesAsync(cancellation);
    }
}
