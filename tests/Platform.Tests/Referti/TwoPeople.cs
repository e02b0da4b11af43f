using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Tests.Harness;

namespace Platform.Tests.Referti;

/// <summary>A region whose laboratories all want two people for a release.</summary>
internal static class TwoPeople
{
    /// <summary>The settings to start with; the folder is the test's own and goes with the run.</summary>
    public static (string Key, string Value) Region()
    {
        var shipped = Directory.GetDirectories(Path.Combine(Walls.Documents.Root, "regions")).First(f => Path.GetFileName(f) == "piemonte");
        var folder = Directory.CreateDirectory(Path.Combine(TestDatabase.Folder, "regions", Guid.CreateVersion7().ToString("N"))).FullName;
        foreach (var file in Directory.GetFiles(shipped, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(shipped, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        File.WriteAllText(Path.Combine(folder, "lab_rules.csv"), $"lab,two_people,target_hours,valid_from,valid_until,source\n{LabRule.Every},yes,24,2020-02-24,,test\n");
        return ("Region:Folder", folder);
    }

    /// <summary>Two operators of one laboratory are two accounts.</summary>
    public static Identity Other(string lab) =>
        As.Lab(lab) with { Id = Guid.CreateVersion7(), DisplayName = "Seconda " + lab };

    public static EnterResult Result(this PlatformApp app, Sample sample, ReportResult result)
    {
        var at = app.Region.LocalOf(app.Clock.Now.UtcDateTime).AddHours(-1);
        return new() { Id = Guid.CreateVersion7(), RequestId = sample.RequestId, Result = result, CollectedAt = at, ReportedAt = at };
    }
}
