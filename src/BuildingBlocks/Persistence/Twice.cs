using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Persistence;

public static class Twice
{
    /// <summary>An order that came twice at once: the later one finds what the first has done, looks again, and answers as it did.</summary>
    public static async Task<T> OnceMore<T>(this ModuleDb db, Func<Task<T>> order)
    {
        try
        {
            return await order();
        }
        catch (Exception failure) when (failure is Refusal { Code: "changed-meanwhile" } || (failure is DbUpdateException && db.IsDuplicate(failure)))
        {
            db.ChangeTracker.Clear();
        }

        try
        {
            return await order();
        }
        catch (DbUpdateException failure) when (db.IsDuplicate(failure))
        {
            // An id of somebody else's: nothing is said of it.
            db.ChangeTracker.Clear();
            throw Refusal.ChangedMeanwhile();
        }
    }
}
