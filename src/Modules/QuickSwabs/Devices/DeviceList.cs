using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;

namespace Platform.QuickSwabs.Devices;

/// <summary>The common list of antigen devices: the region pack's, and over it what was imported since.</summary>
internal sealed class DeviceList(QuickSwabsDb db, Region region)
{
    public async Task<IReadOnlyList<AntigenDevice>> All(CancellationToken cancellation)
    {
        var imported = await db.Devices.AsNoTracking().ToListAsync(cancellation);
        var numbers = imported.Select(d => d.Jrc).ToHashSet();
        return [.. region.QuickSwabs.Devices.Where(d => !numbers.Contains(d.Jrc)).Concat(imported.Select(d => d.AsDevice())).OrderBy(d => d.Maker, StringComparer.OrdinalIgnoreCase).ThenBy(d => d.Name, StringComparer.OrdinalIgnoreCase)];
    }

    public async Task<IReadOnlyList<AntigenDevice>> On(DateOnly day, CancellationToken cancellation) =>
        [.. (await All(cancellation)).Where(d => d.Valid.On(day))];

    /// <returns>The line that holds on that day, or else the last one, so that what was withdrawn is refused by its name; null for a number that is not in the list.</returns>
    public async Task<AntigenDevice?> Find(string? jrc, DateOnly day, CancellationToken cancellation)
    {
        var lines = (await All(cancellation)).Where(d => d.Jrc == jrc?.Trim()).ToList();
        return lines.Find(d => d.Valid.On(day)) ?? lines.LastOrDefault();
    }
}

/// <summary>A line of the common list that was imported after the region pack was made.</summary>
internal sealed class ImportedDevice
{
    public required string Jrc { get; init; }
    public required string Maker { get; set; }
    public required string Name { get; set; }
    public required int Minutes { get; set; }
    public required DateOnly ValidFrom { get; set; }

    /// <summary>Last day in the list; null while it is there.</summary>
    public required DateOnly? ValidUntil { get; set; }

    /// <summary>The list's own date.</summary>
    public required DateOnly ListOf { get; set; }

    public AntigenDevice AsDevice() => new(Jrc, Maker, Name, Minutes, new(ValidFrom, ValidUntil), $"Value set {ListOf:yyyy-MM-dd}");
}
