using Platform.BuildingBlocks.Imports;

namespace Platform.Patients.Imports;

/// <summary>What became of a batch.</summary>
internal sealed record BatchOutcome(int Added, int Changed, int Unchanged, IReadOnlyList<RowFault> Faults)
{
    public static IReadOnlyList<ImportCount> Counts { get; } = [new("Nuove", "added"), new("Cambiate", "changed"), new("Invariate", "unchanged")];

    /// <summary>Lines that were refused, whatever the number of their faults.</summary>
    public int Bad => AsOutcome().Refused;

    public ImportOutcome AsOutcome() => new([Added, Changed, Unchanged], Faults);
}
