using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.Patients;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.People;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class DemoPeopleTests
{
    private const int People = 300;

    [Theory, OnEachEngine]
    public async Task The_same_seed_makes_the_same_people_once(Engine engine)
    {
        var pack = SmallPack();
        try
        {
            var first = await Seed(engine, pack);
            var second = await Seed(engine, pack);
            Assert.Equal(People, first.Count);
            Assert.Equal(first.Select(Line), second.Select(Line));
            Assert.Equal(People, first.Select(p => p.FiscalCode).Distinct().Count());
            Assert.Contains(first, p => p is { FamilyName: "Rossi", GivenName: "Mario", GpCode: "990007" });
            Assert.Contains(first, p => p is { FamilyName: "Rossi", GivenName: "Giulia", GpCode: "990528" });
            Assert.All(first, p => Assert.True(p.Email?.EndsWith("@example.org", StringComparison.Ordinal) ?? true));
            Assert.All(first, p => Assert.True(p.Phone?.StartsWith("+39 555 ", StringComparison.Ordinal) ?? true));
            Assert.InRange(first.Count(p => p.BirthPlaceCode![0] == 'Z'), People * 6 / 100, People * 20 / 100);
            Assert.InRange(first.Count(p => p.Sex == Sex.Female), People * 40 / 100, People * 62 / 100);
        }
        finally
        {
            Directory.Delete(pack, recursive: true);
        }
    }

    private static string Line(Patient p) =>
        string.Join('|', p.FiscalCode, p.FamilyName, p.GivenName, p.ResidenceIstat, p.Address, p.Email, p.Phone, p.GpCode,
            string.Join(',', p.Assignments.Select(a => a.ValidFrom)));

    private static async Task<List<Patient>> Seed(Engine engine, string pack)
    {
        await using var app = await PlatformApp.Start(engine, ("Region:Folder", pack));
        for (var round = 0; round < 2; round++)
        {
            await using var scope = app.Scope();
            var said = new List<string>();
            await scope.ServiceProvider.GetServices<IDemoSeed>().Single(s => s.Order == 10).Seed(new Said(said.Add), default);
            Assert.Contains(round == 0 ? "300 of 300 people" : "already there", said);
        }

        return await app.Db<PatientsDb, List<Patient>>(db =>
            db.Patients.AsNoTracking().Include(p => p.Assignments).OrderBy(p => p.FiscalCode).ToListAsync());
    }

    private static string SmallPack()
    {
        var folder = Directory.CreateTempSubdirectory("platform-region-").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Walls.Documents.Root, "regions", "piemonte")))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var about = Path.Combine(folder, "region.json");
        File.WriteAllText(about, File.ReadAllText(about).Replace("\"people\": 20000", $"\"people\": {People}", StringComparison.Ordinal));
        return folder;
    }

    private sealed class Said(Action<string> say) : IProgress<string>
    {
        public void Report(string value) => say(value);
    }
}
