using Microsoft.EntityFrameworkCore;

namespace Platform.Testing.Hotspots;

/// <summary>The places of the slots: one statement each, that the engine itself makes atomic. Both belong in the
/// transaction of the request that takes or leaves the place, and come before its row is written: whoever locks
/// the slot first and the request second cannot meet another who does the contrary.</summary>
internal static class Places
{
    /// <returns>False when none was free.</returns>
    public static async Task<bool> TakePlace(this TestingDb db, Guid slot, CancellationToken cancellation) =>
        await db.Slots.Where(s => s.Id == slot && !s.Closed && s.Booked < s.Capacity)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Booked, s => s.Booked + 1), cancellation) == 1;

    public static async Task GiveBackPlace(this TestingDb db, Guid slot, CancellationToken cancellation) =>
        await db.Slots.Where(s => s.Id == slot && s.Booked > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Booked, s => s.Booked - 1), cancellation);

    /// <summary>Takes one place and gives another back, in the transaction of the request that moves. Always in the same order, so
    /// that two who change places with each other do not wait for one another.</summary>
    /// <returns>False when none was free; the transaction is then to be rolled back.</returns>
    public static async Task<bool> ExchangePlaces(this TestingDb db, Guid? from, Guid to, CancellationToken cancellation)
    {
        if (from is not { } former)
            return await db.TakePlace(to, cancellation);
        if (former.CompareTo(to) < 0)
        {
            await db.GiveBackPlace(former, cancellation);
            return await db.TakePlace(to, cancellation);
        }

        if (!await db.TakePlace(to, cancellation))
            return false;
        await db.GiveBackPlace(former, cancellation);
        return true;
    }

    /// <summary>The free place nearest in time to that instant, at the same hotspot before others of its ASL; at home only by the
    /// same unit.</summary>
    public static async Task<Slot?> NearestFree(this TestingDb db, string hotspotCode, DateTime at, DateTime notBefore, CancellationToken cancellation)
    {
        var hotspot = await db.Hotspots.SingleOrDefaultAsync(h => h.Code == hotspotCode, cancellation);
        if (hotspot is null)
            return null;
        var near = db.Slots.AsNoTracking().Where(s => !s.Closed && s.Place == "" && s.Booked < s.Capacity && s.StartsAt > notBefore
            && db.Hotspots.Any(h => h.Code == s.HotspotCode && h.AslCode == hotspot.AslCode && h.AtHome == hotspot.AtHome));
        if (hotspot.AtHome)
            near = near.Where(s => s.HotspotCode == hotspotCode);
        var later = await near.Where(s => s.StartsAt >= at).OrderBy(s => s.StartsAt).ThenBy(s => s.HotspotCode == hotspotCode ? 0 : 1).ThenBy(s => s.HotspotCode)
            .FirstOrDefaultAsync(cancellation);
        var earlier = await near.Where(s => s.StartsAt < at).OrderByDescending(s => s.StartsAt).ThenBy(s => s.HotspotCode == hotspotCode ? 0 : 1).ThenBy(s => s.HotspotCode)
            .FirstOrDefaultAsync(cancellation);
        return later is null ? earlier : earlier is null || later.StartsAt - at <= at - earlier.StartsAt ? later : earlier;
    }

    /// <summary>Takes it, within the transaction; if somebody was quicker, the next one.</summary>
    public static async Task<Slot?> TakeNearest(this TestingDb db, string hotspotCode, DateTime at, DateTime notBefore, CancellationToken cancellation)
    {
        while (await db.NearestFree(hotspotCode, at, notBefore, cancellation) is { } slot)
        {
            if (await db.TakePlace(slot.Id, cancellation))
                return slot;
        }

        return null;
    }
}
