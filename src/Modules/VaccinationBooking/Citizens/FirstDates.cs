using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The first dates at which what is hers to book can be booked, of as many centres as are wanted.</summary>
/// <param name="Only">Of these centres alone.</param>
[OpenToAll("Free places are public.")]
internal sealed record FirstDates(string Campaign, DosesToBook ToBook, int Wanted, IReadOnlyCollection<string>? Only = null) : IQuery<IReadOnlyList<FirstDate>>
{
    // Each look at a centre is shared by all who look within a moment; still, nobody waits for hundreds.
    private const int LookedAt = 40;

    internal sealed class Handler(CampaignBook campaigns, CentreBoard centres, AvailabilityBoard board, Region region, TimeProvider clock) : IRequestHandler<FirstDates, IReadOnlyList<FirstDate>>
    {
        public async Task<IReadOnlyList<FirstDate>> Handle(FirstDates request, CancellationToken cancellationToken)
        {
            if (await campaigns.Find(request.Campaign) is null)
                return [];
            var found = new List<FirstDate>();
            foreach (var centre in (await centres.Of(request.Campaign, request.ToBook)).Centres.Where(c => c.NextFree is not null && request.Only?.Contains(c.Code) != false).OrderBy(c => c.NextFree).Take(LookedAt))
            {
                // Her first date at a centre is never before the centre's: the others are later than those that were found.
                if (found.Count(f => f.First <= centre.NextFree) >= request.Wanted)
                    break;
                var (places, _) = await board.Of(request.Campaign, centre.Code);
                var pairs = new DosePairs(region, region.DayOf(clock.GetUtcNow()), request.ToBook, places);
                if (pairs.Firsts.FirstOrDefault() is { } first)
                    found.Add(new(centre.Code, first.StartsAt, request.ToBook.Count == 2 ? pairs.Proposed(first)?.StartsAt : null));
            }

            return [.. found.OrderBy(f => f.First).Take(request.Wanted)];
        }
    }
}

/// <param name="First">UTC.</param>
/// <param name="Second">UTC; null for a single dose.</param>
internal sealed record FirstDate(string Centre, DateTime First, DateTime? Second);
