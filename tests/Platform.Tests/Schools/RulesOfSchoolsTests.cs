using Platform.BuildingBlocks.Regions;
using Platform.Tests.Certificates;

namespace Platform.Tests.Schools;

public sealed class RulesOfSchoolsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("region").FullName;

    [Theory]
    [InlineData("school_rule_sets.csv", "14,2021-11-06,", "14,2021-11-08,", "nursery has no set on the days before 2021-11-08")]
    [InlineData("school_rule_sets.csv", "14,2021-11-06,", "14,2021-11-04,", "nursery has a set already by line 4 on 2021-11-04")]
    [InlineData("school_rule_sets.csv", ",5,2022-02-07,", ",0,2022-02-07,", "window_days is 0")]
    [InlineData("school_rules.csv", "SCH-2021-11,primary,pupils,protected cycle none,2,2,", "SCH-2021-11,primary,pupils,cycle none,2,2,", "SCH-2021-11 primary pupils protected has no line for 2 cases")]
    [InlineData("school_rules.csv", "SCH-2022-01,primary,pupils,protected cycle none,2,,", "SCH-2022-01,primary,pupils,protected cycle none,1,,", "SCH-2022-01 primary pupils none has another line for 1 cases")]
    [InlineData("school_rules.csv", "SCH-2022-01,primary,pupils,protected cycle none,2,,distance", "SCH-2022-01,primary,pupils,protected cycle none,2,,presence", "another measure of the class")]
    [InlineData("school_rules.csv", "T0 T10,exposure", "X0 T10,exposure", "tests has «X0»")]
    [InlineData("school_protection.csv", "protected,cycle,14,120", "protected,cycle,14,12", "until_days not fewer")]
    [InlineData("school_tests.csv", "T0,yes", "T0,maybe", "demanded is «maybe»")]
    public void What_is_wrong_is_said_with_file_and_line(string file, string right, string wrong, string reason)
    {
        foreach (var shipped in Directory.GetFiles(Pack.Piemonte.Folder))
            File.Copy(shipped, Path.Combine(folder, Path.GetFileName(shipped)), overwrite: true);
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        var at = text.IndexOf(right, StringComparison.Ordinal);
        Assert.True(at >= 0);
        File.WriteAllText(path, text[..at] + wrong + text[(at + right.Length)..]);
        var failure = Assert.Throws<RegionPackException>(() => RegionPack.Read(folder));
        Assert.Contains(failure.Errors, e => e.StartsWith("school_", StringComparison.Ordinal) && e.Contains(reason, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
