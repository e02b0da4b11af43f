using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts;
using Platform.Testing;
using Platform.Testing.Requests;
using Platform.Tests.Harness;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Testing;

public sealed class CapacityTests
{
    private const int Rivals = 50;
    private const int Places = 10;

    [Theory, OnEachEngine]
    public async Task Of_fifty_who_want_one_of_ten_places_at_once_ten_get_one_and_forty_are_told_kindly(Engine engine)
    {
        await using var app = await Start(engine);
        var slot = await app.Slot(Places);
        var people = await People(app, Rivals);
        var outcomes = await Task.WhenAll(people.Select(p => Task.Run(() => Try(app, app.Swab(p, slot)))));
        Assert.Equal(Places, outcomes.Count(o => o is null));
        Assert.Equal(Rivals - Places, outcomes.Count(o => o == "slot-full"));
        await app.NothingCountedWithoutABooking();
        Assert.Equal(Places, (await app.SlotOf(slot)).Booked);
    }

    [Theory, OnEachEngine]
    public async Task A_rush_on_several_slots_in_random_order_fills_each_to_the_last_place_and_no_further(Engine engine)
    {
        await Rush(engine, requests =>
        {
            var random = new Random(20211115);
            return [.. requests.OrderBy(_ => random.Next())];
        });
    }

    [Theory, OnEachEngine]
    public async Task A_rush_with_the_rivals_of_each_slot_side_by_side_fills_each_to_the_last_place_and_no_further(Engine engine) =>
        await Rush(engine, requests => [.. requests.OrderBy(r => r.SlotId)]);

    [Theory, OnEachEngine]
    public async Task Cancelling_at_once_and_again_gives_the_place_back_exactly_once(Engine engine)
    {
        await using var app = await Start(engine);
        var slot = await app.Slot(2);
        var first = await app.Send(app.Swab(await app.Person("Uno"), slot), As.Gp(Gp));
        await app.Send(app.Swab(await app.Person("Due"), slot), As.Gp(Gp));

        var cancel = new CancelSwabRequest { Id = first, Version = (await app.Request(first)).Version, Reason = "Non serve più" };
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => Try(app, cancel))));
        Assert.All(outcomes, Assert.Null);
        Assert.Equal(1, (await app.Request(first)).Moves.Count(m => m.State == Platform.Testing.Contracts.SwabRequestState.Cancelled));
        Assert.Equal(1, (await app.SlotOf(slot)).Booked);
        await app.NothingCountedWithoutABooking();

        await app.Send(app.Swab(await app.Person("Tre"), slot), As.Gp(Gp));
        Assert.Equal(2, (await app.SlotOf(slot)).Booked);
    }

    [Theory, OnEachEngine]
    public async Task The_same_post_sent_many_times_at_once_is_one_request_and_one_place(Engine engine)
    {
        await using var app = await Start(engine);
        var slot = await app.Slot(1);
        var post = app.Swab(await app.Person(), slot);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => app.Send(post, As.Gp(Gp)))));
        Assert.All(answers, id => Assert.Equal(post.Id, id));
        Assert.Equal(1, (await app.SlotOf(slot)).Booked);
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task Two_requests_for_one_person_at_once_are_one_request_and_one_place(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var slots = new[] { await app.Slot(5), await app.Slot(5) };
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Try(app, app.Swab(person, slots[i % 2])))));
        Assert.Single(outcomes, o => o is null);
        Assert.Equal(7, outcomes.Count(o => o == "already-requested"));
        await app.NothingCountedWithoutABooking();
        Assert.Equal(1, await app.Db<TestingDb, int>(db => db.Slots.SumAsync(s => s.Booked)));
    }

    private static async Task Rush(Engine engine, Func<IReadOnlyList<RequestSwab>, IReadOnlyList<RequestSwab>> order)
    {
        await using var app = await Start(engine);
        var slots = new List<Guid>();
        for (var i = 0; i < 5; i++)
            slots.Add(await app.Slot(3));
        var people = await People(app, Rivals);
        var requests = order([.. people.Select((p, i) => app.Swab(p, slots[i % slots.Count]))]);
        var outcomes = await Task.WhenAll(requests.Select(r => Task.Run(() => Try(app, r))));
        Assert.Equal(15, outcomes.Count(o => o is null));
        Assert.Equal(Rivals - 15, outcomes.Count(o => o == "slot-full"));
        await app.NothingCountedWithoutABooking();
        foreach (var slot in slots)
            Assert.Equal(3, (await app.SlotOf(slot)).Booked);
    }

    private static async Task<List<PatientSummary>> People(PlatformApp app, int count)
    {
        var people = new List<PatientSummary>();
        for (var i = 0; i < count; i++)
            people.Add(await app.Person("Prova" + (char)('a' + i / 26) + (char)('a' + i % 26)));
        return people;
    }

    /// <summary>Null when it was done, else the code of the refusal.</summary>
    private static async Task<string?> Try<TResult>(PlatformApp app, MediatR.IRequest<TResult> request)
    {
        try
        {
            await app.Send(request, As.Gp(Gp));
            return null;
        }
        catch (Refusal refusal)
        {
            return refusal.Code;
        }
    }
}
