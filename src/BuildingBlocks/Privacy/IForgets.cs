using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Privacy;

/// <summary>Forgets what is of no lasting use when its time is over. How long that is, is the region's data (retention.csv); one job applies
/// all of them and says what it did.</summary>
public interface IForgets
{
    /// <summary>As in retention.csv.</summary>
    string What { get; }

    /// <returns>How many rows are gone.</returns>
    Task<int> Forget(DateTime before, CancellationToken cancellation);
}

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
