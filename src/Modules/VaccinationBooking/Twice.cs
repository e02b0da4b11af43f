using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;

namespace Platform.VaccinationBooking;

internal static class Twice
{
    /// <summary>An order that came twice at once: the later one finds what the first has done, looks again, and answers as it did.</summary>
    public static async Task<T> OnceMore<T>(this VaccinationDb db, IDatabaseEngine engine, Func<Task<T>> order)
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
        catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
        {
            db.ChangeTracker.Clear();
            return await order();
        }
    }
}
