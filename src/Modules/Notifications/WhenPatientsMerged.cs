using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.Notifications;

/// <summary>Messages and mails about a record that was another's person all along are about her.</summary>
internal sealed class WhenPatientsMerged(NotificationsDb db) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        await db.MoveRows(told.Event, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
