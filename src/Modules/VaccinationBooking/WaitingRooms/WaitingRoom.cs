using System.Security.Cryptography;
using Platform.BuildingBlocks.Persistence;

namespace Platform.VaccinationBooking.WaitingRooms;

internal enum WaitingRoomState
{
    /// <summary>Before the opening minute: numbers are drawn by lot when it comes.</summary>
    PreQueue,
    Open,

    /// <summary>Stopped by hand: places are kept, nobody is let in.</summary>
    Paused,

    /// <summary>Nothing is left to book: nobody needs to wait. It opens again by itself when places come back.</summary>
    SoldOut,
}

/// <summary>The queue in front of a campaign's booking. It keeps no row for who waits: a ticket says its serial number, sealed, and one
/// number says who is let in. What stands here survives a restart, and every host reads the same.</summary>
internal sealed class WaitingRoom : IVersioned
{
    /// <summary>Serials that a host takes at once, to give out by itself.</summary>
    public const int Block = 500;

    /// <summary>After so many good steps nothing is held back.</summary>
    public const int Bold = 5;

    public required string CampaignCode { get; init; }
    public WaitingRoomState State { get; set; }

    /// <summary>UTC: the opening minute.</summary>
    public required DateTime OpensAt { get; init; }

    /// <summary>Secret of the draw, hexadecimal; null until it is drawn.</summary>
    public string? Seed { get; set; }

    /// <summary>Serials up to this one were drawn by lot; later ones keep their order of arrival.</summary>
    public long Drawn { get; set; }

    /// <summary>Serials up to this one were given to hosts.</summary>
    public long Issued { get; set; }

    /// <summary>Numbers up to this one are let in.</summary>
    public double Serving { get; set; }

    /// <summary>People let in a second.</summary>
    public double Rate { get; set; }

    /// <summary>Steps that the booking answered well, at most <see cref="Bold"/>, and half as many whenever it did not; a room that opens is bold.</summary>
    public int GoodSteps { get; set; } = Bold;

    /// <summary>Set by hand; null follows the health of the booking.</summary>
    public double? FixedRate { get; set; }

    /// <summary>First doses that can still be booked, when it was last looked.</summary>
    public int PlacesLeft { get; set; }

    /// <summary>UTC of the last step.</summary>
    public DateTime SteppedAt { get; set; }

    /// <summary>The host that paces it, and until when it alone does.</summary>
    public Guid? PacedBy { get; set; }

    public DateTime? PacedUntil { get; set; }
    public int Version { get; set; }

    /// <summary>At the opening minute, once: who came before it gets a number by lot.</summary>
    public void Draw()
    {
        Seed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        Drawn = Issued;
        State = WaitingRoomState.Open;
    }

    /// <summary>By hand. Before the opening minute there is nothing to pause.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Steer(bool paused, double? rate, DateTime now)
    {
        var state = paused && now >= OpensAt ? WaitingRoomState.Paused : State == WaitingRoomState.Paused ? WaitingRoomState.Open : State;
        if (state == State && rate == FixedRate)
            return false;
        // Who was waiting while it was paused is not let in all at once.
        (State, FixedRate, SteppedAt) = (state, rate, now);
        return true;
    }

    /// <summary>The number of a ticket; null before the draw.</summary>
    public long? NumberOf(Ticket ticket) =>
        Seed is null ? null : ticket.Serial <= Drawn ? Lots.NumberOf(ticket.Owner, Drawn, Seed) : ticket.Serial;
}
