using Platform.BuildingBlocks.Failures;

namespace Platform.Testing;

internal static class Twice
{
    /// <summary>An order that came twice at once: the later one finds the row changed under it, looks again, and answers as
    /// the first did, since it sees then what the first has done.</summary>
    public static async Task<T> OnceMore<T>(this TestingDb db, Func<Task<T>> order)
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
    }
}
