using System.Collections.Concurrent;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Platform.BuildingBlocks.Messaging;

/// <summary>Rung after each commit, so that the courier goes at once instead of polling.</summary>
public sealed class CourierBell
{
    private readonly ConcurrentDictionary<Type, Channel<bool>> bells = new();

    public void Ring(Type db) => Of(db).Writer.TryWrite(true);

    /// <summary>Ends at the next ring, or at one that came since the last wait.</summary>
    public async Task Wait(Type db, CancellationToken cancellation) => await Of(db).Reader.ReadAsync(cancellation);

    private Channel<bool> Of(Type db) =>
        bells.GetOrAdd(db, _ => Channel.CreateBounded<bool>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));
}

internal sealed class RingAfterCommit(CourierBell bell) : DbTransactionInterceptor
{
    public override Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } db)
            bell.Ring(db.GetType());
        return Task.CompletedTask;
    }
}
