using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Testing;

internal static class Twice
{
    /// <summary>An order that came twice at once: the later one finds the row changed under it, looks again, and answers as
    /// the first did, since it sees then what the first has done.</summary>
    /// <param name="engine">Where the order makes a row with an id of the client's: the later one finds it there.</param>
    public static async Task<T> OnceMore<T>(this TestingDb db, Func<Task<T>> order, IDatabaseEngine? engine = null)
    {
        try
        {
            return await order();
        }
        catch (Refusal refusal) when (refusal.Code == "changed-meanwhile")
        {
            db.ChangeTracker.Clear();
            return await order();
        }
        catch (DbUpdateException failure) when (engine?.IsDuplicate(failure) == true)
        {
            db.ChangeTracker.Clear();
            return await order();
        }
    }
}
