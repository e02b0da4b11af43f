using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Platform.BuildingBlocks.Regions;

namespace Platform.Benchmarks;

/// <summary>The schools and classes of a region brought in by the command line, as on the day of the installation, on SQLite. Of the schools of the state
/// the data have the classes and no row of the register: those rows are made here, in the ministry's columns, from the codes.</summary>
internal static class Schools
{
    private const string Paritarie = "SCUANAGRAFEPAR202122.LAZ-PIE.csv";
    private const string Classes = "classi-piemonte.csv";
    private const int SitesOfInstitute = 4;

    public static async Task<int> Run(string folder)
    {
        var region = RegionPack.Read(Path.Combine(PlatformHost.Root(), "regions", "piemonte"));
        var data = Directory.CreateTempSubdirectory("schools-");
        try
        {
            var state = Path.Combine(data.FullName, "statali.csv");
            // The refused rows are left beside the file.
            foreach (var file in new[] { Paritarie, Classes })
                File.Copy(Path.Combine(folder, file), Path.Combine(data.FullName, file));
            folder = data.FullName;
            var schools = await WriteState(state, folder, region);
            // Three rows were published with a control character in them: they are refused.
            var classes = File.ReadLines(Path.Combine(folder, Classes)).Distinct().Count(l => !l.Any(char.IsControl)) - 1;
            var first = await Command(data.FullName, "migrate");
            var (private_, ofState, of) = (await Command(data.FullName, "import", "schools", Path.Combine(folder, Paritarie)), await Command(data.FullName, "import", "schools", state),
                await Command(data.FullName, "import", "classes", Path.Combine(folder, Classes)));
            var again = await Command(data.FullName, "import", "classes", Path.Combine(folder, Classes));
            var (inSchools, inClasses) = (await Count(data.FullName, "schools"), await Count(data.FullName, "classes"));
            var seconds = private_.Seconds + ofState.Seconds + of.Seconds;
            var good = inSchools >= schools && inClasses == classes && seconds < 60;
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                scenario = "schools",
                engine = "Sqlite",
                schools = inSchools,
                schools_in_files = schools,
                classes = inClasses,
                classes_in_files = classes,
                seconds = Math.Round(seconds, 1),
                schools_seconds = Math.Round(private_.Seconds + ofState.Seconds, 1),
                classes_seconds = Math.Round(of.Seconds, 1),
                again_seconds = Math.Round(again.Seconds, 1),
                first_seconds = Math.Round(first.Seconds, 1),
                peak_mb = of.Peak >> 20,
                progress_lines = of.Said,
                checks = good ? "ok" : "failed",
                machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
            }));
            return good ? 0 : 1;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            data.Delete(recursive: true);
        }
    }

    private static async Task<int> WriteState(string file, string folder, Region region)
    {
        var known = File.ReadLines(Path.Combine(folder, Paritarie)).Select(l => l.Split(',')).Where(l => l.Length > 4).Select(l => l[4]).ToHashSet();
        var codes = File.ReadLines(Path.Combine(folder, Classes)).Skip(1).Select(l => l[..10]).Distinct().Where(c => !known.Contains(c)).ToList();
        var towns = region.Municipalities.ToLookup(m => m.Province);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("ANNOSCOLASTICO,AREAGEOGRAFICA,REGIONE,PROVINCIA,CODICEISTITUTORIFERIMENTO,DENOMINAZIONEISTITUTORIFERIMENTO,CODICESCUOLA,DENOMINAZIONESCUOLA,INDIRIZZOSCUOLA,CAPSCUOLA,CODICECOMUNESCUOLA,DESCRIZIONECOMUNE,DESCRIZIONECARATTERISTICASCUOLA,DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA,INDICAZIONESEDEDIRETTIVO,INDICAZIONESEDEOMNICOMPRENSIVO,INDIRIZZOEMAILSCUOLA,INDIRIZZOPECSCUOLA,SITOWEBSCUOLA");
        var rows = 0;
        foreach (var (code, index) in codes.Select((c, i) => (c, i)))
        {
            // The first two letters are the province's, mostly as it is today.
            var near = towns[code[..2]].ToList() is { Count: > 0 } there ? there : [.. region.Municipalities];
            var town = near[index % near.Count];
            var institute = string.Create(CultureInfo.InvariantCulture, $"{town.Province}IC{index / SitesOfInstitute:00000}X");
            Task Row(string one, string name, string description) => writer.WriteLineAsync(
                $"202122,NORD OVEST,PIEMONTE,{town.Province},{institute},ISTITUTO {institute},{one},{name},VIA ROMA 1,{town.PostalCode},{town.Belfiore},{town.Name.ToUpperInvariant()},NORMALE,{description},NO,NO,,,");
            if (index % SitesOfInstitute == 0)
                await Row(institute, $"ISTITUTO {institute}", "ISTITUTO COMPRENSIVO");
            await Row(code, $"SCUOLA {code}", code[2..4] switch { "AA" => "SCUOLA INFANZIA", "EE" => "SCUOLA PRIMARIA", "MM" => "SCUOLA PRIMO GRADO", _ => "" });
            rows += index % SitesOfInstitute == 0 ? 2 : 1;
        }

        return rows + File.ReadLines(Path.Combine(folder, Paritarie)).Count(l => l.Contains(",PIEMONTE,", StringComparison.Ordinal));
    }

    private static async Task<(double Seconds, long Peak, int Said)> Command(string data, params string[] arguments)
    {
        var program = Path.Combine(PlatformHost.Root(), "src", "Host");
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(program, "bin", configuration, "net10.0", "Host.dll"), .. arguments])
        {
            WorkingDirectory = program, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Database__Provider"] = "Sqlite";
        start.Environment["Database__Folder"] = data;
        start.Environment["Demo__Enabled"] = "false";
        start.Environment["Privacy__Keys__1"] = Crowd.Key;
        start.Environment["Background__Enabled"] = "false";
        start.Environment["Serilog__MinimumLevel__Default"] = "Warning";
        var (clock, peak, said) = (Stopwatch.StartNew(), 0L, 0);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                Interlocked.Increment(ref said);
            if (Environment.GetEnvironmentVariable("VERBOSE") is not null)
                Console.Error.WriteLine("  " + line.Data);
        };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!process.WaitForExit(200))
        {
            process.Refresh();
            if (!process.HasExited)
                peak = Math.Max(peak, process.PeakWorkingSet64);
        }

        await process.WaitForExitAsync();
        return (clock.Elapsed.TotalSeconds, peak, said);
    }

    private static async Task<int> Count(string data, string table)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "schools.db")};Mode=ReadOnly");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = table == "schools" ? "SELECT count(*) FROM schools" : "SELECT count(*) FROM classes";
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
