using System.Globalization;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>A place in the queue, which its owner carries: its serial number and whose it is, sealed. Refresh, another window, a flat battery
/// change nothing; another person cannot use it.</summary>
/// <param name="Owner">Digest of her fiscal code.</param>
internal sealed record Ticket(string Campaign, long Serial, string Owner);

internal sealed class Tickets(FieldKeys keys)
{
    private const int OwnerDigits = 16;

    private const string Place = "vaccination.ticket";

    public static string OwnerOf(string fiscalCode) => Digest.Of("ticket|" + fiscalCode.Trim().ToUpperInvariant())[..OwnerDigits];

    public string Seal(Ticket ticket) => keys.Seal(string.Create(CultureInfo.InvariantCulture, $"{ticket.Campaign}|{ticket.Serial}|{ticket.Owner}"), Place);

    /// <exception cref="Refusal"><c>ticket-unknown</c>: not ours, changed, or of another campaign.</exception>
    public Ticket Open(string? text, string campaign)
    {
        if (keys.TryOpen(text, Place)?.Split('|') is [var of, var serial, var owner] && of == campaign)
            return new(of, long.Parse(serial, CultureInfo.InvariantCulture), owner);
        throw new Refusal("ticket-unknown", "Questo numero della coda non è valido per questa campagna: ne prenda uno nuovo.") { Kind = RefusalKind.Unprocessable };
    }
}
