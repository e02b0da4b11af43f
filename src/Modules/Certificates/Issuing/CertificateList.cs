using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Certificates.Contracts;
using Platform.Patients.Contracts;

namespace Platform.Certificates.Issuing;

/// <summary>The certificates of the people in somebody's scope, the newest on top.</summary>
/// <param name="Text">Who it is about: name, codice fiscale or birth date.</param>
[Requires(CertificatesModule.Read)]
internal sealed record CertificateList(string? Text = null, CertificateKind? Kind = null, bool? Revoked = null) : ListQuery<CertificateRow>
{
    private static readonly Orders<Certificate> Order = new Orders<Certificate>(c => c.Id).By("issued", c => c.IssuedAt);

    public override string StandingSort => "-issued";

    internal sealed class Handler(CertificatesDb db, ICurrentUser user, IMediator mediator) : IRequestHandler<CertificateList, Listing<CertificateRow>>
    {
        public async Task<Listing<CertificateRow>> Handle(CertificateList request, CancellationToken cancellationToken)
        {
            var rows = db.Certificates.AsNoTracking().Within(Certificate.Scope, user, CertificatesModule.Read);
            if (request.Kind is { } kind)
                rows = rows.Where(c => c.Kind == kind);
            if (request.Revoked is { } revoked)
                rows = rows.Where(c => revoked == (c.RevokedAt != null));
            var searched = !string.IsNullOrWhiteSpace(request.Text);
            if (searched)
            {
                var people = await mediator.Send(new PeopleNamed(request.Text!), cancellationToken) ?? [];
                rows = rows.Where(c => people.Contains(c.PatientId));
            }

            return await rows.List(request, Order, sorted => sorted.Select(c => new CertificateRow(c.Id, c.PatientId, c.PersonName, c.FiscalCode, c.Kind, c.IssuedAt, c.RevokedAt)), cancellationToken, search: searched);
        }
    }
}

[Shows(FieldClass.Identity, "PersonName", "FiscalCode")]
[Shows(FieldClass.Health, "Kind")]
[Shows(FieldClass.Work, "IssuedAt", "RevokedAt")]
internal sealed record CertificateRow(Guid Id, Guid PatientId, string PersonName, string? FiscalCode, CertificateKind Kind, DateTime IssuedAt, DateTime? RevokedAt) : IOfPatient
{
    public Guid? PatientOfRow => PatientId;
}
