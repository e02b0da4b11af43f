using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Stock;

namespace Platform.Tests.VaccinationBooking;

/// <summary>The day of a centre, from who comes to what is left in the fridge.</summary>
public sealed class CentreDayTests
{
    [Theory, OnEachEngine]
    public async Task She_comes_to_her_appointment_answers_consents_has_her_dose_and_goes_home(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var nurse = As.VaccinationCentre(VaccinationApp.Centre);
        var (person, code) = await Booked(app);
        var lot = await app.Send(Delivery(10), nurse);

        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, (await app.Send(new DayOfCentre(), nurse)).Expected);
        var arrival = await app.Send(new CheckInVaccinee { Centre = VaccinationApp.Centre, Text = Booking.Shown(code) }, nurse);
        Assert.Equal(arrival, await app.Send(new CheckInVaccinee { Centre = VaccinationApp.Centre, Text = person.FiscalCode }, nurse));

        var give = new GiveDose { Id = Guid.CreateVersion7(), Arrival = arrival, Lot = lot, Site = InjectionSite.LeftDeltoid };
        Assert.Equal("not-assessed", (await Assert.ThrowsAsync<Refusal>(() => app.Send(give, nurse))).Code);
        Assert.Equal("consent-missing", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new AssessArrival { Id = arrival }, nurse))).Code);
        Assert.Equal("doctor-missing", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new AssessArrival { Id = arrival, Consent = ConsentBy.Herself, Yes = ["allergy"] }, nurse))).Code);
        await app.Send(new AssessArrival { Id = arrival, Consent = ConsentBy.Herself, Yes = ["allergy"], Note = "Reazione lieve, può riceverla" }, nurse);
        // A double click is one dose.
        var twice = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.Send(give, nurse))));
        Assert.All(twice, d => Assert.Equal(give.Id, d));
        Assert.Equal("observation-too-short", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new EndObservation(give.Id), nurse))).Code);
        await app.Send(new ReportAdverseEvent { Id = Guid.CreateVersion7(), Dose = give.Id, Reactions = ["faint"] }, nurse);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await app.Send(new EndObservation(give.Id), nurse);

        var stock = await app.Send(new StockOfCentre(null), nurse);
        Assert.Equal(9, Assert.Single(stock.Lots).Doses);
        Assert.Equal(5, Assert.Single(stock.Vials).Left); // of six in a vial of Comirnaty
        var detail = await app.Send(new ArrivalDetail(arrival), nurse);
        Assert.Equal((DoseKind.First, "LOT1"), (detail.Given!.Kind, detail.Given.LotNumber));
        Assert.Equal(DoseKind.Second, detail.Due.Kind);
        Assert.Single(detail.Events);
        await app.Drain();
        await app.EveryPlaceIsAccountedFor();
        await app.StockAddsUp();

        // By mistake: the lot has it back, and she may have it after all.
        await app.Send(new AnnulDose { Dose = give.Id, Why = "Persona scambiata" }, nurse);
        Assert.Equal(10, (await app.Send(new StockOfCentre(null), nurse)).Lots[0].Doses);
        await app.Send(give with { Id = Guid.CreateVersion7() }, nurse);
        await app.StockAddsUp();
    }

    [Theory, OnEachEngine]
    public async Task The_last_doses_of_a_lot_are_given_once_however_many_want_them(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var nurse = As.VaccinationCentre(VaccinationApp.Centre);
        var lot = await app.Send(Delivery(5), nurse);
        var arrivals = new List<Guid>();
        foreach (var person in await app.People(12))
        {
            var id = await app.Send(new WalkIn { Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode }, nurse);
            await app.Send(new AssessArrival { Id = id, Consent = ConsentBy.Herself }, nurse);
            arrivals.Add(id);
        }

        var given = await Task.WhenAll(arrivals.Select(a => Task.Run(async () =>
        {
            try
            {
                await app.Send(new GiveDose { Id = Guid.CreateVersion7(), Arrival = a, Lot = lot, Site = InjectionSite.RightDeltoid }, nurse);
                return true;
            }
            catch (Refusal refusal)
            {
                Assert.Equal("stock-gone", refusal.Code);
                return false;
            }
        })));
        Assert.Equal(5, given.Count(g => g));
        await app.StockAddsUp();
    }

    [Theory, OnEachEngine]
    public async Task What_can_be_booked_in_the_days_ahead_is_bounded_by_the_doses_in_the_fridge(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var nurse = As.VaccinationCentre(VaccinationApp.Centre);
        var today = app.Region.DayOf(app.Clock.Now);
        await app.Send(
            new AddCentreOpening
            {
                Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, Vaccine = "comirnaty", Weekdays = [.. Enum.GetNames<DayOfWeek>()], From = new(9, 0),
                To = new(10, 0), SlotMinutes = 60, FirstDoses = 4, SecondDoses = 2, ValidFrom = today.AddDays(1), ValidUntil = today.AddDays(60),
            }, As.VaccinationManager());
        Assert.Equal(0, await app.Send(new MakeSlots())); // twice makes nothing double
        async Task<int> Near() => await app.Db<VaccinationDb, int>(db => db.Slots.Where(s => s.StartsAt < app.Region.UtcOf(today.AddDays(7), TimeOnly.MinValue)).SumAsync(s => s.Capacity));
        Assert.Equal(36, await Near());
        await app.Send(Delivery(10), nurse);
        Assert.Equal(10, await Near());
        await app.Send(new ChangeStock { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Correction, Vaccine = "comirnaty", LotNumber = "lot1", Doses = -3, Note = "Conteggio" }, nurse);
        Assert.Equal(7, await Near());
        Assert.Equal("stock-gone", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            new ChangeStock { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Discarded, Vaccine = "comirnaty", LotNumber = "LOT1", Doses = 8, Note = "Frigorifero guasto" }, nurse))).Code);
        await app.Send(Delivery(100), nurse);
        Assert.Equal(36, await Near());
    }

    [Theory, OnEachEngine]
    public async Task Who_did_not_come_is_noted_and_an_infection_or_a_dose_elsewhere_changes_what_is_due(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var nurse = As.VaccinationCentre(VaccinationApp.Centre);
        await Booked(app);
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await app.Send(new NoteNoShows()));
        Assert.Equal(0, await app.Send(new NoteNoShows()));
        // The place of her second dose is free again.
        Assert.Equal(1, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
        await app.EveryPlaceIsAccountedFor();

        var person = (await app.People(1))[0];
        Assert.Equal("check-in-unknown", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CheckInVaccinee { Centre = VaccinationApp.Centre, Text = person.FiscalCode }, nurse))).Code);
        var arrival = await app.Send(new WalkIn { Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode }, nurse);
        var today = app.Region.DayOf(app.Clock.Now);
        await app.Send(new NoteRecovery { Person = arrival, Disease = "covid-19", PositiveOn = today.AddDays(-120), Source = "Certificato di guarigione" }, nurse);
        Assert.Equal(DoseKind.AfterInfection, (await app.Send(new ArrivalDetail(arrival), nurse)).Due.Kind);
        var elsewhere = new NoteDoseElsewhere { Id = Guid.CreateVersion7(), Person = arrival, Vaccine = "comirnaty", Kind = DoseKind.First, Day = today.AddDays(-60), Where = "Francia, certificato verde" };
        Assert.Equal(await app.Send(elsewhere, nurse), await app.Send(elsewhere, nurse));
        Assert.Equal("dose-there", (await Assert.ThrowsAsync<Refusal>(() => app.Send(elsewhere with { Id = Guid.CreateVersion7() }, nurse))).Code);
        Assert.Equal(DoseKind.Second, (await app.Send(new ArrivalDetail(arrival), nurse)).Due.Kind);

        // Another centre sees nothing of hers.
        var other = As.VaccinationCentre("CV-005");
        Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ArrivalDetail(arrival), other))).Code);
        Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new NoteRecovery { Person = arrival, Disease = "covid-19", PositiveOn = today, Source = "x" }, other))).Code);
    }

    private static ChangeStock Delivery(int doses) => new()
    {
        Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Delivery, Vaccine = "comirnaty", LotNumber = "lot1", ExpiresOn = new(2030, 1, 1), Doses = doses,
    };

    private static async Task<(Platform.VaccinationBooking.People.Vaccinee Person, string Code)> Booked(PlatformApp app)
    {
        var person = (await app.People(1))[0];
        var answer = (await app.AtOnce([app.Order(person.PatientId, await app.Slot(1, 1, 1), await app.Slot(2, 1, 29))]))[0];
        Assert.Equal(LedgerOutcome.Done, answer.Outcome);
        return (person, answer.Code!);
    }
}
