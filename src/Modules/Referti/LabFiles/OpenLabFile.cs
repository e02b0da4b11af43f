using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;

namespace Platform.Referti.LabFiles;

/// <summary>Opens a file by the description that was chosen or, where none was, by the first whose columns it has.</summary>
internal sealed class OpenLabFile(FileMaps maps, Region region, TimeProvider clock)
{
    public IReadOnlyList<FileMap> Maps => [.. maps.All.Where(m => m.IsValidOn(region.DayOf(clock.GetUtcNow()))).OrderBy(m => m.Name != "simple")];

    /// <exception cref="Refusal">The file is no table, or none that we know.</exception>
    public async Task<(Table Table, FileMap Map)> Open(Stream file, string? named, CancellationToken cancellation)
    {
        if (named is not null)
        {
            var map = Maps.FirstOrDefault(m => m.Name == named)
                ?? throw new Refusal("unknown-format", "Il formato del file non è tra quelli conosciuti: {0}.", string.Join(", ", Maps.Select(m => m.Name))) { Kind = RefusalKind.Unprocessable };
            return (await Table.Open(file, map.Layout, cancellation), map);
        }

        Refusal? first = null;
        foreach (var map in Maps)
        {
            file.Position = 0;
            try
            {
                return (await Table.Open(file, map.Layout, cancellation), map);
            }
            catch (Refusal refusal) when (refusal.Code == "table-missing-column")
            {
                first ??= refusal;
            }
        }

        throw first ?? Refusal.NotFound();
    }
}
