using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Operations;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.Stock;

namespace Platform.Tests.VaccinationBooking;

/// <summary>What is due to a person decides what she books: both doses, the second alone, one after the infection, a booster; of a vaccine for her age.</summary>
public sealed class BeyondTheFirstCourseTests
{
    [Theory, OnEachEngine]
    public async Task Who_had_her_first_dose_elsewhere_books_her_second_alone_of_the_same_vaccine_and_not_too_early(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        var today = app.Region.DayOf(app.Clock.Now);
        await Elsewhere(app, person, DoseKind.First, today.AddDays(-10));
        var answer = await Ask(app, person);
        Assert.Equal((EntitlementState.Entitled, DoseKind.Second, 1, 2, today.AddDays(11)), (answer.State, answer.Dose!.Value, answer.Doses, answer.Places, answer.NotBefore!.Value));

        var (early, right, late, other) = (await app.Slot(2, 1, 5), await app.Slot(2, 1, 15), await app.Slot(2, 1, 60), await app.Slot(2, 1, 15, "spikevax"));
        Assert.Equal("not-for-her", await Refused(() => Book(app, answer, early)));
        Assert.Equal("not-for-her", await Refused(() => Book(app, answer, late)));
        Assert.Equal("not-for-her", await Refused(() => Book(app, answer, other)));
        Assert.Equal("slots-do-not-fit", await Refused(async () => await Book(app, answer, await app.Slot(1, 1, 15))));
        Assert.Equal("doses-missing", await Refused(() => Book(app, answer, right, late)));
        await AccountedFor(app, []);
        // The desk is shown what is hers, and nothing else.
        var desk = await app.Send(new PlacesAtDesk(person.PatientId, VaccinationApp.Campaign, VaccinationApp.Centre), As.CallCentre());
        Assert.Equal([right], desk.Firsts.Select(p => p.Id));
        Assert.Empty(desk.Seconds);
        var booked = await Book(app, answer, right);
        await AccountedFor(app, [2]);
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        desk = await app.Send(new PlacesAtDesk(person.PatientId, VaccinationApp.Campaign, VaccinationApp.Centre), As.CallCentre());
        Assert.Empty(desk.Firsts);
        Assert.All(desk.Seconds, p => Assert.Equal(2, p.Dose));
        Assert.NotEmpty(desk.Seconds);

        // Moved alone, by the same law.
        Assert.Equal("not-for-her", await Refused(() => app.Send(new MoveDose { Id = Guid.CreateVersion7(), Code = booked.Code, FiscalCode = person.FiscalCode, Dose = 2, Slot = early })));
        var moved = await app.Send(new MoveDose { Id = Guid.CreateVersion7(), Code = booked.Code, FiscalCode = person.FiscalCode, Dose = 2, Slot = await app.Slot(2, 1, 18) });
        Assert.Equal(2, Assert.Single(moved.Doses).Dose);
        await AccountedFor(app, [2]);
    }

    [Theory, OnEachEngine]
    public async Task Who_has_recovered_books_one_dose_and_who_has_finished_books_a_booster_where_there_is_one(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        var (recovered, finished) = (people[0], people[1]);
        var today = app.Region.DayOf(app.Clock.Now);
        await app.Send(new NoteRecovery { Person = recovered.PatientId, Disease = "covid-19", PositiveOn = today.AddDays(-80), Source = "Certificato di guarigione" }, As.Sisp("010301"));
        var answer = await Ask(app, recovered);
        Assert.Equal((DoseKind.AfterInfection, 1, 1, today.AddDays(10)), (answer.Dose!.Value, answer.Doses, answer.Places, answer.NotBefore!.Value));
        Assert.Equal("not-for-her", await Refused(async () => await Book(app, answer, await app.Slot(1, 1, 5))));
        await Book(app, answer, await app.Slot(1, 1, 12));

        await Elsewhere(app, finished, DoseKind.First, today.AddDays(-200));
        await Elsewhere(app, finished, DoseKind.Second, today.AddDays(-170));
        Assert.Equal(EntitlementState.NothingDue, (await Ask(app, finished)).State);
        await app.Send(
            new SaveGroup { Id = Guid.CreateVersion7(), Campaign = VaccinationApp.Campaign, NameIt = "Richiami", NameEn = "Boosters", Priority = 2, Doses = GroupDoses.Boosters, BornUntil = new(1981, 12, 31), OpensOn = today },
            As.VaccinationManager());
        // Six months on that day (circolare of 27/09/2021): from the tenth day on.
        var booster = await Ask(app, finished);
        Assert.Equal((EntitlementState.Entitled, DoseKind.Booster, 1, today.AddDays(10)), (booster.State, booster.Dose!.Value, booster.Doses, booster.NotBefore!.Value));
        Assert.Equal("not-for-her", await Refused(async () => await Book(app, booster, await app.Slot(1, 1, 9))));
        await Book(app, booster, await app.Slot(1, 1, 12, "spikevax"));
        await AccountedFor(app, [1], [1]);
        // Five months from 24 November on: another line of the data, and it is due at once.
        app.Clock.Advance(TimeSpan.FromDays(9));
        await app.Send(new CancelBooking { Id = Guid.CreateVersion7(), Pass = (await Ask(app, finished)).Pass });
        Assert.True((await Ask(app, finished)).NotBefore <= app.Region.DayOf(app.Clock.Now));
    }

