using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Imports;

/// <summary>Cells of refused rows are people's data that nobody has taken in: they are kept as long as the region says, so that
/// the rows can be mended, and no longer. Row, column and reason stay.</summary>
public sealed class RefusedRows<TDb>(TDb db, TimeProvider clock) : IForgets
    where TDb : ModuleDb
{
    public string What => Retention.RefusedRows;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var cells = 0;
        foreach (var file in await db.Set<ImportedFile>().Where(f => f.CellsForgottenAt == null && f.StartedAt < before).ToListAsync(cancellation))
        {
            cells += await db.Set<ImportFault>().Where(f => f.FileId == file.Id && f.Cells != null)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.Cells, (string?)null), cancellation);
            file.CellsForgottenAt = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(cancellation);
        }

        return cells;
    }
}
