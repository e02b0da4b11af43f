using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Issuing;

namespace Platform.Certificates.Collection;

/// <summary>Who cares for the person tells her a code with which she fetches the certificate herself. Each time another; those of before stay valid.</summary>
[Requires(CertificatesModule.Read)]
internal sealed record GiveFetchCode(Guid CertificateId) : ICommand<string>, IPaced
{
    internal sealed class Handler(CertificatesDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<GiveFetchCode, string>
    {
        public async Task<string> Handle(GiveFetchCode request, CancellationToken cancellationToken)
        {
            var certificate = await db.Certificates.AsNoTracking().Within(Certificate.Scope, user, CertificatesModule.Read).SingleOrDefaultAsync(c => c.Id == request.CertificateId, cancellationToken)
                ?? throw Refusal.NotFound();
            var now = clock.GetUtcNow();
            var (row, code) = FetchCode.Make(Guid.CreateVersion7(now), certificate.PatientId, certificate.OccasionId, "desk", now.UtcDateTime, region.Issuing.Setting("code_days", region.DayOf(now)));
            db.Codes.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            return code;
        }
    }
}
