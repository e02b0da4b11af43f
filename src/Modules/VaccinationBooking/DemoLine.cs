using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Citizens;
using Platform.VaccinationBooking.Offers;
using Platform.VaccinationBooking.Operations;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking;

/// <summary>What happens around the bookings of the demonstration: a queue that opens tomorrow, a centre that closed and one that is going to, people who wait
/// for a place and an offer to answer.</summary>
internal sealed class DemoLine(VaccinationDb db, IMediator mediator, IServiceProvider services, OfferPlaces offers, CampaignBook campaigns, Region region, TimeProvider clock) : IDemoSeed
{
    private const string Young = "covid-18";
    private const int Moved = 6;
    private const int Waiting = 3;

    public int Order => 51;

    public string Title => "Vaccinations: queue, closures, offers";

    public async Task Seed(IProgress<string> said, CancellationToken cancellation)
    {
        if (await db.BulkOperations.AnyAsync(cancellation))
        {
            said.Report("already there");
            return;
        }

        var today = region.DayOf(clock.GetUtcNow());
        await Queue(today, cancellation);
        said.Report($"the queue of {Young} opens tomorrow at 8");
        await Close(region.Vaccination.Places[1].Code, today.AddDays(2), start: true, cancellation);
        await Close(region.Vaccination.Places[0].Code, today.AddDays(21), start: false, cancellation);
        said.Report("one closure done, one prepared");
        said.Report(await Line(today, cancellation));
    }

    private async Task Queue(DateOnly today, CancellationToken cancellation)
    {
        await mediator.Send(new SaveCampaign { Code = Young, NameIt = "Anti COVID-19, dai 18 anni", NameEn = "COVID-19, aged 18 and over", Disease = "covid-19", Doses = 2 }, cancellation);
        await mediator.Send(
            new SaveGroup
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), Campaign = Young, Priority = 1, NameIt = "Dai 18 anni", NameEn = "Aged 18 and over", BornUntil = today.AddYears(-18), OpensOn = today.AddDays(1),
            }, cancellation);
        foreach (var place in region.Vaccination.Places.Take(4))
        {
            await mediator.Send(
                new AddCentreOpening
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()), Centre = place.Code, Campaign = Young, Vaccine = "comirnaty", Weekdays = [.. Enum.GetNames<DayOfWeek>()], From = new(14, 0), To = new(18, 0),
                    SlotMinutes = 60, FirstDoses = 4, SecondDoses = 4, ValidFrom = today.AddDays(2), ValidUntil = today.AddDays(60),
                }, cancellation);
        }

        await mediator.Send(new TurnCampaign { Code = Young, To = CampaignState.Open }, cancellation);
        await mediator.Send(new PrepareRoom { Campaign = Young, Day = today.AddDays(1), Time = new(8, 0) }, cancellation);
    }

    /// <summary>With bookings at the centre, so that somebody is concerned.</summary>
    private async Task Close(string centre, DateOnly day, bool start, CancellationToken cancellation)
    {
        if (start)
            await services.DemoBookings().Make(DemoVaccination.Covid, centre, region.UtcOf(day, TimeOnly.MinValue), Moved, cancellation);
        var id = await mediator.Send(
            new PrepareOperation
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()), Kind = BulkKind.CentreClosed, Centre = centre, FromDay = day, ToDay = start ? day : day.AddDays(4), Why = start ? "Guasto all’impianto elettrico" : "Lavori nella sala d’attesa",
            }, cancellation);
        if (!start)
            return;
        await mediator.Send(new StartOperation(id), cancellation);
        await services.GetRequiredService<Courier>().Drain(cancellation);
    }

    private async Task<string> Line(DateOnly today, CancellationToken cancellation)
    {
        var people = await db.Vaccinees.AsNoTracking().Where(v => v.BirthDate < today.AddYears(-60) && !v.Deceased && v.FiscalCode != null && v.MunicipalityIstat != null && !db.Bookings.Any(b => b.PatientId == v.PatientId)
            && !db.Doses.Any(d => d.PatientId == v.PatientId)).OrderBy(v => v.FiscalCode).Take(Waiting).ToListAsync(cancellation);
        foreach (var (person, i) in people.Select((p, i) => (p, i)))
        {
            await mediator.Send(
                new AskForPlace
                {
                    Campaign = DemoVaccination.Covid, FiscalCode = person.FiscalCode, Card = DemoVaccination.Card, Kind = i == 0 ? WishKind.StandBy : WishKind.NearMe, Municipality = person.MunicipalityIstat, Email = $"attesa{i}@example.org",
                }, cancellation);
        }

        await offers.Offer((await campaigns.Find(DemoVaccination.Covid))!.Campaign, WishKind.NearMe, cancellation);
        var offer = await db.Offers.AsNoTracking().OrderBy(o => o.Id).FirstOrDefaultAsync(cancellation);
        return offer is null ? "no place to offer"
            : $"an offer to answer at /vaccini/offerta until {region.Hour(offer.ExpiresAt)}: {Booking.Shown(offer.Code)}, {people.Find(p => p.PatientId == offer.PatientId)?.FiscalCode}";
    }
}
