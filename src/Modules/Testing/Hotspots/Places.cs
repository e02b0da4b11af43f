using Microsoft.EntityFrameworkCore;

namespace Platform.Testing.Hotspots;

/// <summary>The places of the slots: one statement each, that the engine itself makes atomic. Both belong in the
/// transaction of the request that takes or leaves the place, and come before its row is written: whoever locks
/// the slot first and the request second cannot meet another who does the contrary.</summary>
internal static class Places
{
    /// <returns>False when none was free.</returns>
    public static async Task<bool> TakePlace(this TestingDb db, Guid slot, CancellationToken cancellation) =>
        await db.Slots.Where(s => s.Id == slot && s.Booked < s.Capacity)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Booked, s => s.Booked + 1), cancellation) == 1;

    public static async Task GiveBackPlace(this TestingDb db, Guid slot, CancellationToken cancellation) =>
        await db.Slots.Where(s => s.Id == slot && s.Booked > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Booked, s => s.Booked - 1), cancellation);
}
