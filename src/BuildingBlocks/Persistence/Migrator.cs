using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>Brings every module's schema to the present; safe to run again and from several hosts
/// (EF Core takes the database's own lock).</summary>
public sealed class Migrator(IServiceScopeFactory scopes, IEnumerable<Module> modules, IDatabaseEngine engine, ILogger<Migrator> log)
{
    public async Task Run(CancellationToken cancellation = default)
    {
        foreach (var module in modules.Where(m => m.Db is not null))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(module.Db!);
            await engine.Prepare(db, cancellation);
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).ToList();
            if (pending.Count == 0)
                continue;
            await db.Database.MigrateAsync(cancellation);
            log.LogInformation("Schema {Schema}: {Count} migrations applied", module.Name, pending.Count);
        }
    }
}
