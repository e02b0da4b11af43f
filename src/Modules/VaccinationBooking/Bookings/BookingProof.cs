using System.Globalization;
using FluentValidation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>A citizen shows that a booking is hers: its code with her fiscal code, or the key that she got for showing them, or the pass
/// of who was recognised by her card.</summary>
internal abstract record BookingProof
{
    public string? Code { get; init; }
    public string? FiscalCode { get; init; }

    /// <summary>Of <see cref="FoundBooking.Key"/>: carried by the page in place of the codes.</summary>
    public string? Key { get; init; }

    public string? Pass { get; init; }

    /// <summary>Network address, set by the page or the endpoint.</summary>
    public string Address { get; init; } = "";
}

internal abstract class ProofValidator<T> : AbstractValidator<T>
    where T : BookingProof
{
    protected ProofValidator()
    {
        RuleFor(p => p.Code).NotEmpty().WithMessage("Scriva il codice della prenotazione.").When(Typed);
        RuleFor(p => p.Code).MaximumLength(40).WithMessage("Il codice della prenotazione ha dieci caratteri.");
        RuleFor(p => p.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale.").When(Typed);
        RuleFor(p => p.FiscalCode).MaximumLength(20).WithMessage("Il codice fiscale ha 16 caratteri.");
    }

    private static bool Typed(T proof) => string.IsNullOrEmpty(proof.Key) && string.IsNullOrEmpty(proof.Pass);
}

/// <param name="By">Who has signed in and acts for her; null for whom the codes have told.</param>
internal sealed record Proven(Guid Booking, Guid? By);

/// <summary>Whose booking it is. Unknown code and wrong fiscal code have one answer, and cost the same; who guesses is stopped by her address.</summary>
internal sealed class BookingKeys(VaccinationDb db, BookingPasses passes, WrongCards wrong, IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Valid = TimeSpan.FromMinutes(30);

    private readonly IDataProtector seal = protection.CreateProtector("vaccination.booking");

    /// <param name="by">Who has signed in and acts for her; null for whom the codes have told.</param>
    public string Issue(Guid booking, Guid? by = null) => seal.Protect($"{booking:N}|{(clock.GetUtcNow() + Valid).UtcTicks.ToString(CultureInfo.InvariantCulture)}|{by:N}");

    /// <exception cref="Refusal"><c>booking-not-found</c>, <c>key-expired</c>, <c>pass-expired</c> or <c>too-many-attempts</c>.</exception>
    public async Task<Proven> Open(BookingProof proof, CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(proof.Key))
            return Unseal(proof.Key);
        wrong.Check(proof.Address);
        return new((!string.IsNullOrEmpty(proof.Pass) ? await OfPass(proof.Pass, cancellation) : await OfCodes(proof, cancellation)) ?? throw Unknown(proof.Address), null);
    }

    /// <summary>As it was told: with dashes, blanks, small letters.</summary>
    public static string Normalise(string? code) => string.Concat((code ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    private async Task<Guid?> OfPass(string pass, CancellationToken cancellation)
    {
        var opened = passes.Open(pass);
        var key = Booking.OpenKeyOf(opened.Campaign, opened.PatientId);
        return await db.Bookings.Where(b => b.OpenKey == key).Select(b => (Guid?)b.Id).SingleOrDefaultAsync(cancellation);
    }

    private async Task<Guid?> OfCodes(BookingProof proof, CancellationToken cancellation)
    {
        var (code, person) = (Normalise(proof.Code), (proof.FiscalCode ?? "").Trim().ToUpperInvariant());
        return await db.Bookings.Where(b => b.Code == code && db.Vaccinees.Any(v => v.PatientId == b.PatientId && v.FiscalCode == person))
            .Select(b => (Guid?)b.Id).SingleOrDefaultAsync(cancellation);
    }

    private Refusal Unknown(string address)
    {
        wrong.Count(address);
        return new("booking-not-found", "Non c’è una prenotazione con questo codice e questo codice fiscale. Li riscriva come sono sulla ricevuta; se l’ha persa, chiami il numero verde.") { Kind = RefusalKind.Unprocessable };
    }

    private Proven Unseal(string key)
    {
        try
        {
            var parts = seal.Unprotect(key).Split('|');
            if (long.Parse(parts[1], CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks)
                return new(Guid.Parse(parts[0]), Guid.TryParse(parts[2], out var by) ? by : null);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
        }

        throw new Refusal("key-expired", "È passato troppo tempo: inserisca di nuovo il codice della prenotazione e il codice fiscale.") { Kind = RefusalKind.Unprocessable };
    }
}
