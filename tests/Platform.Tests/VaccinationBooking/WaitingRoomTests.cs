using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.Tests.VaccinationBooking;

public sealed class WaitingRoomTests
{
    private const string Campaign = VaccinationApp.Campaign;

    [Fact]
    public void Lots_are_spread_evenly_follow_the_person_and_change_with_the_seed()
    {
        const int people = 20_000;
        var numbers = Enumerable.Range(0, people).Select(i => Lots.NumberOf($"owner{i}", people, Seed(1))).ToList();
        Assert.All(numbers, n => Assert.InRange(n, 1, people));
        // Tenths of the queue hold a tenth of the people each: 2,000, within five standard deviations (212).
        Assert.All(numbers.GroupBy(n => (n - 1) * 10 / people), tenth => Assert.InRange(tenth.Count(), 1788, 2212));
        Assert.Equal(10, numbers.GroupBy(n => (n - 1) * 10 / people).Count());
        Assert.Equal(numbers[7], Lots.NumberOf("owner7", people, Seed(1)));
        Assert.True(Enumerable.Range(0, 100).Count(i => Lots.NumberOf($"owner{i}", people, Seed(2)) == numbers[i]) < 5);
    }

    [Theory, OnEachEngine]
    public async Task Who_comes_before_the_minute_draws_who_comes_after_stands_behind_and_places_are_kept(Engine engine)
    {
        await using var app = await Start(engine);
        var people = await app.People(40);
        var early = new List<TicketAnswer>();
        foreach (var person in people.Take(30))
            early.Add(await Take(app, person.FiscalCode!));
        Assert.All(early, t => Assert.Null(t.Number));
        Assert.Equal(WaitingRoomState.PreQueue, (await app.Send(new RoomStatus(Campaign))).State);
        Assert.Equal("not-your-turn", await Refused(() => Enter(app, people[0].FiscalCode!, early[0].Ticket)));

        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var late = await Take(app, people[35].FiscalCode!);
        var drawn = new List<TicketStatusAnswer>();
        foreach (var ticket in early)
            drawn.Add(await app.Send(new TicketStatus(Campaign, ticket.Ticket)));
        Assert.All(drawn, s => Assert.InRange(s.Number!.Value, 1, WaitingRoom.Block));
        Assert.True(late.Number > WaitingRoom.Block);
        // Again, after a restart of the view or from another window: the same place.
        app.Services.GetRequiredService<RoomKeeper>().Forget(Campaign);
        Assert.Equal(drawn[3].Number, (await app.Send(new TicketStatus(Campaign, early[3].Ticket))).Number);
        var again = await Take(app, people[3].FiscalCode!);
        Assert.NotEqual(drawn[3].Number, again.Number);
        Assert.True(again.Number > WaitingRoom.Block);
    }

    [Theory, OnEachEngine]
    public async Task Many_tickets_before_the_minute_are_no_better_than_one(Engine engine)
    {
        await using var app = await Start(engine);
        var person = (await app.People(1))[0];
        var tickets = new List<TicketAnswer>();
        for (var i = 0; i < 10; i++)
            tickets.Add(await Take(app, person.FiscalCode!));
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var numbers = new List<long?>();
        foreach (var ticket in tickets)
            numbers.Add((await app.Send(new TicketStatus(Campaign, ticket.Ticket))).Number);
        Assert.Single(numbers.Distinct());
    }

    [Theory, OnEachEngine]
    public async Task The_door_opens_as_the_pacer_goes_and_to_the_owner_alone(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Slot(1, 500, 3);
        var people = await app.People(2);
        var ticket = await Take(app, people[0].FiscalCode!);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var pacer = app.Services.GetRequiredService<Pacer>();
        await pacer.Step(default);
        for (var i = 0; i < 12; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await pacer.Step(default);
        }

        var status = await app.Send(new TicketStatus(Campaign, ticket.Ticket));
        Assert.True(status.Admitted, $"Number {status.Number}, ahead {status.Ahead}.");
        Assert.NotNull((await Enter(app, people[0].FiscalCode!, ticket.Ticket)).Pass);
        Assert.Equal("ticket-of-other", await Refused(() => Enter(app, people[1].FiscalCode!, ticket.Ticket)));
        Assert.Equal("ticket-unknown", await Refused(() => Enter(app, people[0].FiscalCode!, ticket.Ticket[..^2] + "xx")));
        Assert.Equal("ticket-unknown", await Refused(() => Enter(app, people[0].FiscalCode!, null)));
        var room = await app.Send(new RoomStatus(Campaign));
        Assert.Equal((WaitingRoomState.Open, 500), (room.State, room.PlacesLeft));
        Assert.InRange(room.Serving, 1, WaitingRoom.Block);
    }

