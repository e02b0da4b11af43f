using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The first dates at which both doses can be booked, centre by centre.</summary>
/// <param name="Centres">Codes; the first that have a free day are looked at.</param>
/// <param name="ToBook">What is hers to book.</param>
[OpenToAll("Free places are public.")]
internal sealed record FirstDates(string Campaign, IReadOnlyList<string> Centres, DosesToBook ToBook) : IQuery<IReadOnlyList<FirstDate>>
{
    private const int LookedAt = 8;

    internal sealed class Handler(CampaignBook campaigns, AvailabilityBoard board, Region region, TimeProvider clock) : IRequestHandler<FirstDates, IReadOnlyList<FirstDate>>
    {
        public async Task<IReadOnlyList<FirstDate>> Handle(FirstDates request, CancellationToken cancellationToken)
        {
            if (await campaigns.Find(request.Campaign) is null)
                return [];
            var found = new List<FirstDate>();
            foreach (var centre in request.Centres.Take(LookedAt))
            {
                var (places, _) = await board.Of(request.Campaign, centre);
                var pairs = new DosePairs(region, region.DayOf(clock.GetUtcNow()), request.ToBook, places);
                if (pairs.Firsts.FirstOrDefault() is { } first)
                    found.Add(new(centre, first.StartsAt, request.ToBook.Count == 2 ? pairs.Proposed(first)?.StartsAt : null));
            }

            return [.. found.OrderBy(f => f.First)];
        }
    }
}

/// <param name="First">UTC.</param>
/// <param name="Second">UTC; null for a single dose.</param>
internal sealed record FirstDate(string Centre, DateTime First, DateTime? Second);
