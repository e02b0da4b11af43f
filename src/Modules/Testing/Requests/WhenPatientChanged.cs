using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Patients.Contracts;

namespace Platform.Testing.Requests;

/// <summary>The copies of the person follow her, and with them who may see her requests.</summary>
internal sealed class WhenPatientChanged(TestingDb db) : IReaction<PatientChanged>
{
    public async Task React(Told<PatientChanged> told, CancellationToken cancellation)
    {
        var patient = told.Event.Patient;
        foreach (var request in await db.Requests.Include(r => r.OtherAsls).Where(r => r.PatientId == patient.Id).ToListAsync(cancellation))
            request.Know(patient, told.At);
        await db.SaveChangesAsync(cancellation);
    }
}
