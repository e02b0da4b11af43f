using Platform.BuildingBlocks.Privacy;

namespace Platform.VaccinationBooking.OpenData;

/// <summary>The national files have all numbers, so only who asks for it gets a table without the small ones.</summary>
internal static class WithoutSmallNumbers
{
    /// <returns>The rows that have enough doses, with blanks in them.</returns>
    public static IReadOnlyList<OpenDataRow> Suppressed(this IEnumerable<OpenDataRow> rows, OpenDataLayout layout, int least) =>
        [.. rows.Where(r => r.Counts.Take(layout.Parts[0].Count).Sum() >= least).Select(r => r with { Counts = Blanked(r.Counts, layout, least) })];

    private static int?[] Blanked(int?[] counts, OpenDataLayout layout, int least)
    {
        var told = new List<int?>();
        foreach (var part in layout.Parts)
            told.AddRange(SmallNumbers.Blanked(counts[told.Count..(told.Count + part.Count)], least));
        return [.. told];
    }
}
