namespace Platform.BuildingBlocks.Privacy;

/// <summary>Numbers that would tell of single people are left out of what is published.</summary>
public static class SmallNumbers
{
    /// <param name="counts">Numbers that stand beside each other, of which the sum may be known.</param>
    /// <param name="least">Numbers from one up to it, without it, are not told.</param>
    /// <returns>With blanks in their place; where only one would be blank, and would follow from the others, the next smallest is too.</returns>
    public static int?[] Blanked(IReadOnlyList<int?> counts, int least)
    {
        int?[] told = [.. counts];
        var cells = Enumerable.Range(0, told.Length).Where(i => told[i] > 0).OrderBy(i => told[i]).ToList();
        var blank = cells.Count(i => told[i] < least);
        foreach (var cell in cells.Take(blank == 1 ? 2 : blank))
            told[cell] = null;
        return told;
    }
}
