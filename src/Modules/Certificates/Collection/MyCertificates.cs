using System.Diagnostics;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Issuing;
using Platform.Referti.Contracts;

namespace Platform.Certificates.Collection;

/// <summary>A citizen who has signed in sees her certificates that stand, or those of somebody whom she represents.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record MyCertificates(SignedInCitizen Citizen, string? Address) : ICommand<MyCertificatesAnswer>
{
    internal sealed class Handler(CertificatesDb db, TimeProvider clock) : IRequestHandler<MyCertificates, MyCertificatesAnswer>
    {
        public async Task<MyCertificatesAnswer> Handle(MyCertificates request, CancellationToken cancellationToken)
        {
            var citizen = request.Citizen;
            var (whose, now) = (citizen.Whose?.Id ?? Guid.Empty, clock.GetUtcNow().UtcDateTime);
            var certificates = await db.Certificates.AsNoTracking().Where(c => c.PatientId == whose && c.RevokedAt == null && c.ExpiresAt > now)
                .OrderByDescending(c => c.IssuedAt).ThenByDescending(c => c.Id).ToListAsync(cancellationToken);
            await db.Looked("certificates.MyCertificates", citizen, request.Address, cancellationToken);
            return new([.. certificates.Select(c => FetchedCertificate.Of(c))], citizen.Whose?.Id == citizen.Self?.Id ? null : citizen.Whose?.GivenName);
        }
    }
}

/// <param name="For">Given name of whom she acts for; null for herself.</param>
internal sealed record MyCertificatesAnswer(IReadOnlyList<FetchedCertificate> Certificates, string? For);

/// <summary>She takes the files of one of them.</summary>
[OpenToAll("It answers for the citizen who has signed in, and for whom she represents today; for nobody else.")]
internal sealed record MyCertificate(SignedInCitizen Citizen, Guid Id, string? Address) : ICommand<CertificateAnswer>
{
    internal sealed class Handler(CertificatesDb db) : IRequestHandler<MyCertificate, CertificateAnswer>
    {
        public async Task<CertificateAnswer> Handle(MyCertificate request, CancellationToken cancellationToken)
        {
            var whose = request.Citizen.Whose?.Id ?? Guid.Empty;
            var certificate = await db.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Id == request.Id && c.PatientId == whose && c.RevokedAt == null, cancellationToken) ?? throw Refusal.NotFound();
            await db.Looked("certificates.MyCertificate", request.Citizen, request.Address, cancellationToken);
            return new(certificate);
        }
    }
}

internal static class Looking
{
    /// <summary>A line in the audit with who looked: the id that she has in the registry, since she has no account.</summary>
    public static async Task Looked(this CertificatesDb db, string what, SignedInCitizen citizen, string? address, CancellationToken cancellation)
    {
        if (citizen is not { Self: { } self, Whose: { } whose })
            return;
        db.Tell(new PersonDataTouched("read", what, [whose.Id], [], $"citizen {self.Id}", address, Activity.Current?.TraceId.ToString()));
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class MyCertificatesLink : ICitizenAction
{
    public string Title => "Le sue certificazioni verdi";
    public string Words => "Da mostrare sul telefono, da stampare o da salvare.";
    public string Path => MyCertificatesPage.Address;

    public Task<bool> IsOffered(CancellationToken cancellation) => Task.FromResult(true);
}
