using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;

namespace Platform.BuildingBlocks.Imports;

/// <summary>Brings rows in at once, batch by batch, each in a transaction and a service scope of its own: for the command
/// line and the demonstration.</summary>
public sealed class ImportRun(IServiceScopeFactory scopes, IDatabaseEngine engine, ModuleOfType modules)
{
    private const int Attempts = 3;

    /// <param name="done">Told after each batch: its rows, and what became of them.</param>
    public async Task Bring<TImport>(
        ImportSource source, IAsyncEnumerable<TableRow> rows, Func<IReadOnlyList<TableRow>, ImportOutcome, ValueTask> done, CancellationToken cancellation)
        where TImport : StagedImport
    {
        await using var scope = scopes.CreateAsyncScope();
        var size = scope.ServiceProvider.GetRequiredService<TImport>().BatchSize;
        await foreach (var batch in rows.InBatches(size, cancellation))
            await done(batch, await Bring<TImport>(source, batch, cancellation));
    }

    public async Task<ImportOutcome> Bring<TImport>(ImportSource source, IReadOnlyList<TableRow> batch, CancellationToken cancellation)
        where TImport : StagedImport
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform(source.SenderId);
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(modules.Of(typeof(TImport)).Db!);
            try
            {
                var outcome = await scope.ServiceProvider.GetRequiredService<TImport>().Bring(source, batch, cancellation);
                await db.SaveChangesAsync(cancellation);
                return outcome;
            }
            catch (Exception failure) when (attempt < Attempts
                && (failure is Refusal { Code: "changed-meanwhile" } || (failure is DbUpdateException && engine.IsDuplicate(failure))))
            {
                // Somebody at a screen was quicker with one of these rows: read again, it is known now.
            }
        }
    }
}
