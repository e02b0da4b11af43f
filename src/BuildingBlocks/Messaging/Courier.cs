using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Telemetry;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>Carries events from each module's outbox to the reactions of all modules: after the commit, at
/// least once, each effect once (the mark in the reacting module's inbox is saved with its work).</summary>
public sealed class Courier(
    IServiceScopeFactory scopes, IEnumerable<Module> modules, EventCatalogue events, IDatabaseEngine engine,
    TimeProvider clock, ILogger<Courier> log)
{
    private const int Armful = 250;

    /// <summary>Attempts before the row waits for an operator; the pauses between them add up to about a day.</summary>
    public const int Attempts = 10;

    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Pause after the nth failed attempt: 2 s, 8 s, 32 s … at most 12 hours.</summary>
    public static TimeSpan PauseAfter(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(4, attempts) / 2, 12 * 3600));

    /// <summary>Delivers until nothing that is due waits in any module. Tests drain instead of sleeping.</summary>
    public async Task Drain(CancellationToken cancellation = default)
    {
        bool carried;
        do
        {
            carried = false;
            foreach (var module in modules.Where(m => m.Db is not null))
                carried |= await CarryOnce(module, cancellation) > 0;
        }
        while (carried);
    }

    /// <summary>Takes one armful of a module's outbox.</summary>
    /// <returns>How many rows it dealt with.</returns>
    public async Task<int> CarryOnce(Module module, CancellationToken cancellation)
    {
        var mine = Guid.CreateVersion7();
        List<OutboxRow> rows;
        HashSet<Guid> seenBefore;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = Db(scope, module);
            var now = Now;
            var found = await db.Outbox.AsNoTracking()
                .Where(r => r.DueAt != null && r.DueAt <= now && (r.ClaimedUntil == null || r.ClaimedUntil < now))
                .OrderBy(r => r.DueAt).ThenBy(r => r.At).Take(Armful).Select(r => new { r.Id, r.ClaimedBy }).ToListAsync(cancellation);
            if (found.Count == 0)
                return 0;
            var due = found.Select(r => r.Id).ToList();
            seenBefore = [.. found.Where(r => r.ClaimedBy is not null).Select(r => r.Id)];
            // Of two hosts that saw the same rows, the second one's update finds them claimed.
            await db.Outbox
                .Where(r => due.Contains(r.Id) && r.DueAt != null && (r.ClaimedUntil == null || r.ClaimedUntil < now))
                .ExecuteUpdateAsync(set => set
                    .SetProperty(r => r.ClaimedBy, mine)
                    .SetProperty(r => r.ClaimedUntil, now + Claim), cancellation);
            rows = await db.Outbox.AsNoTracking().Where(r => due.Contains(r.Id) && r.ClaimedBy == mine)
                .OrderBy(r => r.At).ThenBy(r => r.Id).ToListAsync(cancellation);
        }

        var (sent, left) = (new List<Guid>(), new List<Guid>());
        var enough = Now + (Claim / 2);
        foreach (var group in Groups(rows, seenBefore))
        {
            if (Now > enough)
                left.AddRange(group.Select(r => r.Id));
            else
                await Carry(module, group, seenBefore.Contains(group[0].Id), sent, cancellation);
        }

        await using (var scope = scopes.CreateAsyncScope())
        {
            var now = Now;
            await Db(scope, module).Outbox.Where(r => sent.Contains(r.Id)).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.SentAt, now)
                .SetProperty(r => r.DueAt, (DateTime?)null)
                .SetProperty(r => r.Error, (string?)null)
                .SetProperty(r => r.ClaimedUntil, (DateTime?)null), cancellation);
            // For what there was no time left, the claim ends here: it is taken again at once.
            if (left.Count > 0)
                await Db(scope, module).Outbox.Where(r => left.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.ClaimedUntil, (DateTime?)null), cancellation);
        }

        return rows.Count;
    }

    /// <summary>What came one after the other, of one kind and by the same account, goes together, so that the order stays;
    /// what has failed before goes alone.</summary>
    private IEnumerable<List<OutboxRow>> Groups(List<OutboxRow> rows, HashSet<Guid> seenBefore)
    {
        List<OutboxRow> group = [];
        foreach (var row in rows)
        {
            var joins = group.Count > 0 && row.Attempts == 0 && group[^1].Attempts == 0 && row.Type == group[^1].Type && row.ActorId == group[^1].ActorId
                && seenBefore.Contains(row.Id) == seenBefore.Contains(group[^1].Id) && events.Find(row.Type) is { TakesGroups: true };
            if (!joins && group.Count > 0)
            {
                yield return group;
                group = [];
            }

            group.Add(row);
        }

        if (group.Count > 0)
            yield return group;
    }

    /// <summary>Of a group that fails, each is tried alone, and fails alone.</summary>
    private async Task Carry(Module module, List<OutboxRow> group, bool seenBefore, List<Guid> sent, CancellationToken cancellation)
    {
        try
        {
            await Deliver(group, seenBefore, cancellation);
            sent.AddRange(group.Select(r => r.Id));
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            if (group.Count == 1)
            {
                await KeepForLater(module, group[0], failure, cancellation);
                return;
            }

            log.LogInformation("{Count} events ({Type}) are delivered one by one: {Error}", group.Count, group[0].Type, Describe(failure));
            foreach (var row in group)
                await Carry(module, [row], seenBefore: true, sent, cancellation);
        }
    }

    private async Task Deliver(List<OutboxRow> group, bool seenBefore, CancellationToken cancellation)
    {
        var door = events.Find(group[0].Type)
            ?? throw new InvalidOperationException($"No event is called {group[0].Type} in this version.");
        if (door.Reactions.Count == 0)
            return;
        var letters = group.Select(row => new Letter(row, door.Open(row))).ToList();
        foreach (var entry in door.Reactions)
        {
            foreach (var some in entry.InGroups ? [letters] : letters.Select(l => new List<Letter> { l }))
                await React(door, entry, some, seenBefore, cancellation);
        }
    }

    private async Task React(EventDoor door, ReactionEntry entry, List<Letter> letters, bool seenBefore, CancellationToken cancellation)
    {
        using var span = Traces.Source.StartActivity(entry.Reaction.Name, ActivityKind.Consumer, letters[0].Row.Trace);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform(letters[0].Row.ActorId);
        var db = Db(scope, entry.Module);
        var name = entry.Name;
        // At the first delivery there can be no mark; should two hosts meet all the same, the mark's key decides.
        var done = seenBefore ? await Marked(db, letters, name, cancellation) : [];
        var open = letters.FindAll(l => !done.Contains(l.Row.Id));
        if (open.Count == 0)
            return;

        var marks = open.ConvertAll(letter => db.Inbox.Add(new InboxRow { EventId = letter.Row.Id, Reaction = name, At = Now }));
        try
        {
            await door.React(ActivatorUtilities.CreateInstance(scope.ServiceProvider, entry.Reaction), open.ConvertAll(l => l.Told), cancellation);
            // A reaction that changed nothing in its room needs no mark: to do nothing twice is to do nothing.
            if (marks[0].State == EntityState.Added && db.ChangeTracker.Entries().Any(e => e.Entity is not InboxRow && e.State != EntityState.Unchanged))
                await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
        {
            // Either another host has just done this work, and its mark is there, or the work itself
            // met a duplicate, and is tried again.
            await using var look = scopes.CreateAsyncScope();
            if ((await Marked(Db(look, entry.Module), open, name, cancellation)).Count < open.Count)
                throw new ReactionFailed(entry.Reaction.Name, failure);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw new ReactionFailed(entry.Reaction.Name, failure);
        }
    }

    private static async Task<HashSet<Guid>> Marked(ModuleDb db, List<Letter> letters, string reaction, CancellationToken cancellation)
    {
        var ids = letters.ConvertAll(l => l.Row.Id);
        return [.. await db.Inbox.Where(m => ids.Contains(m.EventId) && m.Reaction == reaction).Select(m => m.EventId).ToListAsync(cancellation)];
    }

    private async Task KeepForLater(Module module, OutboxRow row, Exception failure, CancellationToken cancellation)
    {
        var now = Now;
        var attempts = row.Attempts + 1;
        var last = attempts >= Attempts;
        var error = Describe(failure);
        // The exception's message may quote data; its kind and place are enough to find it.
        log.LogWarning("Event {EventId} ({Type}) failed {Attempts} times: {Error}\n{Where}", row.Id, row.Type, attempts, error,
            (failure.InnerException ?? failure).StackTrace);
        await using var scope = scopes.CreateAsyncScope();
        await Db(scope, module).Outbox.Where(r => r.Id == row.Id).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.Attempts, attempts)
            .SetProperty(r => r.Error, error)
            .SetProperty(r => r.ClaimedUntil, (DateTime?)null)
            .SetProperty(r => r.DueAt, last ? null : now + PauseAfter(attempts))
            .SetProperty(r => r.GivenUpAt, last ? now : (DateTime?)null), cancellation);
    }

    private static string Describe(Exception failure)
    {
        var cause = failure.InnerException ?? failure;
        var text = (failure as ReactionFailed)?.Reaction + ": " + (cause is Refusal refusal ? refusal.Code : cause.GetType().Name);
        return text.Length > OutboxRow.ErrorLength ? text[..OutboxRow.ErrorLength] : text;
    }

    private static ModuleDb Db(AsyncServiceScope scope, Module module) =>
        (ModuleDb)scope.ServiceProvider.GetRequiredService(module.Db!);

    private sealed record Letter(OutboxRow Row, object Told);

    private sealed class ReactionFailed(string reaction, Exception cause) : Exception(reaction, cause)
    {
        public string Reaction { get; } = reaction;
    }
}

