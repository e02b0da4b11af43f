using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.People;

namespace Platform.VaccinationBooking.Operations;

/// <summary>Where an operator may book: also centres that citizens do not choose by themselves.</summary>
[Requires(VaccinationModule.MayBook)]
internal sealed record CentresToBook : IQuery<IReadOnlyList<Centre>>
{
    internal sealed class Handler(VaccinationDb db) : IRequestHandler<CentresToBook, IReadOnlyList<Centre>>
    {
        public async Task<IReadOnlyList<Centre>> Handle(CentresToBook request, CancellationToken cancellationToken) =>
            await db.Centres.AsNoTracking().OrderBy(c => c.Name).ToListAsync(cancellationToken);
    }
}

/// <summary>What is free at a centre for who calls: to book, what is hers by age, vaccine and day; to move, the places of each dose that she has to come.</summary>
/// <param name="First">The first dose chosen: the second doses that go with it.</param>
[Requires(VaccinationModule.MayBook)]
internal sealed record PlacesAtDesk(Guid PatientId, string Campaign, string Centre, Guid? First = null) : IQuery<PlacesAtDeskAnswer>
{
    internal sealed class Handler(VaccinationDb db, CampaignBook campaigns, AvailabilityBoard board, ICurrentUser user, Region region, TimeProvider clock)
        : IRequestHandler<PlacesAtDesk, PlacesAtDeskAnswer>
    {
        public async Task<PlacesAtDeskAnswer> Handle(PlacesAtDesk request, CancellationToken cancellationToken)
        {
            var person = await db.Vaccinees.AsNoTracking().Within(Vaccinee.Scope, user, VaccinationModule.MayBook)
                .SingleOrDefaultAsync(v => v.PatientId == request.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            var page = await campaigns.Find(request.Campaign) ?? throw Refusal.NotFound();
            var (places, _) = await board.Of(request.Campaign, request.Centre);
            var open = Booking.OpenKeyOf(page.Campaign.Code, person.PatientId);
            var booked = await db.Bookings.Where(b => b.OpenKey == open).SelectMany(b => b.Appointments).Where(a => a.State == AppointmentState.Booked || a.State == AppointmentState.NoShow)
                .Select(a => a.Dose).ToListAsync(cancellationToken);
            if (booked.Count > 0)
                return new([.. places.Where(p => p.Dose == 1 && booked.Contains(1))], [.. places.Where(p => p.Dose == 2 && booked.Contains(2))]);
            var now = clock.GetUtcNow();
            if ((await db.TurnOf(page, person.PatientId, person.BirthDate, region, now.UtcDateTime, cancellationToken)).ToBook is not { } hers)
                return new([], []);
            var pairs = new DosePairs(region, region.DayOf(now), hers, places);
            List<FreePlaces> firsts = [.. pairs.Firsts];
            return new(firsts, firsts.Find(p => p.Id == request.First) is { } first ? [.. pairs.SecondDays(first).SelectMany(d => pairs.SecondsOn(first, d))] : []);
        }
    }
}

/// <param name="Firsts">To choose first: also who has one dose alone to book.</param>
[Shows(FieldClass.Work)]
internal sealed record PlacesAtDeskAnswer(IReadOnlyList<FreePlaces> Firsts, IReadOnlyList<FreePlaces> Seconds);
