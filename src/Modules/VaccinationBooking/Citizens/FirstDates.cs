using MediatR;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>The first dates at which what is hers to book can be booked, of as many centres as are wanted.</summary>
/// <param name="Near">Codes of the centres to look at, the nearest first: of the same day, the nearer comes first. Null for all.</param>
[OpenToAll("Free places are public.")]
internal sealed record FirstDates(string Campaign, DosesToBook ToBook, int Wanted, IReadOnlyList<string>? Near = null) : IQuery<IReadOnlyList<FirstDate>>
{
    // Each look at a centre is shared by all who look within a moment; still, nobody waits for hundreds.
    private const int LookedAt = 40;

    internal sealed class Handler(CampaignBook campaigns, CentreBoard centres, AvailabilityBoard board, Region region, TimeProvider clock) : IRequestHandler<FirstDates, IReadOnlyList<FirstDate>>
    {
        public async Task<IReadOnlyList<FirstDate>> Handle(FirstDates request, CancellationToken cancellationToken)
        {
            if (await campaigns.Find(request.Campaign) is null)
                return [];
            var near = request.Near?.Select((code, at) => (code, at)).ToDictionary(c => c.code, c => c.at);
            var looked = (await centres.Of(request.Campaign, request.ToBook)).Centres.Where(c => c.NextFree is not null && near?.ContainsKey(c.Code) != false)
                .Select(c => (c.Code, Day: Day(c.NextFree!.Value), At: near?[c.Code] ?? 0, c.NextFree)).OrderBy(c => c.Day).ThenBy(c => c.At).ThenBy(c => c.NextFree).Take(LookedAt);
            var found = new List<(FirstDate Date, int At)>();
            foreach (var centre in looked)
            {
                // Her first date at a centre is never before the centre's: the others are later, or farther, than those that were found.
                if (found.Count(f => Day(f.Date.First) <= centre.Day) >= request.Wanted)
                    break;
                var (places, _) = await board.Of(request.Campaign, centre.Code);
                var pairs = new DosePairs(region, region.DayOf(clock.GetUtcNow()), request.ToBook, places);
                if (pairs.Firsts.FirstOrDefault() is { } first)
                    found.Add((new(centre.Code, first.StartsAt, request.ToBook.Count == 2 ? pairs.Proposed(first)?.StartsAt : null), centre.At));
            }

            return [.. found.OrderBy(f => Day(f.Date.First)).ThenBy(f => f.At).ThenBy(f => f.Date.First).Take(request.Wanted).Select(f => f.Date)];
        }

        private DateOnly Day(DateTime utc) => region.DayOf(new DateTimeOffset(utc, TimeSpan.Zero));
    }
}

/// <param name="First">UTC.</param>
/// <param name="Second">UTC; null for a single dose.</param>
internal sealed record FirstDate(string Centre, DateTime First, DateTime? Second);
