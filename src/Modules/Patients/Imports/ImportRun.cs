using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;

namespace Platform.Patients.Imports;

/// <summary>Brings rows in at once, batch by batch, each in a transaction and a service scope of its own: for the command
/// line and the demonstration.</summary>
internal sealed class ImportRun(IServiceScopeFactory scopes, IDatabaseEngine engine)
{
    /// <param name="done">Told after each batch: lines so far, and the batch's outcome.</param>
    public async Task Bring(
        ImportKind kind, IAsyncEnumerable<TableRow> rows, Action<int, BatchOutcome> done, CancellationToken cancellation)
    {
        var lines = 0;
        await foreach (var batch in rows.Chunk(ImportBatch.Size, cancellation))
        {
            lines += batch.Count;
            done(lines, await Bring(kind, batch, cancellation));
        }
    }

    private async Task<BatchOutcome> Bring(ImportKind kind, IReadOnlyList<TableRow> batch, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform();
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            ICommand<BatchOutcome> command = kind == ImportKind.People ? new ImportPeople(batch) : new ImportDoctors(batch);
            try
            {
                return await mediator.Send(command, cancellation);
            }
            catch (Exception failure) when (attempt < 3
                && (failure is Refusal { Code: "changed-meanwhile" } || (failure is DbUpdateException && engine.IsDuplicate(failure))))
            {
                // Somebody at a screen was quicker with one of these people: read again, she is known now.
            }
        }
    }

    /// <summary><c>import people FILE</c>, <c>import doctors FILE</c>.</summary>
    /// <returns>0 when every line went in, 1 when some were refused, 2 when the file could not be used.</returns>
    public static async Task<int> Console(IServiceProvider services, ImportKind kind, string[] arguments, CancellationToken cancellation)
    {
        if (arguments is not [var path])
        {
            await System.Console.Error.WriteLineAsync($"Usage: import {kind.ToString().ToLowerInvariant()} FILE");
            return 2;
        }

        if (!File.Exists(path))
        {
            await System.Console.Error.WriteLineAsync($"There is no file {path}");
            return 2;
        }

        int added = 0, changed = 0, unchanged = 0, bad = 0, lines = 0, said = 0;
        try
        {
            await using var file = File.OpenRead(path);
            var layout = kind == ImportKind.People ? ImportPeople.Layout : ImportDoctors.Layout;
            await using var table = await Table.Open(file, layout, cancellation);
            if (table.Unknown.Count > 0)
                System.Console.WriteLine($"Columns passed over: {string.Join(", ", table.Unknown)}");
            await services.GetRequiredService<ImportRun>().Bring(kind, table.Rows(cancellation), (sofar, outcome) =>
            {
                lines = sofar;
                (added, changed, unchanged, bad) = (added + outcome.Added, changed + outcome.Changed, unchanged + outcome.Unchanged, bad + outcome.Bad);
                foreach (var fault in outcome.Faults)
                    System.Console.Error.WriteLine($"line {fault.Line}, {(fault.Column.Length > 0 ? fault.Column : "-")}: {fault.Reason}");
                if (lines / 1000 > said)
                    System.Console.WriteLine($"{lines} lines ({table.Percent} %)");
                said = lines / 1000;
            }, cancellation);
        }
        catch (Refusal refusal)
        {
            var texts = services.GetRequiredService<BuildingBlocks.Localisation.Texts>();
            await System.Console.Error.WriteLineAsync(texts[refusal.Message, refusal.Arguments!].Value);
            return 2;
        }
        catch (IOException failure)
        {
            await System.Console.Error.WriteLineAsync(failure.Message);
            return 2;
        }

        System.Console.WriteLine($"{lines} lines: {added} added, {changed} changed, {unchanged} unchanged, {bad} refused.");
        return bad == 0 ? 0 : 1;
    }
}