    [Fact]
    public async Task The_pace_grows_fast_while_bookings_come_back_well_falls_when_they_are_slow_grows_with_care_after_and_hardly_while_none_is_heard_of()
    {
        await using var app = await Start(Engine.Sqlite);
        await app.Slot(1, 500, 3);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var (pacer, pulse) = (app.Services.GetRequiredService<Pacer>(), app.Services.GetRequiredService<BookingPulse>());
        async Task<double> Rate(int bookings = 0, int milliseconds = 0)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            for (var i = 0; i < bookings; i++)
                pulse.Note(TimeSpan.FromMilliseconds(milliseconds));
            await pacer.Step(default);
            return await app.Db<VaccinationDb, double>(db => db.WaitingRooms.Select(r => r.Rate).SingleAsync());
        }

        var first = await Rate();
        for (var second = 0; second < 30; second++)
            Assert.InRange(await Rate(), first, first * 1.2);
        var before = await Rate();
        var grown = await Rate(bookings: 400, milliseconds: 20);
        Assert.InRange(grown, 1.5 * before, 1.8 * before);
        var fallen = await Rate(bookings: 150, milliseconds: 900);
        Assert.InRange(fallen, 250, grown - 1);
        Assert.InRange(await Rate(bookings: (int)fallen, milliseconds: 20), fallen + 1, 1.5 * fallen);
    }

    [Theory, OnEachEngine]
    public async Task The_rehearsal_before_a_crowd_writes_nothing(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Slot(1, 5, 3);
        Task<int> Rows() => app.Db<VaccinationDb, int>(async db => await db.Bookings.CountAsync() + await db.Holds.CountAsync() + await db.Outbox.CountAsync());
        var before = await Rows();
        await app.Services.GetRequiredService<Rehearsal>().Run();
        Assert.Equal(before, await Rows());
        await app.EveryPlaceIsAccountedFor();
    }

    [Theory, OnEachEngine]
    public async Task Nobody_waits_for_what_is_gone_and_the_room_opens_again_when_places_come_back(Engine engine)
    {
        await using var app = await Start(engine);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var pacer = app.Services.GetRequiredService<Pacer>();
        await pacer.Step(default);
        var person = (await app.People(1))[0];
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("sold-out", await Refused(() => Take(app, person.FiscalCode!)));
        await app.Slot(1, 5, 3);
        await pacer.Step(default);
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull((await Take(app, person.FiscalCode!)).Ticket);
    }

    private static async Task<PlatformApp> Start(Engine engine)
    {
        var app = await VaccinationApp.Start(engine, ("Vaccination:NumbersPerMinute", "1000"));
        await app.Db<VaccinationDb, int>(async db =>
        {
            (await db.Campaigns.SingleAsync()).WaitingRoom = true;
            db.Add(new WaitingRoom { CampaignCode = Campaign, OpensAt = app.Clock.Now.UtcDateTime.AddMinutes(10) });
            return await db.SaveChangesAsync();
        });
        return app;
    }

    private static Task<TicketAnswer> Take(PlatformApp app, string code) => app.Send(new TakeNumber { Campaign = Campaign, FiscalCode = code, Address = "203.0.113.9" });

    private static Task<EntitlementAnswer> Enter(PlatformApp app, string code, string? ticket) =>
        app.Send(new AskEntitlement { Campaign = Campaign, FiscalCode = code, Card = VaccinationApp.Card, Ticket = ticket, Address = "203.0.113.9" });

    private static async Task<string> Refused(Func<Task> act) => (await Assert.ThrowsAsync<Refusal>(act)).Code;

    private static string Seed(byte value) => Convert.ToHexStringLower(Enumerable.Repeat(value, 32).ToArray());
}
