using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
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
internal sealed record FetchCertificate : ICommand<FetchedCertificates>
{
    public string? FiscalCode { get; init; }
    public string? Code { get; init; }

    /// <summary>Network address, set by the page.</summary>
    public string Address { get; init; } = "";

    internal sealed class Validator : AbstractValidator<FetchCertificate>
    {
        public Validator()
        {
            RuleFor(f => f.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").MaximumLength(30).WithMessage("Il codice fiscale è troppo lungo.");
            RuleFor(f => f.Code).NotEmpty().WithMessage("Scriva il codice che ha ricevuto.").MaximumLength(80).WithMessage("Il codice è troppo lungo.");
        }
    }

    internal sealed class Handler(CertificatesDb db, FetchGuard guard, FetchTicket tickets, IMediator mediator, TimeProvider clock) : IRequestHandler<FetchCertificate, FetchedCertificates>
    {
        public async Task<FetchedCertificates> Handle(FetchCertificate request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var hash = FetchCode.HashOf(request.Code);
            var (address, typed) = ($"address:{request.Address}", $"code:{hash}");
            // Both are counted, always: how long the answer takes says nothing.
            var (mayAddress, mayCode) = (await guard.Take(address, FetchGuard.OfAddress, cancellationToken), await guard.Take(typed, FetchGuard.OfCode, cancellationToken));
            if (!mayAddress || !mayCode)
                throw new Refusal("too-many-attempts", "Troppi tentativi: per sicurezza attenda un'ora e riprovi.") { Kind = RefusalKind.TooMany };

            var code = await db.Codes.AsNoTracking().SingleOrDefaultAsync(c => c.Hash == hash, cancellationToken);
            var person = await mediator.Send(new PatientById(code?.PatientId ?? Guid.Empty), cancellationToken);
            var written = (request.FiscalCode ?? "").Trim().Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
            var right = code is not null && person is not null && code.ExpiresAt > now && (person.FiscalCode == written || person.OtherCodes.Contains(written));
            if (code is not null)
                db.Tell(new PersonDataTouched(right ? "read" : "refused", "certificates.FetchCertificate", [code.PatientId], [], "citizen", request.Address, System.Diagnostics.Activity.Current?.TraceId.ToString()));
            await db.SaveChangesAsync(cancellationToken);
            var occasion = code?.OccasionId ?? Guid.Empty;
            var certificates = await db.Certificates.AsNoTracking().Where(c => c.OccasionId == occasion).OrderByDescending(c => c.IssuedAt).ToListAsync(cancellationToken);
            if (!right)
                throw new Refusal("not-recognised", "Il codice fiscale o il codice non sono giusti, oppure il codice è scaduto. Li riscriva come li ha ricevuti.") { Kind = RefusalKind.Unprocessable };
            await guard.Forgive(address, cancellationToken);
            await guard.Forgive(typed, cancellationToken);
            var latest = certificates.FirstOrDefault();
            return new(person!.GivenName, latest is null ? null : FetchedCertificate.Of(latest, tickets.For(latest.Id, now)));
        }
    }
}

/// <param name="Certificate">The newest of its occasion, which may be revoked; null once it is no longer kept.</param>
internal sealed record FetchedCertificates(string GivenName, FetchedCertificate? Certificate);

/// <param name="Hc1">For the QR code; null of one that is revoked.</param>
/// <param name="Ticket">With which its files are asked for in the next minutes; null for who has signed in.</param>
internal sealed record FetchedCertificate(Guid Id, CertificateKind Kind, string? Hc1, Statement Says, DateTime IssuedAt, DateTime? RevokedAt, string? Ticket)
{
    public static FetchedCertificate Of(Certificate certificate, string? ticket = null) => new(
        certificate.Id, certificate.Kind, certificate.RevokedAt is null ? certificate.Hc1 : null, certificate.Says, certificate.IssuedAt, certificate.RevokedAt, certificate.RevokedAt is null ? ticket : null);
}

/// <summary>Says, sealed with the installation's own keys, that somebody has just shown code and codice fiscale for a certificate.</summary>
internal sealed class FetchTicket(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(20);

    private readonly IDataProtector seal = protection.CreateProtector("certificates.fetch");

    public string For(Guid certificate, DateTime now) => seal.Protect($"{certificate:N}|{(now + Valid).Ticks}");

    /// <returns>Null when it is not ours, or too old.</returns>
    public Guid? Open(string? ticket, DateTime now)
    {
        try
        {
            var parts = seal.Unprotect(ticket ?? "").Split('|');
            return long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) > now.Ticks ? Guid.Parse(parts[0]) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>The certificate that was just fetched, for its files.</summary>
[OpenToAll("The ticket is sealed, short-lived, and given only with code and codice fiscale.")]
internal sealed record TicketedCertificate(string? Ticket) : IQuery<CertificateAnswer>
{
    internal sealed class Handler(CertificatesDb db, FetchTicket tickets, TimeProvider clock) : IRequestHandler<TicketedCertificate, CertificateAnswer>
    {
        public async Task<CertificateAnswer> Handle(TicketedCertificate request, CancellationToken cancellationToken)
        {
            var id = tickets.Open(request.Ticket, clock.GetUtcNow().UtcDateTime) ?? throw Refusal.NotFound();
            return new(await db.Certificates.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.RevokedAt == null, cancellationToken) ?? throw Refusal.NotFound());
        }
    }
}
