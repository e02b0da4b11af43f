using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Doctors;

namespace Platform.Patients.GpLists;

/// <summary>Of two who take the last place on a doctor's list, the second waits for the first and then finds the list full.</summary>
internal static class HeldList
{
    /// <summary>Within a transaction: nobody else puts anybody on this list until its end.</summary>
    /// <returns>The doctor, and how many people are on the list that day.</returns>
    public static async Task<(Doctor Doctor, int OnList)> HoldList(this PatientsDb db, string code, DateOnly day, CancellationToken cancellation)
    {
        // The row's lock is the turn: on the servers until the commit, on SQLite the whole transaction is the only writer.
        await db.Doctors.Where(d => d.Code == code).ExecuteUpdateAsync(set => set.SetProperty(d => d.Turns, d => d.Turns + 1), cancellation);
        var doctor = await db.Doctors.AsNoTracking().FirstOrDefaultAsync(d => d.Code == code, cancellation)
            ?? throw new Refusal("unknown-doctor", "Nessun medico ha questo codice regionale.") { Kind = RefusalKind.Unprocessable };
        var onList = await db.GpAssignments.CountAsync(
            a => a.DoctorCode == code && a.ValidFrom <= day && (a.ValidTo == null || a.ValidTo >= day), cancellation);
        return (doctor, onList);
    }

    /// <summary>An ASL gives its people the doctors of its own.</summary>
    public static void CheckWithin(this Doctor doctor, ICurrentUser user, string permission)
    {
        if (!user.IsPlatform && !user.ScopesOf(permission).Contains(new(ScopeKind.Asl, doctor.AslCode)))
            throw new Refusal("doctor-elsewhere", "Questo medico è convenzionato con un'altra ASL.");
    }
}
