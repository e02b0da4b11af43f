using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Days and hours at a centre: of the first dose, and of a second that goes with it. What is not chosen, or no longer fits what is, is
/// proposed: the first place, and the day that is recommended.</summary>
/// <param name="ToBook">What is hers to book.</param>
/// <param name="FirstDay">Local.</param>
[OpenToAll("Free places are public.")]
internal sealed record DatesAt(string Campaign, string Centre, DosesToBook ToBook, DateOnly? FirstDay = null, Guid? First = null, DateOnly? SecondDay = null, Guid? Second = null)
    : IQuery<DatesAnswer>
{
    internal sealed class Handler(CampaignBook campaigns, CentreBoard centres, AvailabilityBoard board, Region region, TimeProvider clock) : IRequestHandler<DatesAt, DatesAnswer>
    {
        public async Task<DatesAnswer> Handle(DatesAt request, CancellationToken cancellationToken)
        {
            if (await campaigns.Find(request.Campaign) is null)
                throw Refusal.NotFound();
            var centre = (await centres.Of(request.Campaign, request.ToBook)).Centres.FirstOrDefault(c => c.Code == request.Centre);
            var (places, at) = await board.Of(request.Campaign, request.Centre);
            var pairs = new DosePairs(region, region.DayOf(clock.GetUtcNow()), request.ToBook, places);
            var firsts = pairs.Firsts.ToLookup(p => DosePairs.DayOf(region, p));
            List<DateOnly> firstDays = [.. firsts.Select(d => d.Key).Order()];
            if (centre is null || firstDays.Count == 0)
                return new(at.UtcDateTime, centre, request.ToBook.Count, [], [], [], [], null, null);

            var day = request.FirstDay is { } wanted && firstDays.Contains(wanted) ? wanted : firstDays[0];
            List<FreePlaces> hours = [.. firsts[day]];
            var first = hours.Find(p => p.Id == request.First) ?? hours[0];
            if (request.ToBook.Count < 2)
                return new(at.UtcDateTime, centre, request.ToBook.Count, firstDays, hours, [], [], first, null);

            List<DateOnly> secondDays = [.. pairs.SecondDays(first)];
            var proposed = pairs.Proposed(first)!;
            var later = request.SecondDay is { } asked && secondDays.Contains(asked) ? asked : DosePairs.DayOf(region, proposed);
            List<FreePlaces> seconds = [.. pairs.SecondsOn(first, later)];
            return new(
                at.UtcDateTime, centre, request.ToBook.Count, firstDays, hours, secondDays, seconds, first,
                seconds.Find(p => p.Id == request.Second) ?? seconds.Find(p => p.Id == proposed.Id) ?? seconds[0]);
        }
    }
}

/// <param name="ReadAt">UTC: how old this is.</param>
/// <param name="Centre">Null where citizens cannot choose it any more.</param>
/// <param name="First">Chosen or proposed; null where nothing is free.</param>
internal sealed record DatesAnswer(
    DateTime ReadAt, CentreSheet? Centre, int Doses, IReadOnlyList<DateOnly> FirstDays, IReadOnlyList<FreePlaces> FirstHours,
    IReadOnlyList<DateOnly> SecondDays, IReadOnlyList<FreePlaces> SecondHours, FreePlaces? First, FreePlaces? Second);
