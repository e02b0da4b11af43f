using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Imports;

/// <summary>Cells of refused rows are people's data that nobody has taken in: they are kept as long as the region says, so that
/// the rows can be mended, and no longer. Row, column and reason stay.</summary>
public sealed class ForgetRefusedRows<TDb>(TDb db, Region region, TimeProvider clock) : IScheduledJob
    where TDb : ModuleDb
{
    static string IScheduledJob.Name => $"{typeof(TDb).Name[..^2].ToLowerInvariant()}.forget-refused-rows";
    static string IScheduledJob.Title => "Cancella il contenuto delle righe respinte nelle importazioni, passato il termine";
    static string IScheduledJob.Cron => "0 20 3 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var days = region.Retention.DaysOf(Retention.RefusedRows, region.DayOf(now));
        var before = now.UtcDateTime.AddDays(-days);
        var cells = 0;
        foreach (var file in await db.Set<ImportedFile>().Where(f => f.CellsForgottenAt == null && f.StartedAt < before).ToListAsync(cancellation))
        {
            cells += await db.Set<ImportFault>().Where(f => f.FileId == file.Id && f.Cells != null)
                .ExecuteUpdateAsync(set => set.SetProperty(f => f.Cells, (string?)null), cancellation);
            file.CellsForgottenAt = now.UtcDateTime;
            await db.SaveChangesAsync(cancellation);
        }

        return new("{0} righe respinte cancellate, oltre {1} giorni", cells, days);
    }
}
