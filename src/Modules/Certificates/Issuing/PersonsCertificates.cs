using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Certificates.Contracts;
using Platform.Patients.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>A person's certificates, and what certificates are still to come of.</summary>
[Requires(CertificatesModule.Read)]
internal sealed record PersonsCertificates(Guid PatientId) : IQuery<PersonsCertificatesAnswer>
{
    internal sealed class Handler(CertificatesDb db, ICurrentUser user, IMediator mediator) : IRequestHandler<PersonsCertificates, PersonsCertificatesAnswer>
    {
        public async Task<PersonsCertificatesAnswer> Handle(PersonsCertificates request, CancellationToken cancellationToken)
        {
            // A centre sees what came of its own doses, and no more of the person than that.
            var person = user.May("patients.read") ? (await mediator.Send(new VisiblePatient(request.PatientId), cancellationToken)).Patient : null;
            var rows = await db.Certificates.AsNoTracking().Within(Certificate.Scope, user, CertificatesModule.Read).Where(c => c.PatientId == request.PatientId)
                .OrderByDescending(c => c.IssuedAt).ThenByDescending(c => c.Id)
                .Select(c => new CertificateRow(c.Id, c.PatientId, c.PersonName, c.FiscalCode, c.Kind, c.IssuedAt, c.RevokedAt)).ToListAsync(cancellationToken);
            if (person is null && rows.Count == 0)
                throw Refusal.NotFound();
            var open = person is null ? [] : await db.Occasions.AsNoTracking()
                .Where(o => o.PatientId == request.PatientId && (o.State == OccasionState.Waiting || o.State == OccasionState.Refused || o.State == OccasionState.Withdrawn))
                .OrderByDescending(o => o.At).Select(o => new OpenOccasion(o.Source, o.Day, o.State, o.DueOn)).ToListAsync(cancellationToken);
            return new(request.PatientId, person is null ? rows[0].PersonName : Certificate.NameOf(person), rows, open);
        }
    }
}

[Shows(FieldClass.Identity, "Name")]
[Shows(FieldClass.Work)]
internal sealed record PersonsCertificatesAnswer(Guid PatientId, string Name, IReadOnlyList<CertificateRow> Certificates, IReadOnlyList<OpenOccasion> Open) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => [PatientId];
}

[Shows(FieldClass.Health, "Source", "Day")]
[Shows(FieldClass.Work, "State", "DueOn")]
internal sealed record OpenOccasion(OccasionSource Source, DateOnly Day, OccasionState State, DateOnly? DueOn);

/// <summary>Her certificates on her page.</summary>
internal sealed class CertificateTimeline(CertificatesDb db, ICurrentUser user, Texts texts) : ITimelineSource
{
    public async Task<IReadOnlyList<TimelineEntry>> Of(Guid patientId, CancellationToken cancellation)
    {
        if (!user.May(CertificatesModule.Read))
            return [];
        var hers = await db.Certificates.AsNoTracking().Within(Certificate.Scope, user, CertificatesModule.Read).Where(c => c.PatientId == patientId)
            .Select(c => new { c.Id, c.Kind, c.IssuedAt, c.RevokedAt }).ToListAsync(cancellation);
        return
        [
            .. hers.Select(c => new TimelineEntry(c.IssuedAt, texts["Certificazione verde emessa"], texts[Words.Of(c.Kind)], $"/certificates/{c.Id}", Urgent: false)),
            .. hers.Where(c => c.RevokedAt is not null).Select(c => new TimelineEntry(c.RevokedAt!.Value, texts["Certificazione verde revocata"], texts[Words.Of(c.Kind)], $"/certificates/{c.Id}", Urgent: false)),
        ];
    }
}

internal sealed class SeeCertificates : IPatientAction
{
    public string Permission => CertificatesModule.Read;
    public string Title => "Certificazioni verdi";
    public string UrlFor(Guid patientId) => $"/certificates/people/{patientId}";
}
