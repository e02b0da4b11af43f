using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Says, sealed with the installation's own keys, which booking somebody has just made or found with its code. It travels within the
/// sealed cookie of her journey, whose time is its own.</summary>
internal sealed class BookingTickets(IDataProtectionProvider protection)
{
    private readonly IDataProtector seal = protection.CreateProtector("vaccination.booking-ticket");

    public string Seal(Guid booking) => seal.Protect(booking.ToString("N"));

    /// <returns>Null when it is not ours.</returns>
    public Guid? Open(string? ticket)
    {
        try
        {
            return Guid.ParseExact(seal.Unprotect(ticket ?? ""), "N");
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
