using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.Tests.Walls;

/// <summary>When two people turn out to be one, no module keeps rows of the one that is no more.</summary>
public sealed class MergedPatientsTests
{
    [Fact]
    public void Every_module_whose_tables_hold_a_patients_id_reacts_to_a_merge()
    {
        var holding = Rooms.WithDb.Where(m => m.Name != "patients")
            .Where(m => Rooms.Open(m, new SqliteEngine(Path.GetTempPath())) is var db
                && (db.PatientColumns().Any() || db.Model.GetEntityTypes().Any(e => e.ClrType.IsAssignableTo(typeof(IOfPatient)))))
            .ToList();
        Assert.Contains(holding, m => m.Name == "testing");
        var reacting = Rooms.Events.Reactions.Where(r => r.Event == typeof(PatientsMerged)).Select(r => r.Module.Name).ToHashSet();
        Assert.Empty(holding.Select(m => m.Name).Except(reacting));
    }

    /// <summary>A column with a patient's id under another name would stay behind, unless its reaction sees to it.</summary>
    [Fact]
    public void A_patients_id_is_named_so()
    {
        string[] seenTo = ["testing.OpenFor", "patients.MergedInto"];
        var odd = Rooms.WithDb.SelectMany(m => Rooms.Open(m, new SqliteEngine(Path.GetTempPath())).Model.GetEntityTypes()
                .Where(e => e.ClrType.IsAssignableTo(typeof(IOfPatient)))
                .SelectMany(e => e.GetProperties()).Where(p => (Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType) == typeof(Guid))
                .Where(p => p.Name.Contains("Patient", StringComparison.Ordinal) || p.Name.Contains("Person", StringComparison.Ordinal) || p.Name is "OpenFor" or "MergedInto")
                .Where(p => !p.Name.EndsWith("PatientId", StringComparison.Ordinal)).Select(p => $"{m.Name}.{p.Name}"))
            .Except(seenTo);
        Assert.Empty(odd);
    }
}
