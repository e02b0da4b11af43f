using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Privacy;

/// <summary>On a row that only repeats what the registry says of a person: it does not keep her there, and goes with her.</summary>
public interface ICopyOfRegistry;

/// <summary>Of whom anything is held outside the registry, in every module that there is or will be: such a person stays in it.</summary>
public sealed class StillNamed(IServiceProvider services, IEnumerable<Module> modules)
{
    private static readonly MethodInfo ReadOne = typeof(StillNamed).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <param name="registry">The module that asks, whose own rows do not count.</param>
    public async Task<HashSet<Guid>> Outside(ModuleDb registry, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        HashSet<Guid> named = [];
        foreach (var db in modules.Where(m => m.Db is not null && m.Db != registry.GetType()).Select(m => (ModuleDb)services.GetRequiredService(m.Db!)))
        {
            foreach (var column in db.PatientColumns().Where(c => c.DeclaringType.ClrType is var row && row.IsAssignableTo(typeof(IOfPatient)) && !row.IsAssignableTo(typeof(ICopyOfRegistry))))
                named.UnionWith(await (Task<List<Guid>>)ReadOne.MakeGenericMethod(column.DeclaringType.ClrType).Invoke(null, [db, column.Name, column.IsNullable, ids, cancellation])!);
        }

        return named;
    }

    private static Task<List<Guid>> Read<TRow>(ModuleDb db, string column, bool nullable, IReadOnlyList<Guid> ids, CancellationToken cancellation)
        where TRow : class
    {
        var rows = db.Set<TRow>().AsNoTracking().IgnoreQueryFilters().IgnoreAutoIncludes();
        return nullable
            ? rows.Where(r => EF.Property<Guid?>(r, column) != null && ids.Contains(EF.Property<Guid?>(r, column)!.Value)).Select(r => EF.Property<Guid?>(r, column)!.Value).Distinct().ToListAsync(cancellation)
            : rows.Where(r => ids.Contains(EF.Property<Guid>(r, column))).Select(r => EF.Property<Guid>(r, column)).Distinct().ToListAsync(cancellation);
    }
}
