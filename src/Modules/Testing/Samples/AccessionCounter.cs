using Microsoft.EntityFrameworkCore;

namespace Platform.Testing.Samples;

/// <summary>How many numbers of a series a lab was given in a year: samples, and with a letter before its code boxes and pools.</summary>
internal sealed class AccessionCounter
{
    public const int KeyLength = Labs.Lab.CodeLength + 2;

    public required string LabCode { get; init; }
    public required int Year { get; init; }
    public int Last { get; init; }
}

internal static class AccessionCounters
{
    /// <summary>The row must be there before the transaction that counts: two who both insert it would
    /// spoil each other's transaction.</summary>
    public static async Task OpenCounter(this TestingDb db, string labCode, int year, Func<Exception, bool> isDuplicate, CancellationToken cancellation)
    {
        if (await db.AccessionCounters.AnyAsync(c => c.LabCode == labCode && c.Year == year, cancellation))
            return;
        var counter = new AccessionCounter { LabCode = labCode, Year = year };
        db.AccessionCounters.Add(counter);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (isDuplicate(failure))
        {
            // Somebody else has just opened it.
        }

        db.Entry(counter).State = EntityState.Detached;
    }

    /// <summary>The lab's next number, within the transaction that uses it: the row stays locked until the end,
    /// so no number is given twice, and one that is rolled back is given again.</summary>
    public static async Task<int> NextNumber(this TestingDb db, string labCode, int year, CancellationToken cancellation)
    {
        var counter = db.AccessionCounters.Where(c => c.LabCode == labCode && c.Year == year);
        await counter.ExecuteUpdateAsync(set => set.SetProperty(c => c.Last, c => c.Last + 1), cancellation);
        return await counter.Select(c => c.Last).SingleAsync(cancellation);
    }

    /// <summary>The number of a box (D) or of a pool (P) of that lab, in the transaction that uses it; its counter must be open.</summary>
    public static async Task<string> NextNumber(this TestingDb db, char letter, Labs.Lab lab, int year, CancellationToken cancellation) =>
        letter + AccessionNumber.Make(lab.Prefix, year, await db.NextNumber($"{letter}:{lab.Code}", year, cancellation));
}
