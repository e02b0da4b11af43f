using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Platform.BuildingBlocks.Failures;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>Says, sealed with the installation's own keys, who was recognised and in which campaign and group she may book: every host
/// believes it, nobody can make or change one, and it is one person's.</summary>
/// <param name="ToBook">What she is to book; null takes the campaign's word.</param>
/// <param name="Ticket">The number that let her in from the waiting room.</param>
internal sealed record BookingPass(string Campaign, Guid PatientId, Guid GroupId, long? Ticket, DateTime ExpiresAt, DosesToBook? ToBook = null);

internal sealed class BookingPasses(IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Valid = TimeSpan.FromMinutes(30);

    private readonly IDataProtector seal = protection.CreateProtector("vaccination.pass");

    public string Issue(string campaign, Guid patient, Guid group, long? ticket, DosesToBook? toBook = null) =>
        seal.Protect(string.Join('|', campaign, patient.ToString("N"), group.ToString("N"), ticket?.ToString(CultureInfo.InvariantCulture), (clock.GetUtcNow() + Valid).UtcTicks.ToString(CultureInfo.InvariantCulture), toBook?.Text()));

    /// <exception cref="Refusal"><c>pass-expired</c> when it is not ours, or too old.</exception>
    public BookingPass Open(string? pass)
    {
        try
        {
            var parts = seal.Unprotect(pass ?? "").Split('|');
            var opened = new BookingPass(
                parts[0], Guid.Parse(parts[1]), Guid.Parse(parts[2]), parts[3].Length > 0 ? long.Parse(parts[3], CultureInfo.InvariantCulture) : null,
                new DateTime(long.Parse(parts[4], CultureInfo.InvariantCulture), DateTimeKind.Utc), parts.Length > 5 ? DosesToBook.Read(parts[5]) : null);
            if (opened.ExpiresAt > clock.GetUtcNow().UtcDateTime)
                return opened;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
        }

        throw new Refusal("pass-expired", "È passato troppo tempo: inserisca di nuovo codice fiscale e tessera sanitaria.") { Kind = RefusalKind.Unprocessable };
    }
}