    [Theory, OnEachEngine]
    public async Task The_ages_of_a_vaccine_hold_in_the_ledger_too(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        await app.Send(
            new SaveGroup { Id = Guid.CreateVersion7(), Campaign = VaccinationApp.Campaign, NameIt = "Tutti", NameEn = "All", Priority = 2, OpensOn = app.Region.DayOf(app.Clock.Now) }, As.VaccinationManager());
        var person = (await app.People(1))[0];
        await app.Db<VaccinationDb, int>(db => db.Vaccinees.Where(v => v.PatientId == person.PatientId).ExecuteUpdateAsync(set => set.SetProperty(v => v.BirthDate, new DateOnly(1980, 3, 1))));
        var answer = await Ask(app, person);
        var (first, second) = (await app.Slot(1, 1, 5, "vaxzevria"), await app.Slot(2, 1, 80, "vaxzevria"));
        Assert.Equal("not-for-her", await Refused(() => Book(app, answer, first, second)));
        Assert.Equal("not-for-her", await Refused(() => app.Send(new HoldPlaces { Id = Guid.CreateVersion7(), Pass = answer.Pass, First = first, Second = second })));
        await AccountedFor(app);
        await Book(app, answer, await app.Slot(1, 1, 5), await app.Slot(2, 1, 35));
        await AccountedFor(app, [1, 2]);
    }

