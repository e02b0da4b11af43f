using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Operations;

/// <summary>Of each module: whether its schema answers and is up to date, and what waits to be delivered.</summary>
internal sealed class ModuleDiagnostic(IServiceProvider services, IEnumerable<Module> modules, IDatabaseEngine engine, Region region, TimeProvider clock) : IDiagnostic
{
    public async Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation)
    {
        var found = new List<Finding>();
        var now = clock.GetUtcNow();
        var limit = region.OperationLimits.Of(OperationLimits.OutboxMinutes, region.DayOf(now));
        foreach (var module in modules.Where(m => m.Db is not null))
        {
            var db = (ModuleDb)services.GetRequiredService(module.Db!);
            var start = Stopwatch.GetTimestamp();
            if (!await db.Database.CanConnectAsync(cancellation))
            {
                found.Add(new($"database.{module.Name}", "Base di dati", "{0}: non risponde", [module.Name], Alarm: true));
                continue;
            }

            var took = Math.Ceiling(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellation)).Count();
            var last = (await db.Database.GetAppliedMigrationsAsync(cancellation)).LastOrDefault() ?? "–";
            found.Add(pending > 0
                ? new($"migrations.{module.Name}", "Base di dati", "{0}: {1} migrazioni da applicare", [module.Name, pending], Alarm: true)
                : new($"migrations.{module.Name}", "Base di dati", "{0} ({1}): risponde in {2} ms, aggiornata a {3}", [module.Name, engine.Name, took, last]));

            var waiting = db.Outbox.AsNoTracking().Where(r => r.SentAt == null && r.GivenUpAt == null);
            var (depth, oldest) = (await waiting.CountAsync(cancellation), await waiting.MinAsync(r => (DateTime?)r.At, cancellation));
            var minutes = oldest is { } since ? (int)(now.UtcDateTime - since).TotalMinutes : 0;
            var givenUp = await db.Outbox.CountAsync(r => r.GivenUpAt != null, cancellation);
            found.Add(new($"outbox.{module.Name}", "Consegne tra moduli", "{0}: {1} in attesa, la più vecchia da {2} minuti", [module.Name, depth, minutes], minutes >= limit, "/operations/deliveries"));
            if (givenUp > 0)
                found.Add(new($"given-up.{module.Name}", "Consegne tra moduli", "{0}: {1} abbandonate dopo molti tentativi", [module.Name, givenUp], Alarm: true, "/operations/deliveries"));
        }

        return found;
    }
}
