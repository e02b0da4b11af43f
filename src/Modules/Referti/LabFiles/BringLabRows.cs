using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;

namespace Platform.Referti.LabFiles;

/// <summary>What became of some rows of a file.</summary>
internal sealed record RowsOutcome(int Rows, int Released, int Repeated, int Waiting, int Known, IReadOnlyList<RowFault> Faults)
{
    public static RowsOutcome None { get; } = new(0, 0, 0, 0, 0, []);

    /// <summary>Rows that were refused, however much was wrong with them.</summary>
    public int Bad => Faults.Select(f => f.Line).Distinct().Count();
}

/// <summary>Rows of a file become messages of one result each: kept, matched and released by the one road there is. What was
/// brought already is known again, so that a file that was cut off may simply come again.</summary>
internal sealed class BringLabRows(Intake intake, IBirthPlaces places, Region region, TimeProvider clock)
{
    public async Task<RowsOutcome> Bring(FileMap map, IReadOnlyList<TableRow> rows, string lab, Guid? senderId, CancellationToken cancellation)
    {
        var reader = new RowReader(map, places, region, region.DayOf(clock.GetUtcNow()));
        var read = rows.Select(reader.Read).ToList();
        var taken = await intake.TakeAll([.. read.Select(r => r.Incoming).OfType<Incoming>()], lab, senderId, cancellation);
        var fresh = taken.Where(t => !t.AlreadyKnown).ToList();
        return new(
            rows.Count, Count(OutcomeState.Issued), Count(OutcomeState.Repeated), Count(OutcomeState.Waiting), taken.Count - fresh.Count,
            [.. read.SelectMany(r => r.Faults)]);

        int Count(OutcomeState state) => fresh.Count(t => t.Outcomes.Any(o => o.State == state));
    }
}

internal static class RowFaults
{
    /// <summary>In the reader's language.</summary>
    public static string In(this RowFault fault, Texts texts)
    {
        var reason = texts[fault.Reason, fault.Arguments].Value;
        return reason.Length <= LabFileFault.ReasonLength ? reason : reason[..LabFileFault.ReasonLength];
    }
}
