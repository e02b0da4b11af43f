using Microsoft.EntityFrameworkCore;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Many want the same at once: no place is promised twice, none leaks, nobody books twice, both doses or none.</summary>
public sealed class LedgerAttackTests
{
    [Theory, OnEachEngine]
    public async Task Rivals_for_a_place_side_by_side(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(120);
        var pairs = new List<(Guid First, Guid Second)>();
        for (var i = 0; i < 6; i++)
            pairs.Add((await app.Slot(1, 5, 3), await app.Slot(2, 5, 30)));

        // Twenty for the five places of each pair, next to each other.
        var answers = await app.AtOnce(people.Select((p, i) => app.Order(p.PatientId, pairs[i / 20].First, pairs[i / 20].Second)));

        Assert.Equal(30, answers.Count(a => a.Outcome == LedgerOutcome.Done));
        Assert.Equal(90, answers.Count(a => a.Outcome == LedgerOutcome.SlotGone));
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Rivals_for_places_in_random_order_where_second_doses_are_scarce(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(120);
        var (firsts, seconds) = (new List<Guid>(), new List<Guid>());
        for (var i = 0; i < 4; i++)
        {
            firsts.Add(await app.Slot(1, 20, 3));
            seconds.Add(await app.Slot(2, 7, 30));
        }

        var random = new Random(20210201);
        var answers = await app.AtOnce(people.Select(p => app.Order(p.PatientId, firsts[random.Next(4)], seconds[random.Next(4)])));

        Assert.InRange(answers.Count(a => a.Outcome == LedgerOutcome.Done), 20, 28);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Who_accepts_another_hour_gets_the_nearest_of_the_day_and_nobody_gets_a_place_twice(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(60);
        var hours = new List<(Guid First, Guid Second)>();
        foreach (var hour in new[] { 9, 10, 14 })
            hours.Add((await app.Slot(1, 5, 3, hour: hour), await app.Slot(2, 5, 30, hour: hour)));
        // Not for them: another day, another centre, another vaccine.
        Guid[] others = [await app.Slot(1, 50, 4), await app.Slot(1, 50, 3, centre: "CV-002"), await app.Slot(1, 50, 3, "spikevax"), await app.Slot(2, 50, 31)];

        // All want nine o'clock; every third only that.
        var answers = await app.AtOnce(people.Select((p, i) => app.Order(p.PatientId, hours[0].First, hours[0].Second) with { SameDay = i % 3 > 0 }));

        var done = answers.Where(a => a.Outcome == LedgerOutcome.Done).ToList();
        Assert.Equal(15, done.Count);
        Assert.All(answers.Except(done), a => Assert.Equal(LedgerOutcome.SlotGone, a.Outcome));
        Assert.Equal([5, 5, 5], done.GroupBy(a => a.First!.Id).OrderBy(g => g.First().First!.StartsAt).Select(g => g.Count()));
        Assert.All(answers.Where((a, i) => i % 3 == 0 && a.Outcome == LedgerOutcome.Done), a => Assert.Equal(hours[0], (a.First!.Id, a.Second!.Id)));
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.Where(s => others.Contains(s.Id)).SumAsync(s => s.Taken)));
        await app.EveryPlaceIsAccountedFor();

        // Nearer is better: of fifteen and ten o'clock who wanted eleven has ten.
        var (near, far, wanted) = (await app.Slot(1, 1, 5, hour: 10), await app.Slot(1, 1, 5, hour: 15), await app.Slot(1, 0, 5, hour: 11));
        var second = await app.Slot(2, 5, 32);
        var late = (await app.People(3)).Select(p => app.Order(p.PatientId, wanted, second) with { SameDay = true }).ToList();
        Assert.Equal([near, far, null], new[] { (await app.AtOnce([late[0]]))[0], (await app.AtOnce([late[1]]))[0], (await app.AtOnce([late[2]]))[0] }.Select(a => a.First?.Id));
        // Sent again, the order is the booking that stands.
        Assert.Equal((LedgerOutcome.Done, null), (await app.AtOnce([late[0]])) is [var again] ? (again.Outcome, again.First) : default);
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task One_person_from_many_windows_books_once(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0].PatientId;
        var pairs = new List<(Guid First, Guid Second)>();
        for (var i = 0; i < 8; i++)
            pairs.Add((await app.Slot(1, 5, 3), await app.Slot(2, 5, 30)));

        var answers = await app.AtOnce(pairs.SelectMany(p => Enumerable.Range(0, 4).Select(_ => app.Order(person, p.First, p.Second))));

        Assert.Equal(1, answers.Count(a => a.Outcome == LedgerOutcome.Done));
        Assert.Equal(31, answers.Count(a => a.Outcome == LedgerOutcome.AlreadyBooked));
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task The_same_order_repeated_is_one_booking_with_one_code(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(10);
        var (first, second) = (await app.Slot(1, 10, 3), await app.Slot(2, 10, 30));
        var orders = people.Select(p => app.Order(p.PatientId, first, second)).ToList();

        var answers = await app.AtOnce(orders.Concat(orders).Concat(orders));

        Assert.All(answers, a => Assert.Equal(LedgerOutcome.Done, a.Outcome));
        Assert.Equal(10, answers.Select(a => a.Code).Distinct().Count());
        Assert.Equal(10, await app.Db<VaccinationDb, int>(db => db.Bookings.CountAsync()));
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task A_number_of_the_waiting_room_lets_its_owner_in_once(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0].PatientId;
        var (first, second) = (await app.Slot(1, 20, 3), await app.Slot(2, 20, 30));
        Assert.Equal(LedgerOutcome.Done, (await app.AtOnce([app.Order(person, first, second, ticket: 77)]))[0].Outcome);
        await app.Db<VaccinationDb, int>(db => db.Bookings.ExecuteUpdateAsync(b => b.SetProperty(x => x.OpenKey, (string?)null).SetProperty(x => x.State, BookingState.Cancelled)));

        Assert.Equal(LedgerOutcome.TicketUsed, (await app.AtOnce([app.Order(person, first, second, ticket: 77)]))[0].Outcome);
        Assert.Equal(LedgerOutcome.Done, (await app.AtOnce([app.Order(person, first, second, ticket: 78)]))[0].Outcome);
    }

    [Theory, OnEachEngine]
    public async Task Holds_take_places_and_become_bookings_or_are_exchanged_without_a_leak(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(30);
        var (first, second) = (await app.Slot(1, 10, 3), await app.Slot(2, 10, 30));
        var (other, otherSecond) = (await app.Slot(1, 5, 4), await app.Slot(2, 5, 31));
        var until = app.Clock.Now.UtcDateTime.AddMinutes(10);

        var held = await app.AtOnce(people.Select(p => app.Order(p.PatientId, first, second, holdUntil: until)));
        var lucky = people.Where((_, i) => held[i].Outcome == LedgerOutcome.Done).ToList();
        Assert.Equal(10, lucky.Count);
        await app.EveryPlaceIsAccountedFor();

        // Eight of the ten change their minds for the five places of the other day; whoever gets none keeps what she had.
        var changed = await app.AtOnce(lucky.Take(8).Select(p => app.Order(p.PatientId, other, otherSecond, holdUntil: until)));
        Assert.Equal(5, changed.Count(a => a.Outcome == LedgerOutcome.Done));
        Assert.Equal(10, await app.Db<VaccinationDb, int>(db => db.Holds.CountAsync()));
        await app.EveryPlaceIsAccountedFor();

        var booked = await app.AtOnce(lucky.Select((p, i) =>
            i < 8 && changed[i].Outcome == LedgerOutcome.Done ? app.Order(p.PatientId, other, otherSecond) : app.Order(p.PatientId, first, second)));
        Assert.All(booked, a => Assert.Equal(LedgerOutcome.Done, a.Outcome));
        Assert.Equal((0, 10), (await app.Db<VaccinationDb, int>(db => db.Holds.CountAsync()), await app.Db<VaccinationDb, int>(db => db.Bookings.CountAsync())));
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Slots_that_do_not_go_together_are_refused_and_take_nothing(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var person = (await app.People(1))[0].PatientId;
        var first = await app.Slot(1, 5, 3);
        var second = await app.Slot(2, 5, 30);
        foreach (var (one, two, outcome) in new[]
        {
            (first, await app.Slot(2, 5, 10), LedgerOutcome.SlotsDoNotFit),
            (first, await app.Slot(2, 5, 90), LedgerOutcome.SlotsDoNotFit),
            (first, await app.Slot(2, 5, 30, "spikevax"), LedgerOutcome.SlotsDoNotFit),
            (first, await app.Slot(2, 5, 30, centre: "CV-002"), LedgerOutcome.SlotsDoNotFit),
            (first, first, LedgerOutcome.SlotsDoNotFit),
            (second, first, LedgerOutcome.SlotsDoNotFit),
            (first, Guid.CreateVersion7(), LedgerOutcome.SlotGone),
            (await app.Slot(1, 5, -1), second, LedgerOutcome.SlotGone),
        })
        {
            Assert.Equal(outcome, (await app.AtOnce([app.Order(person, one, two)]))[0].Outcome);
        }

        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(0, await app.Db<VaccinationDb, int>(db => db.Slots.SumAsync(s => s.Taken)));
    }
}
