using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.Schools;

/// <summary>Classes, reports and measures of a record that was another's person all along are hers.</summary>
internal sealed class WhenPatientsMerged(SchoolsDb db) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        await db.MoveRows(told.Event, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
