using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts;
using Platform.Referti.Proposals;

namespace Platform.Referti.Reports;

/// <summary>Lists and scopes follow the person to her new doctor and ASL; what was released stays as it was.</summary>
internal sealed class WhenPatientChanged(RefertiDb db, Region region) : IReaction<PatientChanged>
{
    public async Task React(Told<PatientChanged> told, CancellationToken cancellation)
    {
        var patient = told.Event.Patient;
        foreach (var report in await db.Reports.Include(r => r.OtherAsls).Where(r => r.PatientId == patient.Id).ToListAsync(cancellation))
            report.Follow(patient);
        foreach (var proposal in await db.Proposals.Where(p => p.PatientId == patient.Id && p.State == ProposalState.Proposed).ToListAsync(cancellation))
            proposal.Follow(patient);
        foreach (var positivity in await db.Positivities.Where(p => p.PatientId == patient.Id).ToListAsync(cancellation))
            positivity.Follow(patient, region);
        await db.SaveChangesAsync(cancellation);
    }
}
