using System.Diagnostics;
using System.Text.Json;
using Platform.BuildingBlocks.Regions;

namespace Platform.Benchmarks;

/// <summary>A laboratory's file of results brought in by the command line, then all that follows from the reports: first the
/// one, then the other, so that each has the machine for itself.</summary>
internal static class Results
{
    private const string Due = """
        SELECT (SELECT count(*) FROM referti.outbox WHERE due_at IS NOT NULL) + (SELECT count(*) FROM testing.outbox WHERE due_at IS NOT NULL)
             + (SELECT count(*) FROM notifications.outbox WHERE due_at IS NOT NULL) + (SELECT count(*) FROM users.outbox WHERE due_at IS NOT NULL)
             + (SELECT count(*) FROM patients.outbox WHERE due_at IS NOT NULL)
        """;

    private static readonly string Sent = Due.Replace("due_at IS NOT NULL", "sent_at IS NOT NULL", StringComparison.Ordinal);

    public static async Task<int> Run(int results)
    {
        var region = RegionPack.Read(Path.Combine(PlatformHost.Root(), "regions", "piemonte"));
        var lab = region.Facilities.First(f => f.Kind == FacilityKind.Lab).Code;
        await using var host = await PlatformHost.Start("results", demoPeople: 1);
        var crowd = new Crowd(host.Database, region, results, results, lab);
        while (await host.Ask<long>(Due) > 0)
            await Task.Delay(500);
        await host.Stop();
        await crowd.Load();
        var file = Path.Combine(Path.GetTempPath(), $"results-{Guid.CreateVersion7():N}.csv");
        await crowd.WriteResults(file);
        var sentBefore = await host.Ask<long>(Sent);
        var (exit, seconds, cpu, peak) = await host.Run("import", "referti", file, "--lab", lab);
        File.Delete(file);
        var released = await host.Ask<int>("SELECT count(*) FROM referti.reports");

        host.StartAgain();
        await host.Ready();
        var clock = Stopwatch.StartNew();
        var cpuBefore = host.Used.Cpu;
        long due;
        var (before, issuedBefore) = (await host.Ask<long>(Sent), await Issued(host));
        while ((due = await host.Ask<long>(Due)) > 0)
        {
            if ((int)clock.Elapsed.TotalSeconds % 10 == 0)
                Console.Error.WriteLine($"  {clock.Elapsed.TotalSeconds:0} s: {due} events wait, {await Issued(host)} reports told");
            await Task.Delay(1000);
        }

        var drained = clock.Elapsed.TotalSeconds;
        var (hostCpu, hostPeak) = host.Used;
        var events = await host.Ask<long>(Sent) - before;
        var checks = exit == 0 && released == results
            && await host.Ask<int>("SELECT count(*) FROM testing.swab_requests WHERE state = 'Reported'") == results
            && await host.Ask<int>("SELECT count(*) FROM referti.deliveries WHERE recipient = 'citizen'") == results
            && await host.Ask<int>("SELECT count(*) FROM referti.outbox WHERE given_up_at IS NOT NULL") == 0;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "import --results",
            rows = results,
            released,
            seconds = Math.Round(seconds, 1),
            rows_per_second = (int)(results / seconds),
            cpu_seconds = (int)cpu,
            peak_mb = peak >> 20,
            events = await host.Ask<long>(Sent) - sentBefore,
            drained_seconds = Math.Round(drained, 1),
            events_per_second = (int)(events / drained),
            reports_per_second = (int)((await Issued(host) - issuedBefore) / drained),
            host_cpu_seconds = (int)(hostCpu - cpuBefore),
            host_peak_mb = hostPeak >> 20,
            checks = checks ? "ok" : "failed",
            machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
        }));
        return checks ? 0 : 1;
    }

    private static Task<long> Issued(PlatformHost host) =>
        host.Ask<long>("SELECT count(*) FROM referti.outbox WHERE sent_at IS NOT NULL AND type LIKE '%ReportIssued'");
}
