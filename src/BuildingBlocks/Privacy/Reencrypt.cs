using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Persistence;

namespace Platform.BuildingBlocks.Privacy;

/// <summary>After a new key was added: seals with it what older ones had sealed, so that these can be taken away. Some rows at a time, beside
/// running hosts; interrupted or repeated, it does what is left.</summary>
internal static class Reencrypt
{
    private const int Batch = 1000;

    public static ConsoleCommand Command { get; } = new("privacy reencrypt", "privacy reencrypt        seal personal fields with the newest key (docs/privacy/encryption.md)", async (services, _, cancellation) =>
    {
        var keys = services.GetRequiredService<FieldKeys>();
        var all = 0;
        foreach (var db in services.GetServices<Module>().Where(m => m.Db is not null).Select(m => (ModuleDb)services.GetRequiredService(m.Db!)))
        {
            foreach (var column in Columns(db))
            {
                var rewritten = await Rewrite(db, column, keys, cancellation);
                if (rewritten > 0)
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Place(db, column)}: {rewritten}"));
                all += rewritten;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all} values sealed anew with the key {keys.Newest}."));
        return 0;
    });

    /// <summary>The columns of a module that lie encrypted.</summary>
    public static IEnumerable<IProperty> Columns(ModuleDb db) =>
        db.Model.GetEntityTypes().SelectMany(e => e.GetProperties()).Where(p => p.IsEncrypted());

    public static string Place(ModuleDb db, IProperty column) => $"{db.Schema}.{column.DeclaringType.GetTableName()}.{column.GetColumnName()}";

    private static async Task<int> Rewrite(ModuleDb db, IProperty column, FieldKeys keys, CancellationToken cancellation)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        var key = ((IEntityType)column.DeclaringType).FindPrimaryKey()!.Properties.Single();
        var (table, id, name) = (sql.DelimitIdentifier(column.DeclaringType.GetTableName()!, db.Schema), sql.DelimitIdentifier(key.GetColumnName()), sql.DelimitIdentifier(column.GetColumnName()));
        var select = $"SELECT {id} AS {sql.DelimitIdentifier(nameof(Cell.Id))}, {name} AS {sql.DelimitIdentifier(nameof(Cell.Value))} FROM {table} WHERE {name} IS NOT NULL AND {name} NOT LIKE {{0}}";
        var update = $"UPDATE {table} SET {name} = {{0}} WHERE {id} = {{1}} AND {name} = {{2}}";
        for (var rewritten = 0; ;)
        {
            var cells = await db.Database.SqlQueryRaw<Cell>(select, keys.Beginning + "%").Take(Batch).ToListAsync(cancellation);
            if (cells.Count == 0)
                return rewritten;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            foreach (var cell in cells)
            {
                var place = Place(db, column);
                // What somebody has changed meanwhile is the newest key's already.
                rewritten += await db.Database.ExecuteSqlRawAsync(update, [keys.Seal(keys.Open(cell.Value, place), place), cell.Id, cell.Value], cancellation);
            }

            await transaction.CommitAsync(cancellation);
        }
    }

    private sealed record Cell(Guid Id, string Value);
}
