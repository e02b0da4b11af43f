using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Operations;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Operators book for who calls; a closure, a stopped vaccine, another interval move everybody concerned, watched and in one piece.</summary>
public sealed class OperationsTests
{
    [Theory, OnEachEngine]
    public async Task The_call_centre_books_moves_and_cancels_for_who_calls_and_an_asl_only_for_its_own(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        var (first, second, later) = (await app.Slot(1, 1, 3), await app.Slot(2, 1, 30), await app.Slot(2, 1, 32));
        var call = As.CallCentre();
        Assert.Equal(person.PatientId, await app.Send(new FindCitizen { FiscalCode = person.FiscalCode!.ToLowerInvariant() }, call));
        Assert.Equal("citizen-not-found", await Refused(() => app.Send(new FindCitizen { FiscalCode = person.FiscalCode }, As.Sisp("010205"))));
        Assert.Equal("not-found", await Refused(() => app.Send(new CitizenAtDesk(person.PatientId), As.Sisp("010205"))));
        Assert.Equal("forbidden", await Refused(() => app.Send(new FindCitizen { FiscalCode = person.FiscalCode }, As.Gp("990007"))));

        var book = new BookForCitizen { Id = Guid.CreateVersion7(), PatientId = person.PatientId, Campaign = VaccinationApp.Campaign, First = first, Second = second };
        var code = await app.Send(book, call);
        Assert.Equal(code, await app.Send(book, call));
        var booking = (await app.Send(new CitizenAtDesk(person.PatientId), As.Sisp("010301"))).Campaigns[0].Booking!.Value;
        Assert.Equal(BookingChannel.Operator, await app.Db<VaccinationDb, BookingChannel>(db => db.Bookings.Select(b => b.Channel).SingleAsync()));
        Assert.Equal("not-found", await Refused(() => app.Send(new CancelForCitizen { Id = Guid.CreateVersion7(), Booking = booking }, As.Sisp("010205"))));
        await app.Send(new MoveForCitizen { Id = Guid.CreateVersion7(), Booking = booking, Second = later }, call);
        Assert.Equal(3, (await app.Send(new FindBooking { Code = code, FiscalCode = person.FiscalCode })).MovesLeft);
        await app.EveryPlaceIsAccountedFor();
        await app.Send(new CancelForCitizen { Id = Guid.CreateVersion7(), Booking = booking }, call);
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
    }

