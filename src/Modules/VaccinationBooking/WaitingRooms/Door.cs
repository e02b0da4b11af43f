using Platform.BuildingBlocks.Failures;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>Between the waiting room and the booking: opens to whose number is served, and to nobody else.</summary>
internal sealed class Door(RoomKeeper rooms, Tickets tickets)
{
    /// <returns>The number that lets her in; null where no waiting room stands.</returns>
    /// <exception cref="Refusal">No ticket of hers, or not yet her turn.</exception>
    public async Task<long?> NumberOf(Campaign campaign, string? sealedTicket, string fiscalCode)
    {
        if (!campaign.WaitingRoom)
            return null;
        var room = await rooms.Look(campaign.Code);
        if (room is null)
            return null;
        var ticket = tickets.Open(sealedTicket, campaign.Code);
        if (ticket.Owner != Tickets.OwnerOf(fiscalCode))
            throw new Refusal("ticket-of-other", "Questo numero della coda è stato preso con un altro codice fiscale: vale solo per quella persona.") { Kind = RefusalKind.Unprocessable };
        if (room.NumberOf(ticket) is not { } number || number > room.Serving)
            throw new Refusal("not-your-turn", "Non è ancora il suo turno: tenga aperta la pagina della coda, il suo posto resta.");
        return number;
    }
}
