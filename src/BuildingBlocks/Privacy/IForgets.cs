using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Privacy;

/// <summary>Forgets what is of no lasting use when its time is over. How long that is, is the region's data (retention.csv); one job applies
/// all of them and says what it did. Several modules may forget their part of the same kind.</summary>
public interface IForgets
{
    /// <summary>As in retention.csv.</summary>
    string What { get; }

    /// <returns>How many rows are gone.</returns>
    Task<int> Forget(DateTime before, CancellationToken cancellation);
}

/// <summary>Whose data nothing may take away for now: a litigation, care in progress. Plugged in by the registry.</summary>
public interface IHeldBack
{
    /// <returns>The ids of all of them; they are few.</returns>
    Task<IReadOnlyList<Guid>> Now(CancellationToken cancellation);
}

/// <summary>A module that still needs rows of another: these stay beyond their term until it needs them no more.</summary>
public interface IStillNeeds
{
    /// <summary>Whose rows, as in retention.csv.</summary>
    string What { get; }

    /// <returns>Those of the ids that it needs.</returns>
    Task<IReadOnlyCollection<Guid>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellation);
}

/// <summary>What contributions to retention have alike.</summary>
public sealed class Forgetting(IHeldBack heldBack, IEnumerable<IStillNeeds> needs)
{
    private const int BatchSize = 500;

    public Task<IReadOnlyList<Guid>> HeldBack(CancellationToken cancellation) => heldBack.Now(cancellation);

    /// <summary>Batch by batch, each in a transaction of its own; what is still needed is passed over.</summary>
    /// <param name="over">What is over its term, oldest first.</param>
    /// <param name="delete">Takes these away; the lines of the audit and the commit are seen to.</param>
    public async Task<int> InBatches<TDb>(TDb db, string what, IQueryable<Forgotten> over, Func<IReadOnlyList<Guid>, Task> delete, CancellationToken cancellation)
        where TDb : ModuleDb
    {
        var (gone, kept) = (0, 0);
        while (await over.Skip(kept).Take(BatchSize).ToListAsync(cancellation) is { Count: > 0 } batch)
        {
            var ids = batch.ConvertAll(r => r.Id);
            HashSet<Guid> needed = [];
            foreach (var need in needs.Where(n => n.What == what))
                needed.UnionWith(await need.Of(ids, cancellation));
            batch.RemoveAll(r => needed.Contains(r.Id));
            kept += ids.Count - batch.Count;
            if (batch.Count == 0)
                continue;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            await delete(batch.ConvertAll(r => r.Id));
            db.Audit("delete", $"{db.Schema}.{what}", batch.Select(r => r.PatientId).OfType<Guid>(), batch.Where(r => r.PatientId is null).Select(r => r.Id));
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
            gone += batch.Count;
        }

        return gone;
    }
}

/// <param name="PatientId">Whose it was; null where nobody was known.</param>
public sealed record Forgotten(Guid Id, Guid? PatientId);

/// <summary>Events that all have heard name people and repeat their data: they are needed no longer than somebody may look into a delivery.
/// Those not delivered, or given up, stay.</summary>
internal sealed class DeliveredEvents(IServiceProvider services, IEnumerable<Module> modules) : IForgets
{
    public string What => Retention.DeliveredEvents;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var gone = 0;
        foreach (var db in modules.Where(m => m.Db is not null).Select(m => (ModuleDb)services.GetRequiredService(m.Db!)))
            gone += await db.Outbox.Where(r => r.SentAt < before).ExecuteDeleteAsync(cancellation);
        return gone;
    }
}
