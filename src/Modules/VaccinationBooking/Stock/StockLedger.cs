using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;

namespace Platform.VaccinationBooking.Stock;

/// <summary>The one way in which doses come and go. Rivals for the last one are decided by the database: a count that would fall below
/// nothing changes no row.</summary>
internal static class StockLedger
{
    /// <summary>Within the caller's transaction.</summary>
    /// <exception cref="Refusal"><c>stock-gone</c>: the lot has not so many.</exception>
    public static async Task Move(this VaccinationDb db, Guid lot, Guid id, StockMoveKind kind, int doses, DateTime at, string by, string? note, CancellationToken cancellation)
    {
        var changed = await db.StockLots.Where(l => l.Id == lot && l.Doses + doses >= 0).ExecuteUpdateAsync(set => set.SetProperty(l => l.Doses, l => l.Doses + doses), cancellation);
        if (changed == 0)
            throw new Refusal("stock-gone", "In questo lotto non ci sono più tante dosi: scelga un altro lotto, o corregga la giacenza.");
        db.Add(new StockMove { Id = id, LotId = lot, Kind = kind, Doses = doses, At = at, By = by, Note = note });
    }

    /// <summary>A dose out of a vial that is open, or out of one that is opened now.</summary>
    /// <param name="perVial">Doses of a new one.</param>
    public static async Task FromVial(this VaccinationDb db, StockLot lot, int perVial, TimeSpan usable, DateTime at, CancellationToken cancellation)
    {
        var open = await db.Vials.Where(v => v.LotId == lot.Id && v.EndedAt == null && v.Left > 0 && v.UseBy > at).OrderBy(v => v.UseBy).Select(v => v.Id).ToListAsync(cancellation);
        foreach (var vial in open)
        {
            if (await db.Vials.Where(v => v.Id == vial && v.Left > 0 && v.EndedAt == null).ExecuteUpdateAsync(set => set.SetProperty(v => v.Left, v => v.Left - 1), cancellation) == 1)
                return;
        }

        db.Add(new Vial { Id = Guid.CreateVersion7(new DateTimeOffset(at, TimeSpan.Zero)), LotId = lot.Id, CentreCode = lot.CentreCode, OpenedAt = at, UseBy = at + usable, Left = perVial - 1 });
    }
}