    [Theory, OnEachEngine]
    public async Task Who_came_without_an_appointment_goes_home_with_one_for_her_second_dose(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var nurse = As.VaccinationCentre(VaccinationApp.Centre);
        var person = (await app.People(1))[0];
        var (soon, right) = (await app.Slot(2, 1, 3), await app.Slot(2, 1, 30));
        var arrival = await Vaccinated(app, person, nurse, "comirnaty");
        var detail = await app.Send(new ArrivalDetail(arrival), nurse);
        Assert.Equal(right, Assert.Single(detail.Seconds).Id);
        var book = new BookSecondDose { Id = Guid.CreateVersion7(), Arrival = arrival, Slot = right };
        Assert.Equal("not-for-her", await Refused(() => app.Send(book with { Slot = soon }, nurse)));
        var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => app.Send(book, nurse))));
        Assert.Single(codes.Distinct());
        Assert.Empty((await app.Send(new ArrivalDetail(arrival), nurse)).Seconds);
        await AccountedFor(app, [2]);

        app.Clock.Advance(TimeSpan.FromDays(30));
        var again = await app.Send(new CheckInVaccinee { Centre = VaccinationApp.Centre, Text = codes[0] }, nurse);
        await app.Send(new AssessArrival { Id = again, Consent = ConsentBy.Herself }, nurse);
        var lot = (await app.Send(new StockOfCentre(null), nurse)).Lots[0];
        await app.Send(new GiveDose { Id = Guid.CreateVersion7(), Arrival = again, Lot = lot.Id, Site = InjectionSite.LeftDeltoid }, nurse);
        Assert.Equal(DoseKind.Second, (await app.Send(new ArrivalDetail(again), nurse)).Given!.Kind);
        Assert.Equal(BookingState.Completed, await app.Db<VaccinationDb, BookingState>(db => db.Bookings.Select(b => b.State).SingleAsync()));
    }

    [Theory, OnEachEngine]
    public async Task A_campaign_against_influenza_is_data_alone_and_comes_again_the_next_season(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var (manager, nurse, today) = (As.VaccinationManager(), As.VaccinationCentre(VaccinationApp.Centre), app.Region.DayOf(app.Clock.Now));
        await app.Send(new SaveCampaign { Code = "influenza", NameIt = "Antinfluenzale", NameEn = "Influenza", Disease = "influenza", Doses = 1 }, manager);
        await app.Send(new SaveGroup { Id = Guid.CreateVersion7(), Campaign = "influenza", NameIt = "Tutti", NameEn = "All", Priority = 1, Doses = GroupDoses.All, OpensOn = today.AddDays(-1) }, manager);
        await app.Send(new TurnCampaign { Code = "influenza", To = CampaignState.Open }, manager);
        await app.Send(
            new AddCentreOpening
            {
                Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Campaign = "influenza", Vaccine = "flu-quadrivalent", Weekdays = [.. Enum.GetNames<DayOfWeek>()], From = new(9, 0), To = new(10, 0),
                SlotMinutes = 60, FirstDoses = 2, ValidFrom = today, ValidUntil = today.AddDays(500),
            }, manager);
        var person = (await app.People(1))[0];
        for (var season = 0; season < 2; season++)
        {
            await app.Send(new MakeSlots());
            var answer = await Ask(app, person, "influenza");
            Assert.Equal((EntitlementState.Entitled, 1, season == 0 ? DoseKind.First : DoseKind.Booster), (answer.State, answer.Doses, answer.Dose!.Value));
            var slot = await app.Db<VaccinationDb, VaccinationSlot>(db => db.Slots.Where(s => s.CampaignCode == "influenza" && s.StartsAt > app.Clock.Now.UtcDateTime).OrderBy(s => s.StartsAt).FirstAsync());
            var booked = await Book(app, answer, slot.Id);
            app.Clock.Set(new(slot.StartsAt));
            var arrival = await app.Send(new CheckInVaccinee { Centre = VaccinationApp.Centre, Text = booked.Code }, nurse);
            await Given(app, arrival, nurse, "flu-quadrivalent");
            Assert.Equal(EntitlementState.Entitled, (await Ask(app, person, VaccinationApp.Campaign)).State);
            app.Clock.Advance(TimeSpan.FromDays(330));
        }
    }

    private static Task<EntitlementAnswer> Ask(PlatformApp app, Vaccinee person, string campaign = VaccinationApp.Campaign) =>
        app.Send(new AskEntitlement { Campaign = campaign, FiscalCode = person.FiscalCode, Card = VaccinationApp.Card });

    private static Task<BookedAnswer> Book(PlatformApp app, EntitlementAnswer answer, Guid first, Guid? second = null) =>
        app.Send(new BookVaccination { Id = Guid.CreateVersion7(), Pass = answer.Pass, First = first, Second = second });

    private static Task<Guid> Elsewhere(PlatformApp app, Vaccinee person, DoseKind kind, DateOnly day) =>
        app.Send(new NoteDoseElsewhere { Id = Guid.CreateVersion7(), Person = person.PatientId, Vaccine = "comirnaty", Kind = kind, Day = day, Where = "Francia, certificato verde" }, As.Sisp("010301"));

    private static async Task<Guid> Vaccinated(PlatformApp app, Vaccinee person, Platform.BuildingBlocks.Security.Identity nurse, string vaccine)
    {
        var arrival = await app.Send(new WalkIn { Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode }, nurse);
        await Given(app, arrival, nurse, vaccine);
        return arrival;
    }

    private static async Task Given(PlatformApp app, Guid arrival, Platform.BuildingBlocks.Security.Identity nurse, string vaccine)
    {
        var lot = await app.Send(
            new ChangeStock { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Delivery, Vaccine = vaccine, LotNumber = $"L{app.Clock.Now:yyMMdd}", ExpiresOn = new(2030, 1, 1), Doses = 50 }, nurse);
        await app.Send(new AssessArrival { Id = arrival, Consent = ConsentBy.Herself }, nurse);
        await app.Send(new GiveDose { Id = Guid.CreateVersion7(), Arrival = arrival, Lot = lot, Site = InjectionSite.LeftDeltoid }, nurse);
    }

    private static async Task<string> Refused(Func<Task> order) => (await Assert.ThrowsAsync<Refusal>(order)).Code;

    /// <param name="bookings">The doses of each open booking.</param>
    private static async Task AccountedFor(PlatformApp app, params int[][] bookings)
    {
        await app.PlacesAreAccountedFor();
        var open = await app.Db<VaccinationDb, List<Booking>>(db => db.Bookings.Include(b => b.Appointments).Where(b => b.State == BookingState.Booked).ToListAsync());
        Assert.Equal(bookings.Where(b => b.Length > 0).Select(b => string.Join(' ', b)).Order(), open.Select(b => string.Join(' ', b.Appointments.Select(a => a.Dose).Order())).Order());
    }
}
