using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>The log is append-only: its lines stay with the id they were written with. Which ids are one person's is kept
/// beside it, so that a search by person finds them all.</summary>
internal sealed class WhenPatientsMerged(UserManagementDb db) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        var (survivor, merged) = (told.Event.Survivor, told.Event.Merged);
        foreach (var earlier in await db.MergedPatients.Where(m => m.PatientId == merged).ToListAsync(cancellation))
            earlier.PatientId = survivor;
        if (!await db.MergedPatients.AnyAsync(m => m.MergedPatientId == merged, cancellation))
            db.MergedPatients.Add(new() { MergedPatientId = merged, PatientId = survivor });
        await db.SaveChangesAsync(cancellation);
    }
}

/// <summary>An id under which a person was known before her records were merged.</summary>
internal sealed class MergedPatient
{
    public required Guid MergedPatientId { get; init; }

    /// <summary>The survivor.</summary>
    public required Guid PatientId { get; set; }
}