public static class CourierHosting
{
    public static IServiceCollection AddCourierRounds(this IServiceCollection services) => services.AddHostedService<CourierRounds>();
}

/// <summary>The courier's rounds in a running host: one walk a module, woken by the bell after each commit;
/// the slow poll is only the safety net for retries and for rows of other hosts.</summary>
internal sealed class CourierRounds(Courier courier, CourierBell bell, IEnumerable<Module> modules, IEnumerable<IRush> rushes, TimeProvider clock, ILogger<CourierRounds> log)
    : BackgroundService
{
    private static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(modules.Where(m => m.Db is not null).Select(m => Task.Run(() => Walk(m, stoppingToken), stoppingToken)));

    private async Task GiveWay(Module module, CancellationToken stopping)
    {
        var since = clock.GetTimestamp();
        while (rushes.Any(r => r.Module == module.Name && r.IsOn) && clock.GetElapsedTime(since) < IRush.Longest)
            await Task.Delay(Look, clock, stopping);
    }

    private async Task Walk(Module module, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                do
                    await GiveWay(module, stopping);
                while (await courier.CarryOnce(module, stopping) > 0);

                using var net = new CancellationTokenSource(SafetyNet, clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, net.Token);
                await bell.Wait(module.Db!, either.Token);
            }
            catch (OperationCanceledException)
            {
                // The safety net, or the end.
            }
            catch (Exception failure)
            {
                log.LogError("The courier of {Module} stumbled: {Failure}", module.Name, failure.GetType().Name);
                // A pause before it tries again, on the clock that tests move.
                await Task.Delay(SafetyNet, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
