using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Centres;

/// <summary>A slot that has places.</summary>
/// <param name="StartsAt">UTC.</param>
[Shows(FieldClass.Work)]
internal sealed record FreePlaces(Guid Id, string Centre, string Vaccine, int Dose, DateTime StartsAt, int Free);

/// <summary>The free places of a campaign's centre as they were a moment ago, and when that was: one question to the database a second
/// however many look. A place that is gone meanwhile is told at booking.</summary>
internal sealed class AvailabilityBoard : IDisposable
{
    // From so many free places on, how long the board may be shown: the fewer there are, the sooner one who chooses by an old board finds hers gone.
    private static readonly (int Places, TimeSpan Shown)[] Ages = [(1000, TimeSpan.FromSeconds(6)), (200, TimeSpan.FromSeconds(2)), (0, TimeSpan.FromSeconds(1))];

    // A crowd that looks at a hundred centres opens a few connections and no more: the fewer the sessions, the quicker each.
    private const int ReadersAtOnce = 2;

    private readonly SemaphoreSlim readers = new(ReadersAtOnce);
    private readonly IServiceScopeFactory scopes;
    private readonly Boards<(string Campaign, string Centre), IReadOnlyList<FreePlaces>> boards;
    private readonly Boards<bool, int> givenBack;
    private readonly KnownSlots known;

    public AvailabilityBoard(IServiceScopeFactory scopes, KnownSlots known, TimeProvider clock)
    {
        (this.scopes, this.known) = (scopes, known);
        boards = new(FreshOf, clock, (key, now) => Read(key.Campaign, key.Centre, now));
        givenBack = new(_ => TimeSpan.FromSeconds(1), clock, (_, _) => GiveBack());
    }

    public async Task<(IReadOnlyList<FreePlaces> Places, DateTimeOffset At)> Of(string campaign, string centre)
    {
        var (places, at) = await boards.Of((campaign, centre));
        return places.Any(p => known.GoneSince(at, p.Id)) ? ([.. places.Where(p => !known.GoneSince(at, p.Id))], at) : (places, at);
    }

    /// <summary>How long a board may be shown, by the dose that is scarcer.</summary>
    public static TimeSpan FreshOf(IReadOnlyList<FreePlaces> places)
    {
        var scarcer = places.GroupBy(p => p.Dose).Select(d => d.Sum(p => p.Free)).DefaultIfEmpty().Min();
        return Ages.First(a => scarcer >= a.Places).Shown;
    }

    public void Dispose() => readers.Dispose();

    private async Task<int> GiveBack()
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<GiveBackHolds>().GiveBack(default);
    }

    private async Task<IReadOnlyList<FreePlaces>> Read(string campaign, string centre, DateTimeOffset now)
    {
        // What was kept and not confirmed is shown as free at once, not at the next minute.
        await givenBack.Of(true);
        await readers.WaitAsync();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var places = await scope.ServiceProvider.GetRequiredService<VaccinationDb>().Slots.AsNoTracking()
                .Where(s => s.CampaignCode == campaign && s.CentreCode == centre && s.StartsAt > now.UtcDateTime && !s.Closed && s.Taken < s.Capacity)
                .OrderBy(s => s.StartsAt).Select(s => new FreePlaces(s.Id, s.CentreCode, s.VaccineCode, s.Dose, s.StartsAt, s.Capacity - s.Taken)).ToListAsync();
            known.Saw(places);
            return places;
        }
        finally
        {
            readers.Release();
        }
    }
}

/// <summary>What is free at a centre: the slots of a dose, or those that go with a first dose already chosen.</summary>
[OpenToAll("Free places are public.")]
internal sealed record Availability(string Campaign, string Centre, Guid? First, int Dose = 1) : IQuery<AvailabilityAnswer>
{
    internal sealed class Handler(AvailabilityBoard board, CampaignBook campaigns, Region region, TimeProvider clock) : IRequestHandler<Availability, AvailabilityAnswer>
    {
        public async Task<AvailabilityAnswer> Handle(Availability request, CancellationToken cancellationToken)
        {
            if (await campaigns.Find(request.Campaign) is not { Campaign.State: not CampaignState.Draft })
                throw Refusal.NotFound();
            var (places, at) = await board.Of(request.Campaign, request.Centre);
            if (request.First is not { } chosen)
                return new(at.UtcDateTime, (int)AvailabilityBoard.FreshOf(places).TotalSeconds, [.. places.Where(p => p.Dose == request.Dose)]);
            var first = places.FirstOrDefault(p => p.Id == chosen)
                ?? throw new Refusal("slot-gone", "Il posto per la dose {0} non è più libero: ne scelga un altro. Non ha perso niente di quello che aveva.", 1);
            var interval = region.Vaccination.IntervalOf(first.Vaccine, region.DayOf(clock.GetUtcNow()));
            var day = region.DayOf(new DateTimeOffset(first.StartsAt, TimeSpan.Zero));
            return new(at.UtcDateTime, (int)AvailabilityBoard.FreshOf(places).TotalSeconds,
            [
                .. places.Where(p => p.Dose == 2 && p.Vaccine == first.Vaccine && interval?.Allows(day, region.DayOf(new DateTimeOffset(p.StartsAt, TimeSpan.Zero))) == true),
            ]);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/vaccination/campaigns/{campaign}/centres/{centre}/availability",
                    async (string campaign, string centre, [FromQuery] Guid? first, [FromQuery] int? dose, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                    {
                        var answer = await mediator.Send(new Availability(campaign, centre, first, dose ?? 1), cancellation);
                        http.Response.Headers.CacheControl = $"public, max-age={answer.FreshSeconds}";
                        return Answer.Json(answer);
                    })
                .WithMetadata(new PublicQuota("Vaccination:AvailabilityPerMinute", 300)).WithExample(null, Examples.Availability, Examples.Campaign, Examples.Centre).WithTags("Vaccinazioni").WithSummary("Free places at a centre, with the instant they were read; with ?first= the second doses that go with it, with ?dose=2 those of who has had her first.")
                .Produces<AvailabilityAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
    }
}

/// <param name="ReadAt">UTC: how old this is.</param>
/// <param name="FreshSeconds">It may be cached so long.</param>
internal sealed record AvailabilityAnswer(DateTime ReadAt, int FreshSeconds, IReadOnlyList<FreePlaces> Slots);
