using Platform.BuildingBlocks.Regions;

namespace Platform.Tests.Certificates;

public sealed class RulesOfThePackTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("region").FullName;

    [Theory]
    [InlineData("certificate_products.csv", "comirnaty,EU/1/20/1528", "comirnati,EU/1/20/1528", "vaccine comirnati is not in vaccines.csv")]
    [InlineData("certificate_products.csv", "1119349007 28531000087107,ema", "1119349007 1,ema", "prophylaxis has «1»")]
    [InlineData("certificate_values.csv", "target,", "targets,", "set is «targets», must be one of target, test, result, prophylaxis, country")]
    [InlineData("certificate_terms.csv", "vaccination,540", "vaccination,0", "days is 0, must be 1 at least")]
    [InlineData("certificate_terms.csv", "recovery,540,2022-02-01,,", "recovery,540,2022-02-01,2022-03-01,", "no line of recovery that still holds")]
    [InlineData("verification_modes.csv", "authentic,Solo autenticità,Authenticity only,2021-01-01,,", "authentic,Solo autenticità,Authenticity only,2021-01-01,2021-02-01,", "no mode that still holds")]
    [InlineData("verification_doses.csv", "*,3+,*,booster", "*,x+,*,booster", "dose is «x+», must be a number, such as 3+, or *")]
    [InlineData("verification_checks.csv", "base entry,test,molecular", "base exit,test,molecular", "modes has «exit»")]
    [InlineData("verification_checks.csv", ",15,42,days", ",15,4,days", "it ends (4) before it starts (15)")]
    [InlineData("verification_checks.csv", "partial,Sputnik-V", "partial,Sputnik-X", "product Sputnik-X is not known")]
    public void What_is_wrong_is_said_with_file_and_line(string file, string right, string wrong, string reason)
    {
        foreach (var shipped in Directory.GetFiles(Pack.Piemonte.Folder))
            File.Copy(shipped, Path.Combine(folder, Path.GetFileName(shipped)), overwrite: true);
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(right, wrong, StringComparison.Ordinal));
        var failure = Assert.Throws<RegionPackException>(() => RegionPack.Read(folder));
        Assert.Contains(failure.Errors, e => e.StartsWith(file, StringComparison.Ordinal) && e.Contains(reason, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
