using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Testing.Requests;

/// <summary>The requests of a record that was another's person all along are hers. Of two open ones for the same test the
/// survivor's keeps the guard against a third.</summary>
internal sealed class WhenPatientsMerged(TestingDb db, IMediator mediator) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        var merge = told.Event;
        foreach (var open in await db.Requests.Where(r => r.OpenFor == merge.Merged).ToListAsync(cancellation))
        {
            var alone = !await db.Requests.AnyAsync(r => r.OpenFor == merge.Survivor && r.TestType == open.TestType, cancellation);
            db.Entry(open).Property(r => r.OpenFor).CurrentValue = alone ? merge.Survivor : null;
        }

        await db.SaveChangesAsync(cancellation);
        db.ChangeTracker.Clear();
        await db.MoveRows(merge, cancellation);
        if (await mediator.Send(new PatientById(merge.Survivor), cancellation) is { } survivor)
        {
            foreach (var request in await db.Requests.Include(r => r.OtherAsls).Where(r => r.PatientId == survivor.Id).ToListAsync(cancellation))
                request.Know(survivor, told.At);
        }

        await db.SaveChangesAsync(cancellation);
    }
}
