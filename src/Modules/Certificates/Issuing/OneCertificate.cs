using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Certificates.Issuing;

/// <summary>A certificate with those that it replaced or that replaced it.</summary>
[Requires(CertificatesModule.Read)]
internal sealed record OneCertificate(Guid Id) : IQuery<CertificateAnswer>
{
    internal sealed class Handler(CertificatesDb db, ICurrentUser user) : IRequestHandler<OneCertificate, CertificateAnswer>
    {
        public async Task<CertificateAnswer> Handle(OneCertificate request, CancellationToken cancellationToken)
        {
            var certificate = await db.Certificates.AsNoTracking().Within(Certificate.Scope, user, CertificatesModule.Read).SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken)
                ?? throw Refusal.NotFound();
            var others = await db.Certificates.AsNoTracking().Where(c => c.OccasionId == certificate.OccasionId && c.Id != certificate.Id).OrderByDescending(c => c.IssuedAt)
                .Select(c => new OtherOfOccasion(c.Id, c.IssuedAt, c.RevokedAt)).ToListAsync(cancellationToken);
            var managed = await db.Certificates.Within(Certificate.Scope, user, CertificatesModule.Manage).AnyAsync(c => c.Id == certificate.Id, cancellationToken);
            return new(certificate) { Others = others, MayManage = managed };
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record CertificateAnswer(Certificate Certificate) : IAboutPatients
{
    /// <summary>Issued from the same dose, report or swab; newest first.</summary>
    public IReadOnlyList<OtherOfOccasion> Others { get; init; } = [];

    public bool MayManage { get; init; }

    public IEnumerable<Guid> PatientsShown => [Certificate.PatientId];
}

[Shows(FieldClass.Work, "IssuedAt", "RevokedAt")]
internal sealed record OtherOfOccasion(Guid Id, DateTime IssuedAt, DateTime? RevokedAt);
