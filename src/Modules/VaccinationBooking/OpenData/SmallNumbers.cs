namespace Platform.VaccinationBooking.OpenData;

/// <summary>Numbers that would tell of single people are left out. The national files have them all, so only who asks for it gets a table
/// without them.</summary>
internal static class SmallNumbers
{
    /// <param name="least">Numbers from one up to it, without it, are not told.</param>
    /// <returns>The rows that have enough doses, with blanks in them: where one number of a part would follow from the others, the
    /// next smallest is blank too.</returns>
    public static IReadOnlyList<OpenDataRow> Suppressed(this IEnumerable<OpenDataRow> rows, OpenDataLayout layout, int least) =>
        [.. rows.Where(r => r.Counts.Take(layout.Parts[0].Count).Sum() >= least).Select(r => r with { Counts = Blanked(r.Counts, layout, least) })];

    private static int?[] Blanked(int?[] counts, OpenDataLayout layout, int least)
    {
        int?[] told = [.. counts];
        var from = 0;
        foreach (var part in layout.Parts)
        {
            var cells = Enumerable.Range(from, part.Count).Where(i => told[i] > 0).OrderBy(i => told[i]).ToList();
            var blank = cells.Count(i => told[i] < least);
            foreach (var cell in cells.Take(blank == 1 ? 2 : blank))
                told[cell] = null;
            from += part.Count;
        }

        return told;
    }
}
