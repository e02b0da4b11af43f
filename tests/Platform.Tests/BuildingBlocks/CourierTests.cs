using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.Tests.Harness;

namespace Platform.Tests.BuildingBlocks;

public sealed class CourierTests
{
    [Theory, OnEachEngine]
    public async Task What_was_told_has_its_effect_once_however_often_it_is_carried(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        await host.Write("one");
        await host.Courier.Drain();
        await host.Do(db => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, r => r.At).SetProperty(r => r.SentAt, (DateTime?)null)));
        await host.Courier.Drain();
        Assert.Equal(["echo of one", "one"], await Texts(host));
        Assert.True(await host.Do(db => db.Outbox.AllAsync(r => r.SentAt != null && r.DueAt == null)));
    }

    [Theory, OnEachEngine]
    public async Task A_change_that_is_rolled_back_tells_nothing(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        await host.Do(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Notes.Add(new Note { Id = Guid.CreateVersion7(), Text = "never" });
            db.Tell(new NoteWritten(Guid.CreateVersion7(), "never"));
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return 0;
        });
        await host.Courier.Drain();
        Assert.Empty(await Texts(host));
    }

    [Theory, OnEachEngine]
    public async Task A_reaction_that_fails_leaves_nothing_and_is_tried_again_after_its_pause(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        host.Trouble.Failures = 2;
        await host.Write("late");
        await host.Courier.Drain();
        Assert.Equal(["late"], await Texts(host));
        host.Clock.Advance(Courier.PauseAfter(1) - TimeSpan.FromMilliseconds(1));
        await host.Courier.Drain();
        Assert.Equal(1, await host.Do(db => db.Outbox.Select(r => r.Attempts).SingleAsync()));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Courier.Drain();
        host.Clock.Advance(Courier.PauseAfter(2));
        await host.Courier.Drain();
        Assert.Equal(["echo of late", "late"], await Texts(host));
    }

    [Theory, OnEachEngine]
    public async Task A_reaction_that_fails_after_its_save_is_not_done_twice(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        host.Trouble.FailuresAfterSave = 1;
        await host.Write("half");
        await host.Courier.Drain();
        host.Clock.Advance(Courier.PauseAfter(1));
        await host.Courier.Drain();
        Assert.Equal(["echo of half", "half"], await Texts(host));
        Assert.NotNull(await host.Do(db => db.Outbox.Select(r => r.SentAt).SingleAsync()));
    }

    [Theory, OnEachEngine]
    public async Task After_the_last_attempt_it_waits_for_an_operator_and_says_which_reaction_failed_without_its_message(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        host.Trouble.Failures = int.MaxValue;
        await host.Write("lost");
        for (var attempt = 1; attempt <= Courier.Attempts; attempt++)
        {
            await host.Courier.Drain();
            host.Clock.Advance(Courier.PauseAfter(attempt));
        }

        var row = await host.Do(db => db.Outbox.AsNoTracking().SingleAsync());
        Assert.NotNull(row.GivenUpAt);
        Assert.Null(row.DueAt);
        Assert.Equal("WhenNoteWritten: InvalidOperationException", row.Error);
    }

    [Theory, OnEachEngine]
    public async Task One_event_that_fails_does_not_hold_up_the_others(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        host.Trouble.Failures = 1;
        await host.Write("a");
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Write("b");
        await host.Courier.Drain();
        Assert.Equal(["a", "b", "echo of b"], await Texts(host));
    }

    [Theory, OnEachEngine]
    public async Task Two_couriers_side_by_side_deliver_each_event_once(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        for (var i = 0; i < 30; i++)
            await host.Write($"n{i:00}");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => host.Courier.Drain())));
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.Courier.Drain();
        Assert.Equal(60, (await Texts(host)).Count);
        Assert.Equal(30, await host.Do(db => db.Inbox.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task A_reaction_with_nothing_to_do_leaves_no_mark(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        await host.Write("silent");
        await host.Courier.Drain();
        Assert.Equal(0, await host.Do(db => db.Inbox.CountAsync()));
        Assert.NotNull(await host.Do(db => db.Outbox.Select(r => r.SentAt).SingleAsync()));
    }

    [Theory, OnEachEngine]
    public async Task What_waits_is_handed_over_in_groups_in_its_order_and_by_one_account(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        await host.Share(null, [.. Enumerable.Range(0, 120).Select(i => $"{i:000}")]);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Share(As.Sisp("010301"), "120", "121");
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Write("silent");
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Share(As.Sisp("010301"), "122");
        await host.Courier.Drain();
        Assert.Equal([120, 2, 1], host.Trouble.Groups);
        Assert.Equal(124, (await Texts(host)).Count);
        Assert.Equal(123, await host.Do(db => db.Inbox.CountAsync()));
        Assert.True(await host.Do(db => db.Outbox.AllAsync(r => r.SentAt != null && r.DueAt == null && r.Attempts == 0)));
    }

    [Theory, OnEachEngine]
    public async Task Of_a_group_that_fails_each_is_tried_alone_and_the_one_at_fault_waits_for_its_pause(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        host.Trouble.Poison = "b";
        await host.Share(null, "a", "b", "c");
        await host.Courier.Drain();
        Assert.Equal(["copy of a", "copy of c"], await Texts(host));
        Assert.Equal([3, 1, 1, 1], host.Trouble.Groups);
        var kept = await host.Do(db => db.Outbox.AsNoTracking().SingleAsync(r => r.SentAt == null));
        Assert.Equal((1, "WhenNotesShared: InvalidOperationException"), (kept.Attempts, kept.Error));
        await host.Share(null, "d", "e");
        host.Trouble.Poison = null;
        host.Clock.Advance(Courier.PauseAfter(1));
        await host.Courier.Drain();
        Assert.Equal(["copy of a", "copy of b", "copy of c", "copy of d", "copy of e"], await Texts(host));
    }

    [Theory, OnEachEngine]
    public async Task A_group_that_fails_after_its_save_is_not_done_twice(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        host.Trouble.FailuresAfterSave = 1;
        await host.Share(null, "a", "b");
        await host.Courier.Drain();
        Assert.Equal(["copy of a", "copy of b"], await Texts(host));
        Assert.True(await host.Do(db => db.Outbox.AllAsync(r => r.SentAt != null)));
    }

    [Theory, OnEachEngine]
    public async Task A_group_that_a_host_left_half_done_is_finished_by_another(Engine engine)
    {
        await using var host = await RoomHost.Start(engine);
        await host.Share(null, "a", "b", "c");
        await host.Courier.Drain();
        await host.Do(db => db.Notes.Where(n => n.Text == "copy of b").ExecuteDeleteAsync());
        var second = await host.Do(db => db.Outbox.OrderBy(r => r.At).Skip(1).Select(r => r.Id).FirstAsync());
        await host.Do(db => db.Inbox.Where(m => m.EventId == second).ExecuteDeleteAsync());
        await host.Do(db => db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, r => r.At).SetProperty(r => r.SentAt, (DateTime?)null)));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await host.Courier.Drain();
        Assert.Equal([3, 1], host.Trouble.Groups);
        Assert.Equal(["copy of a", "copy of b", "copy of c"], await Texts(host));
    }

    private static Task<List<string>> Texts(RoomHost host) => host.Do(db => db.Notes.Select(n => n.Text).OrderBy(t => t).ToListAsync());
}
