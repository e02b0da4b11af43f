using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Defence;

/// <summary>The task for a form. One that she has already, and has not used, stays hers: the seconds that have passed since count.</summary>
[OpenToAll("Whoever asks gets a task, and nothing else.")]
internal sealed record AskChallenge(string Campaign, string Address, string? Mine = null) : IQuery<ChallengeAnswer>
{
    internal sealed class Handler(CampaignBook campaigns, Guard guard, Texts texts) : IRequestHandler<AskChallenge, ChallengeAnswer>
    {
        public async Task<ChallengeAnswer> Handle(AskChallenge request, CancellationToken cancellationToken)
        {
            if (await campaigns.Find(request.Campaign) is not { Campaign: { State: not CampaignState.Draft } campaign })
                throw Refusal.NotFound();
            var (text, task) = guard.Open(request.Mine, request.Campaign) is { } mine ? (request.Mine!, mine) : guard.Give(campaign, request.Address);
            string Word(int number) => Challenge.NumberIn(Texts.Italian, number);
            return new(guard.IsOn(campaign), text, task.Bits, texts["Quanto fa {0} più {1}?", Word(task.One), Word(task.Other)]);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/vaccination/campaigns/{campaign}/challenge", async (string campaign, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                {
                    http.Response.Headers.CacheControl = "no-store";
                    return Answer.Json(await mediator.Send(new AskChallenge(campaign, http.Address()), cancellation));
                })
                .WithExample(null, Examples.Challenge, Examples.Campaign).WithTags("Vaccinazioni").WithSummary("A task to show that one is not a script, where `needed`: SHA-256 of nonce, typed and work begins with so many noughts. See docs/vaccination/waiting-room.md.")
                .Produces<ChallengeAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
    }
}

/// <param name="Needed">Numbers and passes are given against proof alone at this moment.</param>
/// <param name="Challenge">To be sent back; before its first point stands the nonce.</param>
/// <param name="Question">In the reader's language, for who runs no script.</param>
internal sealed record ChallengeAnswer(bool Needed, string Challenge, int Bits, string Question);
