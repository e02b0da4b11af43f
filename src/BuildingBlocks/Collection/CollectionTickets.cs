using System.Globalization;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Collection;

/// <summary>Says, sealed with the installation's own keys, that somebody has shown code and person for a paper some minutes ago.</summary>
public sealed class CollectionTickets(FieldKeys keys, Region region, TimeProvider clock)
{
    /// <param name="kind">Of paper: a ticket opens no other.</param>
    public string For(string kind, Guid paper)
    {
        var now = clock.GetUtcNow();
        return keys.Seal($"{paper:N}|{now.UtcDateTime.AddMinutes(region.Collection.Of(CollectionRules.TicketMinutes, region.DayOf(now))).Ticks}", Place(kind));
    }

    /// <returns>Null when it is not ours, or too old.</returns>
    public Guid? Open(string kind, string? ticket) =>
        keys.TryOpen(ticket, Place(kind))?.Split('|') is [var paper, var until] && long.Parse(until, CultureInfo.InvariantCulture) > clock.GetUtcNow().Ticks ? Guid.Parse(paper) : null;

    private static string Place(string kind) => kind + ".ticket";
}
