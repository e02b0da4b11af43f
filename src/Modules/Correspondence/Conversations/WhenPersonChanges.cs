using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Correspondence.Conversations;

/// <summary>Who sees the conversations about a person follows her: her doctor of today, her ASLs of today.</summary>
internal sealed class WhenPersonChanges(CorrespondenceDb db, IMediator mediator) : IReaction<PatientChanged>, IReaction<PatientsMerged>
{
    public async Task React(Told<PatientChanged> told, CancellationToken cancellation)
    {
        await Know(told.Event.Patient, told.At, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        await db.MoveRows(told.Event, cancellation);
        if (await mediator.Send(new PatientById(told.Event.Survivor), cancellation) is { } survivor)
            await Know(survivor, told.At, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task Know(PatientSummary person, DateTime at, CancellationToken cancellation)
    {
        foreach (var conversation in await db.Conversations.Where(c => c.PatientId == person.Id).ToListAsync(cancellation))
            conversation.Know(person, at);
    }
}
