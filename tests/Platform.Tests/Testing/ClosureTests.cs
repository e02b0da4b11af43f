using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Notifications;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Requests;
using Platform.Tests.Harness;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Testing;

public sealed class ClosureTests
{
    private static readonly DateOnly Today = new(2021, 11, 15);

    [Theory, OnEachEngine]
    public async Task A_closure_moves_everyone_to_the_nearest_free_place_and_tells_who_could_not_be_moved(Engine engine)
    {
        await using var app = await Start(engine);
        var closing = await app.Slot(4, ahead: TimeSpan.FromHours(4));
        var near = await app.Slot(2, OtherHotspot, TimeSpan.FromHours(5));
        var far = await app.Slot(1, HotspotCode, TimeSpan.FromDays(1));
        var tooSoon = await app.Slot(5, OtherHotspot, TimeSpan.FromMinutes(20));
        var otherAsl = await app.Slot(5, "HS-005", TimeSpan.FromHours(4));
        var people = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            people.Add(await app.Send(app.Swab(await app.Person("Prova" + (char)('a' + i)), closing), As.Gp(Gp)));
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var close = Close(Today, "Maltempo");
        Assert.Equal(new MovedPeople(3, 1), await app.Send(close, As.Hotspot(HotspotCode)));
        Assert.Equal(new MovedPeople(0, 0), await app.Send(close, As.Hotspot(HotspotCode)));
        Assert.Equal((0, 2, 1, 0, 0), ((await app.SlotOf(closing)).Booked, (await app.SlotOf(near)).Booked, (await app.SlotOf(far)).Booked,
            (await app.SlotOf(tooSoon)).Booked, (await app.SlotOf(otherAsl)).Booked));
        await app.NothingCountedWithoutABooking();
        Assert.Equal("slot-full", await RefusedWith(async () => await app.Send(app.Swab(await app.Person("Tardi"), closing), As.Gp(Gp))));

        var left = Assert.Single((await app.Send(new HotspotPlan(HotspotCode), As.Sisp(Asl))).WithoutPlace);
        Assert.Equal(SwabRequestState.Requested, (await app.Request(left.RequestId)).State);
        Assert.Equal([left.RequestId], (await app.Send(new ToDo(), As.Gp(Gp))).Rows.Select(r => r.Id));
        await app.Drain();
        var told = await app.Db<NotificationsDb, List<string>>(db => db.Messages.Select(m => m.Subject).ToListAsync());
        Assert.Equal(3, told.Count(s => s.StartsWith("Appuntamento spostato", StringComparison.Ordinal)));
        Assert.Single(told, s => s.StartsWith("Appuntamento da riprenotare", StringComparison.Ordinal));

        await app.Send(new LiftClosure(close.Id), As.Hotspot(HotspotCode));
        await app.Send(new MoveBooking { Id = left.RequestId, Version = (await app.Request(left.RequestId)).Version, SlotId = closing }, As.Gp(Gp));
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task A_closure_amid_a_rush_of_bookings_and_withdrawals_loses_nobody_and_exceeds_no_capacity(Engine engine)
    {
        await using var app = await Start(engine);
        var closing = new[] { await app.Slot(6, ahead: TimeSpan.FromHours(3)), await app.Slot(6, ahead: TimeSpan.FromHours(4)) };
        for (var i = 0; i < 4; i++)
            await app.Slot(4, OtherHotspot, TimeSpan.FromHours(4 + i));
        var booked = new List<(Guid Id, int Version)>();
        for (var i = 0; i < 10; i++)
        {
            var id = await app.Send(app.Swab(await app.Person("Primo" + (char)('a' + i)), closing[i % 2]), As.Gp(Gp));
            booked.Add((id, (await app.Request(id)).Version));
        }

        var late = new List<RequestSwab>();
        for (var i = 0; i < 6; i++)
            late.Add(app.Swab(await app.Person("Dopo" + (char)('a' + i)), closing[i % 2]));
        var close = Close(Today, "Guasto");
        var orders = new List<Func<Task>> { () => app.Send(close, As.Hotspot(HotspotCode)), () => app.Send(close, As.Hotspot(HotspotCode)) };
        orders.AddRange(late.Select<RequestSwab, Func<Task>>(r => () => app.Send(r, As.Gp(Gp))));
        orders.AddRange(booked.Take(3).Select<(Guid Id, int Version), Func<Task>>(b => () => app.Send(new CancelSwabRequest { Id = b.Id, Version = b.Version, Reason = "Non serve" }, As.Gp(Gp))));
        var codes = await Task.WhenAll(orders.Select(o => Task.Run(() => Try(o))));
        Assert.All(codes.OfType<string>(), c => Assert.Contains(c, new[] { "slot-full", "changed-meanwhile" }));

        // What was interrupted, or came in between, is finished by the next run.
        await app.Send(close, As.Hotspot(HotspotCode));
        await app.NothingCountedWithoutABooking();
        foreach (var slot in closing)
            Assert.Equal(0, (await app.SlotOf(slot)).Booked);
        var states = await app.Db<TestingDb, List<SwabRequestState>>(db => db.Requests.Select(r => r.State).ToListAsync());
        Assert.Equal(10 + codes.Skip(2).Take(6).Count(c => c is null), states.Count);
        Assert.All(states, s => Assert.Contains(s, new[] { SwabRequestState.Booked, SwabRequestState.Requested, SwabRequestState.Cancelled }));
    }

    [Theory, OnEachEngine]
    public async Task Hours_are_added_ended_and_their_people_moved(Engine engine)
    {
        await using var app = await Start(engine);
        var add = new AddOpening
        {
            Id = Guid.CreateVersion7(app.Clock.Now), Hotspot = HotspotCode, From = new(20, 0), To = new(21, 0), SlotMinutes = 20, Capacity = 2,
            ValidFrom = Today.AddDays(1), Weekday = DayOfWeek.Tuesday,
        };
        await app.Send(new OpenSlots());
        Assert.Equal(6, await app.Send(add, As.Hotspot(HotspotCode))); // 16 and 23 November, three slots each
        Assert.Equal(0, await app.Send(add, As.Hotspot(HotspotCode)));
        Assert.Equal("opening-overlaps", await RefusedWith(() => app.Send(add with { Id = Guid.CreateVersion7(app.Clock.Now), From = new(20, 30) }, As.Sisp(Asl))));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(add with { Id = Guid.CreateVersion7(app.Clock.Now) }, As.Hotspot(OtherHotspot))));
        Assert.Equal("forbidden", await RefusedWith(() => app.Send(add with { Id = Guid.CreateVersion7(app.Clock.Now) }, As.Gp(Gp))));

