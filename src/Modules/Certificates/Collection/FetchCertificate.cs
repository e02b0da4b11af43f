using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;
using Platform.Patients.Contracts;

namespace Platform.Certificates.Collection;

/// <summary>A citizen fetches a certificate with her codice fiscale and the code of a message or of the desk. Whatever is wrong, the answer and the
/// work done for it are the same.</summary>
[OpenToAll("The certificate is given to who has the code, which cannot be guessed, and knows the codice fiscale; attempts are counted.")]
internal sealed record FetchCertificate : Fetch, ICommand<FetchedCertificates>
{
    /// <summary>Of its tickets.</summary>
    public const string Kind = "certificates.certificate";

    public string? FiscalCode { get; init; }

    internal sealed class Validator : FetchValidator<FetchCertificate>
    {
        public Validator() =>
            RuleFor(f => f.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").MaximumLength(30).WithMessage("Il codice fiscale è troppo lungo.");
    }

    internal sealed class Handler(CertificatesDb db, CollectionGuard guard, CollectionTickets tickets, IMediator mediator, TimeProvider clock) : IRequestHandler<FetchCertificate, FetchedCertificates>
    {
        public async Task<FetchedCertificates> Handle(FetchCertificate request, CancellationToken cancellationToken)
        {
            var hash = CollectionCodes.HashOf(request.Code);
            var attempt = await guard.Begin(db, "certificates.FetchCertificate", request.Address, hash, cancellationToken);
            var code = await db.Codes.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, cancellationToken);
            var person = await mediator.Send(new PatientById(code?.PatientId ?? Guid.Empty), cancellationToken);
            var written = (request.FiscalCode ?? "").Trim().Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
            var right = code is not null && person is not null && code.ExpiresAt > clock.GetUtcNow().UtcDateTime && (person.FiscalCode == written || person.OtherCodes.Contains(written));
            if (code is not null)
                attempt.Tell(right, code.PatientId);
            await db.SaveChangesAsync(cancellationToken);
            var occasion = code?.OccasionId ?? Guid.Empty;
            var certificates = await db.Certificates.AsNoTracking().Where(c => c.OccasionId == occasion).OrderByDescending(c => c.IssuedAt).ToListAsync(cancellationToken);
            if (!right)
                throw new Refusal("not-recognised", "Il codice fiscale o il codice non sono giusti, oppure il codice è scaduto. Li riscriva come li ha ricevuti.") { Kind = RefusalKind.Unprocessable };
            await attempt.Forgive(cancellationToken);
            var latest = certificates.FirstOrDefault();
            return new(person!.GivenName, latest is null ? null : FetchedCertificate.Of(latest, tickets.For(Kind, latest.Id)));
        }
    }
}

/// <param name="Certificate">The newest of its occasion, which may be revoked; null once it is no longer kept.</param>
internal sealed record FetchedCertificates(string GivenName, FetchedCertificate? Certificate) : IFetched;

/// <param name="Hc1">For the QR code; null of one that is revoked.</param>
/// <param name="Ticket">With which its files are asked for in the next minutes; null for who has signed in.</param>
internal sealed record FetchedCertificate(Guid Id, CertificateKind Kind, string? Hc1, Statement Says, DateTime IssuedAt, DateTime? RevokedAt, string? Ticket)
{
    public static FetchedCertificate Of(Certificate certificate, string? ticket = null) => new(
        certificate.Id, certificate.Kind, certificate.RevokedAt is null ? certificate.Hc1 : null, certificate.Says, certificate.IssuedAt, certificate.RevokedAt, certificate.RevokedAt is null ? ticket : null);
}

/// <summary>The certificate that was just fetched, for its files.</summary>
[OpenToAll("The ticket is sealed, short-lived, and given only with code and codice fiscale.")]
internal sealed record TicketedCertificate(string? Ticket) : IQuery<CertificateAnswer>
{
    internal sealed class Handler(CertificatesDb db, CollectionTickets tickets) : IRequestHandler<TicketedCertificate, CertificateAnswer>
    {
        public async Task<CertificateAnswer> Handle(TicketedCertificate request, CancellationToken cancellationToken)
        {
            var id = tickets.Open(FetchCertificate.Kind, request.Ticket) ?? throw Refusal.NotFound();
            return new(await db.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.RevokedAt == null, cancellationToken) ?? throw Refusal.NotFound());
        }
    }
}
