using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Privacy;

/// <summary>Rows that are about a person though no column is named for her: a module that keeps such plugs this in.</summary>
public interface IHeldElsewhere
{
    /// <param name="ids">All that are hers.</param>
    Task<HeldTable> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellation);
}

/// <param name="Rows">Column and value, as the database has them.</param>
public sealed record HeldTable(string Module, string Table, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows);

/// <summary>All that is held on a person, in every module that there is or will be: the rows of every table with a column for a patient's
/// id, and the rows that belong to these. What is only a means of finding or proving (search words, hashes) is left out.</summary>
public sealed class HeldOnPerson(IServiceProvider services, IEnumerable<Module> modules, IEnumerable<IHeldElsewhere> elsewhere)
{
    private static readonly string[] Means = ["Hash", "Search", "SearchName", "Version"];
    private static readonly MethodInfo ReadOne = typeof(HeldOnPerson).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    public async Task<IReadOnlyList<HeldTable>> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var tables = new List<HeldTable>();
        foreach (var db in modules.Where(m => m.Db is not null).Select(m => (ModuleDb)services.GetRequiredService(m.Db!)))
        {
            foreach (var (entity, column) in Tables(db))
                await Take(db, entity, column, ids, tables, cancellation);
        }

        foreach (var source in elsewhere)
            tables.Add(await source.Of(ids, cancellation));
        return [.. tables.Where(t => t.Rows.Count > 0)];
    }

    /// <summary>The tables of a module that name a person, each with the columns that do; a person's own record names itself.</summary>
    public static IEnumerable<(IEntityType Entity, IProperty Column)> Tables(ModuleDb db) =>
        db.Model.GetEntityTypes().Where(e => !e.IsOwned()).SelectMany(e => e.GetProperties().Where(p => db.PatientColumns().Contains(p)).ToList() is { Count: > 0 } named
            ? named.Select(p => (e, p))
            : e.ClrType.IsAssignableTo(typeof(IOfPatient)) ? [(e, e.FindPrimaryKey()!.Properties[0])] : []);

    private static async Task Take(ModuleDb db, IEntityType entity, IProperty column, IReadOnlyCollection<Guid> ids, List<HeldTable> into, CancellationToken cancellation)
    {
        var rows = await (Task<List<object>>)ReadOne.MakeGenericMethod(entity.ClrType).Invoke(null, [db, column.Name, column.IsNullable, ids, cancellation])!;
        if (rows.Count == 0)
            return;
        var shown = entity.GetProperties().Where(p => !p.IsShadowProperty() && !Means.Any(m => p.Name.EndsWith(m, StringComparison.Ordinal))).ToList();
        into.Add(new(db.Schema, entity.GetTableName()!, [.. rows.Select(row => shown.ToDictionary(p => p.GetColumnName(), p => p.GetGetter().GetClrValue(row)))]));
        // What belongs to these rows and names nobody itself: the moves of a request, the marks of a message.
        foreach (var key in entity.GetReferencingForeignKeys().Where(k => k.Properties.Count == 1 && k.PrincipalKey.IsPrimaryKey()
            && k.Properties[0].ClrType == typeof(Guid) && !k.DeclaringEntityType.IsOwned() && !db.PatientColumns().Any(p => p.DeclaringType == k.DeclaringEntityType)))
        {
            var own = rows.Select(row => (Guid)key.PrincipalKey.Properties[0].GetGetter().GetClrValue(row)!).ToList();
            await Take(db, key.DeclaringEntityType, key.Properties[0], own, into, cancellation);
        }
    }

    private static async Task<List<object>> Read<TRow>(ModuleDb db, string column, bool nullable, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
        where TRow : class
    {
        var rows = db.Set<TRow>().AsNoTracking().IgnoreQueryFilters().IgnoreAutoIncludes();
        var known = ids.ToList();
        var hers = nullable
            ? rows.Where(r => EF.Property<Guid?>(r, column) != null && known.Contains(EF.Property<Guid?>(r, column)!.Value))
            : rows.Where(r => known.Contains(EF.Property<Guid>(r, column)));
        return [.. await hers.ToListAsync(cancellation)];
    }
}
