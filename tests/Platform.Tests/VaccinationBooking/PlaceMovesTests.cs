using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.People;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Places moved and left: the old one stays until the new one is sure, what is left is free at once, and the count is right.</summary>
public sealed class PlaceMovesTests
{
    [Theory, OnEachEngine]
    public async Task A_dose_is_moved_or_both_and_what_does_not_go_together_is_refused_and_changes_nothing(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var (person, code) = await Booked(app);
        var near = await app.Slot(2, 1, 31);
        var far = await app.Slot(2, 1, 60);
        var (early, earlySecond) = (await app.Slot(1, 1, 20, centre: "CV-002"), await app.Slot(2, 1, 45, centre: "CV-002"));

        var moved = await app.Send(Move(person, code, 2, near));
        Assert.Equal((near, 2), (moved.Doses[1].Slot, moved.MovesLeft));
        Assert.Equal("slots-do-not-fit", await Refused(() => app.Send(Move(person, code, 2, far))));
        Assert.Equal("slots-do-not-fit", await Refused(() => app.Send(Move(person, code, 1, early))));
        Assert.Equal("slots-do-not-fit", await Refused(() => app.Send(Move(person, code, 1, near))));
        Assert.Equal("slot-gone", await Refused(() => app.Send(Move(person, code, 1, Guid.CreateVersion7()))));
        await app.EveryPlaceIsAccountedFor();

        moved = await app.Send(Move(person, code, 1, early) with { OtherSlot = earlySecond });
        Assert.Equal((early, earlySecond, "CV-002", 1), (moved.Doses[0].Slot, moved.Doses[1].Slot, moved.Centre, moved.MovesLeft));
        await app.EveryPlaceIsAccountedFor();

        var back = Move(person, code, 2, await app.Slot(2, 1, 46, centre: "CV-002"));
        await app.Send(back);
        // Sent again it is the same move, and is not counted twice.
        Assert.Equal(0, (await app.Send(back)).MovesLeft);
        Assert.Equal("moves-used", await Refused(async () => await app.Send(Move(person, code, 2, await app.Slot(2, 1, 47, centre: "CV-002")))));
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task A_cancelled_booking_gives_its_places_back_at_once_and_she_may_book_anew(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var (person, code) = await Booked(app);
        var cancel = new CancelBooking { Id = Guid.CreateVersion7(), Code = code, FiscalCode = person.FiscalCode };

        var left = await app.Send(cancel);
        Assert.Equal(BookingState.Cancelled, left.State);
        Assert.Equal(BookingState.Cancelled, (await app.Send(cancel with { Id = Guid.CreateVersion7() })).State);
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
        Assert.Equal("booking-over", await Refused(async () => await app.Send(Move(person, code, 2, await app.Slot(2, 1, 33)))));
        Assert.Equal("booking-over", await Refused(() => app.Send(new ChangeBookingContacts { Code = code, FiscalCode = person.FiscalCode, Phone = "011 1234567" })));

        var again = await app.AtOnce([app.Order(person.PatientId, left.Doses[0].Slot, left.Doses[1].Slot)]);
        Assert.Equal(LedgerOutcome.Done, again[0].Outcome);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task An_unknown_code_and_a_wrong_fiscal_code_have_one_answer_and_guessing_is_stopped(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine, ("Vaccination:WrongCardsPerMinute", "3"));
        var (person, code) = await Booked(app);
        var other = (await app.People(1))[0];
        var right = new FindBooking { Code = Booking.Shown(code).ToLowerInvariant(), FiscalCode = " " + person.FiscalCode!.ToLowerInvariant(), Address = "203.0.113.9" };
        Assert.Equal(2, (await app.Send(right)).Doses.Count);

        Assert.Equal("booking-not-found", await Refused(() => app.Send(right with { Code = "AAAAAAAAAA" })));
        Assert.Equal("booking-not-found", await Refused(() => app.Send(right with { FiscalCode = other.FiscalCode })));
        Assert.Equal("booking-not-found", await Refused(() => app.Send(right with { FiscalCode = "nobody" })));
        Assert.Equal("booking-not-found", await Refused(() => app.Send(right with { Code = "AAAAAAAAAA" })));
        Assert.Equal("too-many-attempts", await Refused(() => app.Send(right)));
        Assert.Equal("key-expired", await Refused(() => app.Send(new FindBooking { Key = "made up" })));
    }

    [Theory, OnEachEngine]
    public async Task Contacts_are_corrected_and_the_pass_or_a_key_shows_the_booking_as_the_codes_do(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var (person, code) = await Booked(app);
        var changed = await app.Send(new ChangeBookingContacts { Code = code, FiscalCode = person.FiscalCode, Email = " anna@example.org ", Phone = "011 1234567" });
        Assert.Equal(("anna@example.org", "011 1234567"), (changed.Email, changed.Phone));
        Assert.Null((await app.Send(new ChangeBookingContacts { Key = changed.Key, Phone = "011 1234567" })).Email);
        var pass = (await app.Send(new AskEntitlement { Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode, Card = VaccinationApp.Card })).Pass;
        Assert.Equal(changed.Code, (await app.Send(new FindBooking { Pass = pass })).Code);
        app.Clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal("key-expired", await Refused(() => app.Send(new FindBooking { Key = changed.Key })));
    }

    [Theory, OnEachEngine]
    public async Task Machines_find_move_and_cancel_too(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var (person, code) = await Booked(app);
        var http = app.Anonymous();
        var to = await app.Slot(2, 1, 31);
        http.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        foreach (var (path, body, status) in new (string, object, HttpStatusCode)[]
        {
            ("find", new { code, person.FiscalCode }, HttpStatusCode.OK),
            ("find", new { code = "wrong", person.FiscalCode }, HttpStatusCode.UnprocessableEntity),
            ("move", new { code, person.FiscalCode, dose = 2, slot = to }, HttpStatusCode.OK),
            ("move", new { code, person.FiscalCode, dose = 2, slot = to }, HttpStatusCode.OK),
            ("move", new { code, person.FiscalCode, dose = 7, slot = to }, HttpStatusCode.UnprocessableEntity),
            ("contacts", new { code, person.FiscalCode, phone = "011" }, HttpStatusCode.OK),
            ("cancel", new { code, person.FiscalCode }, HttpStatusCode.OK),
            ("move", new { code, person.FiscalCode, dose = 1, slot = Guid.CreateVersion7() }, HttpStatusCode.Conflict),
        })
        {
            var answer = await http.PostAsJsonAsync("/api/v1/vaccination/bookings/" + path, body);
            Assert.True(answer.StatusCode == status, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [Theory, OnEachEngine]
    public async Task Attack_with_moves_cancellations_and_bookings_at_once_loses_no_place(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(60);
        var (firsts, seconds) = (new List<Guid>(), new List<Guid>());
        for (var i = 0; i < 4; i++)
        {
            firsts.Add(await app.Slot(1, 12, 10 + i));
            seconds.Add(await app.Slot(2, 12, 45 + i));
        }

        var random = new Random(20210201);
        var booked = await app.AtOnce(people.Take(40).Select((p, i) => app.Order(p.PatientId, firsts[i % 4], seconds[i % 4])));
        Assert.All(booked, b => Assert.Equal(LedgerOutcome.Done, b.Outcome));

        // Forty change their minds several times at once, some give up twice, while twenty others book: whatever is refused stays as it was.
        var acts = new List<Task<string>>();
        foreach (var booking in booked)
        {
            for (var i = 0; i < 3; i++)
            {
                var (dose, to) = random.Next(2) == 0 ? (1, firsts[random.Next(4)]) : (2, seconds[random.Next(4)]);
                acts.Add(Act(app, ledger => ledger.Commit(new MovePlaces(Guid.CreateVersion7(), booking.Id, new Dictionary<int, Guid> { [dose] = to }))));
            }

            if (random.Next(4) == 0)
                acts.AddRange(Enumerable.Range(0, 2).Select(_ => Act(app, ledger => ledger.Commit(new LeavePlaces(Guid.CreateVersion7(), booking.Id)))));
        }

        var newcomers = app.AtOnce(people.Skip(40).Select(p => app.Order(p.PatientId, firsts[random.Next(4)], seconds[random.Next(4)])));
        var outcomes = await Task.WhenAll(acts);
        await newcomers;
        Assert.Empty(outcomes.Except(["done", "slot-gone", "slots-do-not-fit", "booking-over"]));
        Assert.Contains("done", outcomes);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Attack_of_many_moves_on_one_place_lets_one_have_it(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(24);
        var (first, second) = (await app.Slot(1, 24, 10), await app.Slot(2, 24, 45));
        var booked = await app.AtOnce(people.Select(p => app.Order(p.PatientId, first, second)));
        var wanted = await app.Slot(2, 1, 46);

        var outcomes = await Task.WhenAll(booked.Select(b => Act(app, ledger => ledger.Commit(new MovePlaces(Guid.CreateVersion7(), b.Id, new Dictionary<int, Guid> { [2] = wanted })))));

        Assert.Equal((1, 23), (outcomes.Count(o => o == "done"), outcomes.Count(o => o == "slot-gone")));
        Assert.Equal(1, await app.Db<VaccinationDb, int>(db => db.BookingChanges.CountAsync()));
        await app.EveryPlaceIsAccountedFor();
    }

    private static Task<string> Act(PlatformApp app, Func<PlaceLedger, Task> act) => Task.Run(async () =>
    {
        await using var scope = app.Scope();
        try
        {
            await act((PlaceLedger)scope.ServiceProvider.GetService(typeof(PlaceLedger))!);
            return "done";
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    });

    private static MoveDose Move(Vaccinee person, string code, int dose, Guid slot) =>
        new() { Id = Guid.CreateVersion7(), Code = code, FiscalCode = person.FiscalCode, Dose = dose, Slot = slot };

    private static async Task<(Vaccinee Person, string Code)> Booked(PlatformApp app)
    {
        var person = (await app.People(1))[0];
        var answer = await app.AtOnce([app.Order(person.PatientId, await app.Slot(1, 1, 3), await app.Slot(2, 1, 30))]);
        await app.Db<VaccinationDb, int>(async db =>
        {
            if (!await db.Centres.AnyAsync(c => c.Code == "CV-002"))
                db.Add(new Platform.VaccinationBooking.Centres.Centre { Code = "CV-002", Name = "Altro hub", AslCode = "010301", MunicipalityIstat = "001272", PostalCode = "10121", Address = "Via Po 2" });
            return await db.SaveChangesAsync();
        });
        return (person, answer[0].Code!);
    }

    internal static async Task<string> Refused(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;
}
