using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Patients.Contracts;
using Platform.Patients.Duplicates;
using Platform.Patients.FiscalCodes;
using Platform.Patients.People;

namespace Platform.Patients.Merges;

/// <summary>The records of the asker's own that may be this person's second one; by a code, whichever she names.</summary>
[Requires(PatientsModule.Merge)]
internal sealed record MergeCandidates(Guid Id, string? Code) : IQuery<MergeCandidatesAnswer>
{
    internal sealed class Handler(PatientsDb db, Likely likely, ICurrentUser user, Region region, PlaceNames places) : IRequestHandler<MergeCandidates, MergeCandidatesAnswer>
    {
        public async Task<MergeCandidatesAnswer> Handle(MergeCandidates request, CancellationToken cancellationToken)
        {
            var own = db.Patients.AsNoTracking().Within(Patient.InCharge, user, PatientsModule.Merge).Include(p => p.Assignments);
            var patient = await own.FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var alike = await likely.Of(new(
                patient.FiscalCode, patient.FamilyName, patient.GivenName, patient.Sex, patient.BirthDate, null), cancellationToken);
            var ids = alike.Select(a => a.Patient.Id).Where(id => id != patient.Id).ToList();
            var code = PersonCode.Tidy(request.Code);
            if (code.Length > 0)
                ids.AddRange(await db.HavingCode(code).ToListAsync(cancellationToken));
            var found = await own.Where(p => p.Id != patient.Id && ids.Contains(p.Id)).ToListAsync(cancellationToken);
            return new(Show(patient, null), [.. found.Select(p => Show(p, alike.FirstOrDefault(a => a.Patient.Id == p.Id)?.Likeness))
                .OrderBy(c => c.Likeness is null).ThenBy(c => c.Likeness).ThenBy(c => c.Patient.Id)]);
        }

        private MergeCandidate Show(Patient patient, Likeness? likeness) => new(
            patient, likeness, places.Show(patient.BirthPlaceCode), region.FindMunicipality(patient.ResidenceIstat)?.Name ?? patient.ResidenceIstat,
            region.FindAsl(patient.AslCode)?.Name ?? patient.AslCode);
    }
}

[Shows(FieldClass.Identity, "BirthPlace")]
[Shows(FieldClass.Address, "Residence")]
[Shows(FieldClass.Work, "Likeness", "Asl")]
internal sealed record MergeCandidate(Patient Patient, Likeness? Likeness, string BirthPlace, string Residence, string Asl);

[Shows(FieldClass.Work)]
internal sealed record MergeCandidatesAnswer(MergeCandidate Person, IReadOnlyList<MergeCandidate> Others) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Others.Select(o => o.Patient.Id).Append(Person.Patient.Id);
}
