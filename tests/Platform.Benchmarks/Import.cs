using System.Globalization;
using System.Text.Json;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Benchmarks;

/// <summary>A register of people brought in from a file by the command line, with its rate and the peak of its memory.</summary>
internal static class Import
{
    public static async Task<int> Run(int people)
    {
        var region = RegionPack.Read(Path.Combine(PlatformHost.Root(), "regions", "piemonte"));
        var file = Path.Combine(Path.GetTempPath(), $"people-{Guid.CreateVersion7():N}.csv");
        await Write(file, region, people);
        await using var host = await PlatformHost.Start("import", demoPeople: 1);
        var before = await host.Ask<int>("SELECT count(*) FROM patients.patients");
        var (exit, seconds, cpu, peak) = await host.Run("import", "people", file);
        var added = await host.Ask<int>("SELECT count(*) FROM patients.patients") - before;
        File.Delete(file);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "import",
            rows = people,
            added,
            seconds = Math.Round(seconds, 1),
            rows_per_second = (int)(people / seconds),
            cpu_seconds = (int)cpu,
            peak_mb = peak >> 20,
            checks = exit == 0 && added == people ? "ok" : "failed",
            machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
        }));
        return exit == 0 && added == people ? 0 : 1;
    }

    private static async Task Write(string file, Region region, int people)
    {
        var families = region.Names.Where(n => n.Kind == NameKind.Family).Select(n => n.Name).ToArray();
        var given = region.Names.Where(n => n.Kind == NameKind.GivenFemale).Select(n => n.Name).ToArray();
        var places = region.Municipalities.ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("Codice fiscale;Cognome;Nome;Sesso;Data di nascita;Comune di residenza;Indirizzo;E-mail;Telefono");
        for (var index = 0; seen.Count < people; index++)
        {
            var (family, name, place) = (families[index % families.Length], given[index / 7 % given.Length], places[index / 13 % places.Length]);
            var born = new DateOnly(1940, 1, 1).AddDays(index % 23_000);
            // Torino is as old as anybody: a town of later years would refuse the code, and rightly.
            var code = FiscalCode.Compute(family, name, Sex.Female, born, "L219");
            if (seen.Add(code))
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{code};{family};{name};F;{born:dd/MM/yyyy};{place.Istat};Via Roma {index % 200};p{index}@example.org;+39 555 {index:0000000}"));
        }
    }
}
