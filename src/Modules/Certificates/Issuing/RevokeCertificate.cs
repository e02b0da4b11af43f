using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.Certificates.Issuing;

/// <summary>An operator takes a certificate away, and says why; none comes of its dose or report by itself any more.</summary>
[Requires(CertificatesModule.Manage)]
internal sealed record RevokeCertificate : ICommand<Guid>
{
    public Guid Id { get; init; }
    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<RevokeCertificate>
    {
        public Validator() => RuleFor(r => r.Why).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(Certificate.NoteLength).WithMessage("Al massimo 200 caratteri.");
    }

    internal sealed class Handler(CertificatesDb db, Issuer issuer, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<RevokeCertificate, Guid>
    {
        public async Task<Guid> Handle(RevokeCertificate request, CancellationToken cancellationToken)
        {
            var certificate = await db.Managed(user, request.Id, cancellationToken);
            var occasion = await db.Occasions.SingleAsync(o => o.Id == certificate.OccasionId, cancellationToken);
            issuer.Revoke(certificate, RevocationReason.Withdrawn, clock.GetUtcNow().UtcDateTime, user.DisplayName, request.Why!.Trim());
            (occasion.State, occasion.DueOn) = (OccasionState.Withdrawn, null);
            await db.SaveOnce(engine, cancellationToken);
            return certificate.Id;
        }
    }
}

/// <summary>Another certificate in the place of one: a paper lost with its code, a key that is no longer trusted, or one that was withdrawn by mistake.</summary>
[Requires(CertificatesModule.Manage)]
internal sealed record ReissueCertificate(Guid Id) : ICommand<Guid>
{
    internal sealed class Handler(CertificatesDb db, Issuer issuer, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<ReissueCertificate, Guid>
    {
        public async Task<Guid> Handle(ReissueCertificate request, CancellationToken cancellationToken)
        {
            var certificate = await db.Managed(user, request.Id, cancellationToken);
            var occasion = await db.Occasions.SingleAsync(o => o.Id == certificate.OccasionId, cancellationToken);
            if (await db.Certificates.AnyAsync(c => c.StandsFor == occasion.Id && c.Id != certificate.Id, cancellationToken))
                throw new Refusal("certificate-replaced", "Ce n’è già un’altra al suo posto: la veda nell’elenco qui sotto.");
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (certificate.RevokedAt is null)
                issuer.Revoke(certificate, RevocationReason.Reissued, clock.GetUtcNow().UtcDateTime, user.DisplayName);
            occasion.State = OccasionState.Waiting;
            // What no longer stands is looked for in the database.
            await db.SaveOnce(engine, cancellationToken);
            if (await issuer.Settle([occasion.PatientId], [], cancellationToken) == 0 || occasion.State != OccasionState.Issued)
                throw new Refusal("certificate-not-due", "Oggi da questo fatto non si può emettere una certificazione: quella di prima resta com’è.");
            await db.SaveOnce(engine, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return await db.Certificates.Where(c => c.StandsFor == occasion.Id).Select(c => c.Id).SingleAsync(cancellationToken);
        }
    }
}

internal static class Managing
{
    public static async Task<Certificate> Managed(this CertificatesDb db, ICurrentUser user, Guid id, CancellationToken cancellation) =>
        await db.Certificates.Within(Certificate.Scope, user, CertificatesModule.Manage).SingleOrDefaultAsync(c => c.Id == id, cancellation) ?? throw Refusal.NotFound();

    /// <summary>Two who do the same at once: the second is told.</summary>
    public static async Task SaveOnce(this CertificatesDb db, IDatabaseEngine engine, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException twin) when (engine.IsDuplicate(twin))
        {
            throw Refusal.ChangedMeanwhile();
        }
    }
}
