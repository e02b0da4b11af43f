using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Centres;

/// <summary>The centres of a campaign, the nearest first where one says where one is, else those with the first free day first.</summary>
/// <param name="Where">A municipality's name or a post code.</param>
/// <param name="Dose">Whose places are meant, where nobody has been recognised.</param>
/// <param name="ToBook">What is a person's to book: other centres and places are not shown.</param>
[OpenToAll("Centres and their free days are public.")]
internal sealed record CentresNear(string Campaign, string? Where = null, double? Latitude = null, double? Longitude = null, int Dose = 1, DosesToBook? ToBook = null) : IQuery<CentresAnswer>
{
    internal sealed class Handler(CampaignBook campaigns, CentreBoard board, Region region) : IRequestHandler<CentresNear, CentresAnswer>
    {
        public async Task<CentresAnswer> Handle(CentresNear request, CancellationToken cancellationToken)
        {
            if (await campaigns.Find(request.Campaign) is not { Campaign.State: not CampaignState.Draft })
                throw Refusal.NotFound();
            var (centres, at) = await (request.ToBook is { } hers ? board.Of(request.Campaign, hers) : board.Of(request.Campaign, request.Dose));
            var named = string.IsNullOrWhiteSpace(request.Where) ? null : Whereabouts.Named(region, request.Where);
            var from = named is not null ? Whereabouts.Of(named, centres)
                : request is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 } ? new Whereabouts(null, request.Latitude, request.Longitude, true) : null;
            var rows = centres.Select(c => new NearCentre(c, region.FindMunicipality(c.MunicipalityIstat)?.Name ?? "", from?.KilometresTo(c)))
                .OrderBy(r => r.Centre.NextFree is null);
            var ordered = from is null ? rows.ThenBy(r => r.Centre.NextFree)
                : rows.ThenByDescending(r => named?.Istat == r.Centre.MunicipalityIstat).ThenBy(r => r.Kilometres ?? double.MaxValue).ThenBy(r => r.Centre.NextFree);
            return new(
                at.UtcDateTime, (int)CentreBoard.Fresh.TotalSeconds, named?.Name, named is null && !string.IsNullOrWhiteSpace(request.Where),
                [.. ordered.ToList().Select(r => from is { Exact: true } && r.Centre.MunicipalityIstat != named?.Istat ? r : r with { Kilometres = null })]);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder api) =>
            api.MapGet("/vaccination/campaigns/{campaign}/centres",
                    async (string campaign, [FromQuery] string? where, [FromQuery] double? latitude, [FromQuery] double? longitude, [FromQuery] int? dose, HttpContext http, [FromServices] IMediator mediator, CancellationToken cancellation) =>
                    {
                        var answer = await mediator.Send(new CentresNear(campaign, where, latitude, longitude, dose ?? 1), cancellation);
                        http.Response.Headers.CacheControl = $"public, max-age={answer.FreshSeconds}";
                        return Answer.Json(answer);
                    })
                .WithMetadata(new PublicQuota("Vaccination:AvailabilityPerMinute", 300)).WithExample(null, Examples.Centres, Examples.Campaign).WithTags("Vaccinazioni").WithSummary("Centres of a campaign with their first free day and the instant it was read; nearest first with ?where= (municipality or post code) or coordinates; with ?dose=2 for who has had her first.")
                .Produces<CentresAnswer>().ProducesProblem(StatusCodes.Status404NotFound);
    }
}

/// <param name="Kilometres">As the crow flies; null where the one place or the other is not known.</param>
internal sealed record NearCentre(CentreSheet Centre, string Municipality, double? Kilometres);

/// <param name="ReadAt">UTC: how old this is.</param>
/// <param name="Municipality">That was understood.</param>
/// <param name="Unknown">The region has no such municipality or post code.</param>
internal sealed record CentresAnswer(DateTime ReadAt, int FreshSeconds, string? Municipality, bool Unknown, IReadOnlyList<NearCentre> Centres);
