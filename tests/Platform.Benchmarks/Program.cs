using Platform.Benchmarks;
using Platform.Tests.Harness;

// dotnet run -c Release --project tests/Platform.Benchmarks -- lists [--people 1000000] [--tests 5000000] [--rounds 15] [--tenth no]
// dotnet run -c Release --project tests/Platform.Benchmarks -- import [--people 250000]
// dotnet run -c Release --project tests/Platform.Benchmarks -- import --results 250000
// dotnet run -c Release --project tests/Platform.Benchmarks -- audit [--lines 10000000] [--months 12] [--rounds 15] [--standing]
// dotnet run -c Release --project tests/Platform.Benchmarks -- invitations [--people 12000]
// dotnet run -c Release --project tests/Platform.Benchmarks -- opening-night [--people 400000] [--rate N]
// dotnet run -c Release --project tests/Platform.Benchmarks -- replicas [--people 100000]
// dotnet run -c Release --project tests/Platform.Benchmarks -- certificates [--certificates 10000]
// dotnet run -c Release --project tests/Platform.Benchmarks -- schools FOLDER   (paritarie and classes of the ministry's open data)
// Each ends with one line of JSON; 0 when its checks held.
int Number(string name, int otherwise) =>
    Array.IndexOf(args, "--" + name) is var at and >= 0 ? int.Parse(args[at + 1], System.Globalization.CultureInfo.InvariantCulture) : otherwise;

Environment.SetEnvironmentVariable("PLATFORM_POSTGRES_OPTIONS",
    Environment.GetEnvironmentVariable("PLATFORM_POSTGRES_OPTIONS") ?? "-c shared_buffers=2GB -c work_mem=32MB -c maintenance_work_mem=1GB -c max_wal_size=8GB -c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c effective_cache_size=8GB"
    // A table filled as it is made needs no log of its own.
    + (args.Contains("audit") ? " -c wal_level=minimal -c max_wal_senders=0" : ""));
try
{
    switch (args.FirstOrDefault())
    {
        case "lists":
            if (args.Contains("--stay"))
                await Lists.Stay(Number("people", 1_000_000), Number("tests", 5_000_000));
            return await Lists.Run(Number("people", 1_000_000), Number("tests", 5_000_000), Number("rounds", 15), !args.Contains("--only"));
        case "audit":
            return await Audit.Run(Number("lines", 10_000_000), Number("months", 12), Number("rounds", 15), args.Contains("--standing"));
        case "invitations":
            return await Invitations.Run(Number("people", 12_000));
        case "opening-night":
            return await OpeningNight.Run(Number("people", 400_000), Number("rate", 0), replicas: false);
        case "replicas":
            return await OpeningNight.Run(Number("people", 100_000), Number("rate", 0), replicas: true);
        case "certificates":
            return await Certificates.Run(Number("certificates", 10_000));
        case "schools" when args.ElementAtOrDefault(1) is { } folder:
            return await Schools.Run(folder);
        case "import":
            return args.Contains("--results") ? await Results.Run(Number("results", 250_000)) : await Import.Run(Number("people", 250_000));
        default:
            Console.Error.WriteLine("lists [--people N] [--tests N] [--rounds N] [--only] [--stay] | audit [--lines N] [--months N] [--rounds N] [--standing] | import [--people N | --results N] | invitations [--people N] | opening-night [--people N] [--rate N] | replicas [--people N] | certificates [--certificates N] | schools FOLDER");
            return 2;
    }
}
finally
{
    await PostgresServer.StopIfRunning();
}
