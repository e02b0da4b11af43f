using MediatR;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The number in the queue, as the browser keeps it: closing the page, or the telephone, loses nothing.</summary>
internal sealed class QueueTickets(SealedCookies cookies, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    public string? Of(HttpContext context, string campaign) => cookies.Read(context, Name(campaign));

    public void Keep(HttpContext context, string campaign, string ticket) =>
        cookies.Write(context, Name(campaign), Journey.Root, ticket, clock.GetUtcNow().UtcDateTime + Kept);

    public static void Forget(HttpContext context, string campaign) => SealedCookies.Forget(context, Name(campaign), Journey.Root);

    /// <returns>Null without a number that is good here.</returns>
    public async Task<TicketStatusAnswer?> Status(HttpContext context, IMediator mediator, string campaign)
    {
        if (Of(context, campaign) is not { } ticket)
            return null;
        try
        {
            return await mediator.Send(new TicketStatus(campaign, ticket), context.RequestAborted);
        }
        catch (Refusal refusal) when (refusal.Code == "ticket-unknown")
        {
            Forget(context, campaign);
            return null;
        }
    }

    /// <summary>True too where a campaign says that it has a room and none stands yet.</summary>
    public async Task<bool> Admitted(HttpContext context, IMediator mediator, string campaign)
    {
        try
        {
            await mediator.Send(new RoomStatus(campaign), context.RequestAborted);
            return await Status(context, mediator, campaign) is { Admitted: true };
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            return true;
        }
    }

    // Names of cookies take letters, digits and dashes: so do codes of campaigns.
    private static string Name(string campaign) => "platform-coda-" + string.Concat(campaign.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
}