    [Theory, OnEachEngine]
    public async Task The_call_centres_page_leads_from_the_fiscal_code_to_the_booking(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0];
        var (first, second) = (await app.Slot(1, 1, 3), await app.Slot(2, 1, 30));
        var visitor = await app.SignedIn(As.CallCentre());
        var here = $"/vaccination/book/{person.PatientId}";
        Assert.Contains("Prova Anna", (await visitor.Open(here)).Text, StringComparison.Ordinal);
        var form = await visitor.Open($"{here}?campaign={VaccinationApp.Campaign}&centre={VaccinationApp.Centre}&first={first}");
        Assert.Contains(second.ToString(), form.Page.DocumentElement.InnerHtml, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_closed_day_is_previewed_then_everybody_is_moved_and_told_and_who_finds_no_place_is_not_lost(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(6);
        var (day, second) = (await app.Slot(1, 6, 10), await app.Slot(2, 6, 46));
        var (next, nextSecond) = (await app.Slot(1, 3, 11), await app.Slot(2, 3, 47));
        var elsewhere = await Other(app);
        var (there, thereSecond) = (await app.Slot(1, 2, 10, centre: elsewhere), await app.Slot(2, 2, 46, centre: elsewhere));
        var booked = await app.AtOnce(people.Select(p => app.Order(p.PatientId, day, second) with { Email = "anna@example.org" }));
        await app.Drain();
        var sisp = As.Sisp("010301");
        var closed = DateOnly.FromDateTime(app.Clock.Now.UtcDateTime.AddDays(10));
        var prepare = new PrepareOperation { Id = Guid.CreateVersion7(), Kind = BulkKind.CentreClosed, Centre = VaccinationApp.Centre, FromDay = closed, ToDay = closed, Why = "Neve" };
        Assert.Equal("not-found", await Refused(() => app.Send(prepare, As.Sisp("010205"))));
        Assert.Equal("operation-of-region", await Refused(() => app.Send(prepare with { Kind = BulkKind.VaccineStopped, Vaccine = "comirnaty" }, sisp)));

        await app.Send(prepare, sisp);
        await app.Send(prepare, sisp);
        var preview = await app.Send(new OperationDetail(prepare.Id, 1), sisp);
        Assert.Equal((6, 5), (preview.Operation.Total, preview.Planned));
        Assert.Equal(6, await Taken(app, day));

        await app.Send(new StartOperation(prepare.Id), sisp);
        Assert.Equal(LedgerOutcome.SlotGone, (await app.AtOnce([app.Order((await app.People(1))[0].PatientId, day, second)]))[0].Outcome);
        await app.Drain();
        var done = await app.Send(new OperationDetail(prepare.Id, 1), sisp);
        Assert.Equal((BulkState.Done, 5, 1, 0), (done.Operation.State, done.Moved, done.WithoutPlace, done.Waiting));
        Assert.Equal((3, 2, 1), (await Taken(app, next), await Taken(app, there), await Taken(app, day)));
        await app.EveryPlaceIsAccountedFor();
        var told = await app.Db<NotificationsDb, List<string>>(db => db.Mails.Select(m => m.Subject).ToListAsync());
        Assert.Equal((5, 1), (told.Count(s => s == "Il suo appuntamento è cambiato"), told.Count(s => s == "Scelga un’altra data per il suo appuntamento")));

        // A place comes up: the search goes on by itself.
        await app.Slot(1, 1, 12);
        await app.Slot(2, 1, 48);
        await app.Services.GetRequiredService<JobRunner>().Run(GoOnWithOperations.Name, default);
        Assert.Equal((6, 0), ((await app.Send(new OperationDetail(prepare.Id, 1), sisp)).Moved, await Taken(app, day)));
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(2, await Taken(app, thereSecond));
    }

    [Theory, OnEachEngine]
    public async Task A_stopped_vaccine_moves_both_doses_to_another_and_a_halted_operation_goes_on_where_it_stopped(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(60);
        var (first, second) = (await app.Slot(1, 60, 10, "vaxzevria"), await app.Slot(2, 60, 90, "vaxzevria"));
        var (other, otherSecond) = (await app.Slot(1, 60, 11), await app.Slot(2, 60, 47));
        await app.AtOnce(people.Select(p => app.Order(p.PatientId, first, second)));
        var manager = As.VaccinationManager();
        var prepare = new PrepareOperation { Id = Guid.CreateVersion7(), Kind = BulkKind.VaccineStopped, Vaccine = "vaxzevria", FromDay = DateOnly.FromDateTime(app.Clock.Now.UtcDateTime), Why = "Circolare" };
        await app.Send(prepare, manager);
        await app.Send(new StartOperation(prepare.Id), manager);
        await using (var scope = app.Scope())
            Assert.True(await scope.ServiceProvider.GetRequiredService<OperationSteps>().Some(prepare.Id, BulkItemState.Waiting, default));
        await app.Send(new HaltOperation(prepare.Id), manager);
        await app.Drain();
        Assert.Equal((50, 10), (await Taken(app, other), await Taken(app, first)));
        await app.EveryPlaceIsAccountedFor();

        await app.Send(new StartOperation(prepare.Id), manager);
        await app.Drain();
        Assert.Equal((60, 60, 0, 0), (await Taken(app, other), await Taken(app, otherSecond), await Taken(app, first), await Taken(app, second)));
        Assert.Equal(BulkState.Done, (await app.Send(new OperationDetail(prepare.Id, 1), manager)).Operation.State);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Another_interval_moves_the_second_doses_that_do_not_keep_to_it_and_nothing_else(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        var first = await app.Slot(1, 2, 10);
        var (near, right) = (await app.Slot(2, 2, 31), await app.Slot(2, 2, 50));
        var booked = await app.AtOnce(people.Select(p => app.Order(p.PatientId, first, near)));
        // As it was allowed when one of them booked: the second dose nearer than the rule of today has it.
        await app.Db<VaccinationDb, int>(db => db.Appointments.Where(a => a.BookingId == booked[0].Id && a.Dose == 2).ExecuteUpdateAsync(set => set.SetProperty(a => a.StartsAt, a => a.StartsAt.AddDays(-10))));
        var prepare = new PrepareOperation { Id = Guid.CreateVersion7(), Kind = BulkKind.IntervalChanged, Vaccine = "comirnaty", FromDay = DateOnly.FromDateTime(app.Clock.Now.UtcDateTime), Why = "Circolare" };
        await app.Send(prepare, As.VaccinationManager());
        await app.Send(new StartOperation(prepare.Id), As.VaccinationManager());
        await app.Drain();
        Assert.Equal((1, 2), ((await app.Send(new OperationDetail(prepare.Id, 1), As.VaccinationManager())).Moved, await Taken(app, first)));
        Assert.Equal(2, await Taken(app, near) + await Taken(app, right));
        await app.EveryPlaceIsAccountedFor();
    }

    private static Task<int> Taken(PlatformApp app, Guid slot) => app.Db<VaccinationDb, int>(db => db.Slots.Where(s => s.Id == slot).Select(s => s.Taken).SingleAsync());

    private static async Task<string> Other(PlatformApp app)
    {
        await app.Db<VaccinationDb, int>(db =>
        {
            db.Add(new Platform.VaccinationBooking.Centres.Centre { Code = "CV-002", Name = "Altro hub", AslCode = "010301", MunicipalityIstat = "001272", PostalCode = "10121", Address = "Via Po 2" });
            return db.SaveChangesAsync();
        });
        return "CV-002";
    }

    private static Task<string> Refused(Func<Task> act) => PlaceMovesTests.Refused(act);
}