        var slot = await app.Db<TestingDb, Guid>(db => db.Slots.Where(s => s.OpeningId == add.Id).OrderByDescending(s => s.StartsAt).Select(s => s.Id).FirstAsync());
        var id = await app.Send(app.Swab(await app.Person(), slot), As.Gp(Gp));
        Assert.Equal(new MovedPeople(1, 0), await app.Send(new EndOpening { Id = add.Id, LastDay = Today.AddDays(1) }, As.Hotspot(HotspotCode)));
        Assert.Equal((SwabRequestState.Booked, false), ((await app.Request(id)).State, (await app.Request(id)).SlotId == slot));
        Assert.Equal(3, await app.Db<TestingDb, int>(db => db.Slots.CountAsync(s => s.OpeningId == add.Id)));
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task The_screen_closes_and_says_how_many_were_moved(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Send(app.Swab(await app.Person(), await app.Slot(1, ahead: TimeSpan.FromHours(4))), As.Gp(Gp));
        await app.Slot(1, OtherHotspot, TimeSpan.FromHours(6));
        var booth = await app.SignedIn(As.Hotspot(HotspotCode));
        var plan = await booth.Open("/testing/hotspots");
        Assert.Equal($"/testing/hotspots/{HotspotCode}", plan.Address);
        Assert.Contains("Indichi il motivo della chiusura.", (await booth.Submit(plan, "Chiudi e sposta le persone")).Text, StringComparison.Ordinal);
        var closed = await booth.Submit(plan, "Chiudi e sposta le persone", ("Chiuso dal giorno", "2021-11-15"), ("al giorno", "2021-11-15"), ("Motivo della chiusura", "Maltempo"));
        Assert.Contains("Persone spostate: 1. Rimaste senza posto: 0.", closed.Text, StringComparison.Ordinal);
        Assert.Contains("Maltempo", closed.Text, StringComparison.Ordinal);
        Assert.Contains("L'hotspot è riaperto.", (await booth.Submit(closed, "Riapri")).Text, StringComparison.Ordinal);
        Assert.Equal(404, (int)(await booth.Open($"/testing/hotspots/{OtherHotspot}")).Status);
        var added = await booth.Submit(plan, "Aggiungi l'apertura", ("Dalle", "20:00"), ("Alle", "21:00"), ("Minuti di una fascia", "20"), ("Posti di una fascia", "2"), ("Primo giorno di validità", "2021-11-21"), ("Ultimo giorno di validità", "2021-11-21"));
        Assert.Contains("Apertura aggiunta:", added.Text, StringComparison.Ordinal);
    }

    private static CloseHotspot Close(DateOnly day, string reason) => new()
    {
        Id = Guid.CreateVersion7(), Hotspot = HotspotCode, FromDay = day, ToDay = day, Reason = reason,
    };

    private static async Task<string?> Try(Func<Task> order)
    {
        try
        {
            await order();
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }
}
