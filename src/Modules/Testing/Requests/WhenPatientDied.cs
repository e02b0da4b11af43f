using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Patients.Contracts;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <summary>What was still to be done for her is called off, and her places are free again. A sample that was taken goes its way.</summary>
internal sealed class WhenPatientDied(TestingDb db) : IReaction<PatientDied>
{
    public const string Why = "La persona è deceduta.";

    public async Task React(Told<PatientDied> told, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var request in await db.Requests.Include(r => r.Moves).Where(r => r.PatientId == told.Event.Patient.Id && r.AccessionNumber == null).ToListAsync(cancellation))
        {
            if (!SwabMoves.Allows(request.State, SwabRequestState.Cancelled))
                continue;
            if (request.SlotId is { } slot)
                await db.GiveBackPlace(slot, cancellation);
            var hotspot = request.HotspotCode;
            request.Cancel(Why, new(told.At, null, "platform"));
            db.Tell(new SwabRequestCancelled(request.Id, request.PatientId, hotspot, told.At));
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
