using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>Moves a module's rows when two people turn out to be one: every column that is named for a patient's id,
/// in every table the module has or will have.</summary>
public static class MergedPatients
{
    private static readonly MethodInfo MoveOne = typeof(MergedPatients).GetMethod(nameof(Move), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The columns of a module's tables that hold a patient's id.</summary>
    public static IEnumerable<IProperty> PatientColumns(this ModuleDb db) =>
        db.Model.GetEntityTypes().Where(e => !e.IsOwned()).SelectMany(e => e.GetProperties())
            .Where(p => p.Name.EndsWith("PatientId", StringComparison.Ordinal) && (Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType) == typeof(Guid));

    /// <summary>To be repeated without harm: what was moved is not found again. The caller saves.</summary>
    public static async Task MoveRows(this ModuleDb db, PatientsMerged merge, CancellationToken cancellation)
    {
        var moved = 0;
        foreach (var column in db.PatientColumns())
        {
            moved += await (Task<int>)MoveOne.MakeGenericMethod(column.DeclaringType.ClrType)
                .Invoke(null, [db, column.Name, column.IsNullable, merge, cancellation])!;
        }

        if (moved > 0)
            db.Audit("write", $"{db.Schema}.{nameof(PatientsMerged)}", [merge.Survivor, merge.Merged]);
    }

    private static Task<int> Move<TRow>(ModuleDb db, string column, bool nullable, PatientsMerged merge, CancellationToken cancellation)
        where TRow : class
    {
        var (from, to) = (merge.Merged, merge.Survivor);
        var rows = db.Set<TRow>().IgnoreQueryFilters();
        return nullable
            ? rows.Where(r => EF.Property<Guid?>(r, column) == from)
                .ExecuteUpdateAsync(set => set.SetProperty(r => EF.Property<Guid?>(r, column), to), cancellation)
            : rows.Where(r => EF.Property<Guid>(r, column) == from)
                .ExecuteUpdateAsync(set => set.SetProperty(r => EF.Property<Guid>(r, column), to), cancellation);
    }
}
