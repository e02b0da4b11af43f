using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>A place in the queue, which its owner carries: its serial number and whose it is, sealed. Refresh, another window, a flat battery
/// change nothing; another person cannot use it.</summary>
/// <param name="Owner">Digest of her fiscal code.</param>
internal sealed record Ticket(string Campaign, long Serial, string Owner);

internal sealed class Tickets(IDataProtectionProvider protection)
{
    private const int OwnerDigits = 16;

    private readonly IDataProtector seal = protection.CreateProtector("vaccination.ticket");

    public static string OwnerOf(string fiscalCode) => Digest.Of("ticket|" + fiscalCode.Trim().ToUpperInvariant())[..OwnerDigits];

    public string Seal(Ticket ticket) => seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{ticket.Campaign}|{ticket.Serial}|{ticket.Owner}"));

    /// <exception cref="Refusal"><c>ticket-unknown</c>: not ours, changed, or of another campaign.</exception>
    public Ticket Open(string? text, string campaign)
    {
        try
        {
            var parts = seal.Unprotect(text ?? "").Split('|');
            if (parts[0] == campaign)
                return new(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
        }

        throw new Refusal("ticket-unknown", "Questo numero della coda non è valido per questa campagna: ne prenda uno nuovo.") { Kind = RefusalKind.Unprocessable };
    }
}
