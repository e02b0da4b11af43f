using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.BuildingBlocks.Regions;

namespace Platform.Benchmarks;

/// <summary>Every worklist of each role over HTTP: first and last pages, orders, filters, searches, exports.</summary>
internal static partial class Lists
{
    private const string Wanted = "Rossi";

    private static readonly Dictionary<string, (string User, string[] Addresses)[]> Pages = new(StringComparer.Ordinal)
    {
        ["people"] =
        [
            ("sisp", ["/patients?p=1", "/patients?p=2", "/patients?p=400", "/patients?sort=-name", "/patients?sort=birth", "/patients?sort=-code", "/patients?WithoutDoctor=true"]),
            ("medico", ["/patients?p=1", "/patients?p=50", "/patients?sort=-birth", "/patients?sort=code"]),
        ],
        ["people search"] =
        [
            ("sisp", [$"/patients?Q={Wanted}", $"/patients?Q={Wanted}%20Maria", "/patients?Q=Maria%20Ferr", "/patients?Q=Maria", "/patients?Q=12/03/1980", "/patients?Q=XXXAAB80A01A5", "/patients?Q=Zzyzx", $"/patients?Q={Wanted}&sort=-birth&p=2"]),
            ("medico", [$"/patients?Q={Wanted}", "/patients?Q=Maria"]),
        ],
        ["requests"] =
        [
            ("sisp", ["/testing/requests?p=1", "/testing/requests?p=400", "/testing/requests?sort=asked", "/testing/requests?sort=name", "/testing/requests?sort=-name", "/testing/requests?sort=-slot",
                "/testing/requests?State=Received", "/testing/requests?State=Booked", "/testing/requests?State=Reported", "/testing/requests?Day=2021-03-12"]),
            ("medico", ["/testing/requests?p=1", "/testing/requests?sort=name", "/testing/requests?State=Received"]),
            ("hotspot", ["/testing/requests?p=1", "/testing/requests?Day=2021-03-12", "/testing/requests?sort=name", "/testing/hotspot?Day=2021-03-12"]),
            ("laboratorio", ["/testing/requests?p=1", "/testing/requests?p=400", "/testing/requests?State=Received", "/testing/requests?sort=-slot", "/testing/requests?sort=name"]),
        ],
        ["requests search"] =
        [
            ("sisp", [$"/testing/requests?Text={Wanted}", $"/testing/requests?Text={Wanted}%20Maria", "/testing/requests?Text=Maria", "/testing/requests?Text=XXXAAB80A01A005X", "/testing/requests?Text=BM0000012"]),
            ("laboratorio", [$"/testing/requests?Text={Wanted}%20Maria", "/testing/requests?Text=BM000001234"]),
        ],
        ["reports"] =
        [
            ("sisp", ["/referti?p=1", "/referti?p=400", "/referti?sort=issued", "/referti?sort=name", "/referti?Result=Detected", "/referti?From=2021-03-12&To=2021-03-14", "/referti?PositivesFirst=true"]),
            ("medico", ["/referti?p=1", "/referti?sort=name", "/referti?Result=Detected", "/referti?PositivesFirst=true"]),
            ("laboratorio", ["/referti?p=1", "/referti?Result=Detected&sort=name", "/referti?From=2021-03-12&To=2021-03-12"]),
        ],
        ["reports search"] =
        [
            ("sisp", [$"/referti?Text={Wanted}", $"/referti?Text={Wanted}%20Maria", "/referti?Text=XXXAAB80A01A005X", "/referti?Text=BM000001234"]),
            ("laboratorio", [$"/referti?Text={Wanted}%20Maria", "/referti?Text=Maria"]),
        ],
        ["awaiting"] = [("laboratorio", ["/referti/enter?p=1", "/referti/enter?p=20", "/referti/enter?sort=name", "/referti/enter?sort=-collected", $"/referti/enter?Text={Wanted}"])],
        ["to do"] = [("sisp", ["/testing/to-do", "/testing/authorisations"]), ("medico", ["/testing/to-do"])],
        ["home"] = [("sisp", ["/"]), ("medico", ["/"]), ("hotspot", ["/"]), ("laboratorio", ["/"])],
        ["unmatched"] = [("laboratorio", ["/referti/unmatched?p=1"]), ("sisp", ["/referti/unmatched?p=1"])],
        ["inbox"] = [("sisp", ["/inbox?Show=All"]), ("medico", ["/inbox?Show=All"])],
        ["accounts and audit"] = [("amministratore", ["/users?p=1", "/audit?p=1", "/audit?p=3", "/notifications/outbox?p=1"])],
    };

    public static async Task<int> Run(int people, int tests, int rounds, bool alsoTenth)
    {
        var tenth = alsoTenth ? await Measure(people / 10, tests / 10, rounds) : null;
        var (p95, slowest, exports, failures) = await Measure(people, tests, rounds) ?? default;
        foreach (var (address, milliseconds) in slowest)
            Console.Error.WriteLine($"  {milliseconds,7:0} ms  {address}");
        foreach (var failure in failures)
            Console.Error.WriteLine("  WRONG " + failure);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "lists",
            people,
            tests,
            rounds,
            p95_ms = p95,
            tenth_p95_ms = tenth?.P95,
            constancy = tenth is { } small ? Math.Round(p95["overall"] / small.P95["overall"], 2) : (double?)null,
            export_rows_per_second = exports,
            checks = failures.Count == 0 ? "ok" : "failed",
            machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
        }));
        return failures.Count == 0 ? 0 : 1;
    }

    private static async Task<(Dictionary<string, double> P95, List<(string, double)> Slowest, Dictionary<string, int> Exports, List<string> Failures)?> Measure(int people, int tests, int rounds)
    {
        Console.Error.WriteLine($"{people:N0} people, {tests:N0} tests");
        await using var host = await PlatformHost.Start("lists", demoPeople: 60);
        await new Crowd(host.Database, RegionPack.Read(Path.Combine(PlatformHost.Root(), "regions", "piemonte")), people, tests).Load();
        var failures = await Counts(host, people, tests);
        var visitors = new Dictionary<string, HttpClient>();
        foreach (var user in Pages.Values.SelectMany(p => p).Select(p => p.User).Distinct())
            visitors[user] = await host.SignedIn(user);

        // Once round everything: the first visit of a page compiles it.
        foreach (var (user, address) in Pages.Values.SelectMany(p => p).SelectMany(p => p.Addresses.Select(a => (p.User, a))))
            (await visitors[user].GetAsync(address)).Dispose();

        var all = new List<double>();
        var byPage = new List<(string, double)>();
        var p95 = new Dictionary<string, double>();
        foreach (var (list, roles) in Pages)
        {
            var times = new List<double>();
            foreach (var (user, addresses) in roles)
            {
                foreach (var address in addresses)
                {
                    var own = new List<double>();
                    for (var round = -2; round < rounds; round++)
                    {
                        var clock = Stopwatch.GetTimestamp();
                        using var answer = await visitors[user].GetAsync(address);
                        var html = await answer.Content.ReadAsStringAsync();
                        var took = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
                        if (!answer.IsSuccessStatusCode)
                            failures.Add($"{user} {address}: {answer.StatusCode}");
                        if (round >= 0)
                            own.Add(took);
                        if (round == 0 && !MayBeEmpty(list, address) && !Row().IsMatch(html))
                            failures.Add($"{user} {address} shows no rows");
                    }

                    byPage.Add(($"{user} {address}", At95(own)));
                    times.AddRange(own);
                }
            }

            p95[list] = At95(times);
            all.AddRange(times);
        }

        p95["overall"] = At95(all);
        var exports = new Dictionary<string, int>();
        foreach (var (user, address) in new[] { ("medico", "/patients?format=csv"), ("medico", "/testing/requests?format=xlsx"), ("sisp", "/referti?From=2021-03-01&To=2021-03-31&format=csv"), ("laboratorio", "/referti?Result=Detected&format=xlsx") })
        {
            var clock = Stopwatch.StartNew();
            var bytes = await visitors[user].GetByteArrayAsync(address);
            var rows = await RowsOf(bytes);
            exports[$"{user} {address}"] = (int)(rows / clock.Elapsed.TotalSeconds);
            if (user == "medico" && address.StartsWith("/patients", StringComparison.Ordinal) && rows != await host.Ask<int>("SELECT count(*) FROM patients.patients WHERE gp_code = '990007'"))
                failures.Add($"{address} exports {rows} rows");
        }

        return (p95, [.. byPage.OrderByDescending(p => p.Item2).Take(15)], exports, failures);
    }

    /// <summary>The host goes on with its crowd, to be looked at.</summary>
    public static async Task Stay(int people, int tests)
    {
        await using var host = await PlatformHost.Start("lists", demoPeople: 60);
        await new Crowd(host.Database, RegionPack.Read(Path.Combine(PlatformHost.Root(), "regions", "piemonte")), people, tests).Load();
        Console.Error.WriteLine($"{host.Address} over {host.Database}; Ctrl+C ends it.");
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task<List<string>> Counts(PlatformHost host, int people, int tests)
    {
        var failures = new List<string>();
        foreach (var (table, least) in new[] { ("patients.patients", people), ("patients.patient_words", 2 * people), ("testing.swab_requests", tests), ("referti.reports", (int)(tests * 0.9)) })
        {
            if (await host.Ask<int>($"SELECT count(*) FROM {table}") is var count && count < least)
                failures.Add($"{table} has {count} rows of {least}");
        }

        return failures;
    }

    private static async Task<int> RowsOf(byte[] file)
    {
        var layout = new BuildingBlocks.Tables.TableLayout(new BuildingBlocks.Tables.TableField("Codice fiscale", true));
        await using var table = await BuildingBlocks.Tables.Table.Open(new MemoryStream(file), layout, default);
        var rows = 0;
        await foreach (var _ in table.Rows())
            rows++;
        return rows;
    }

    private static double At95(List<double> times)
    {
        var sorted = times.Order().ToList();
        return Math.Round(sorted[(int)Math.Ceiling(sorted.Count * 0.95) - 1], 1);
    }

    // The crowd has no messages and no mails, and its numbers and codes are made up.
    private static bool MayBeEmpty(string list, string address) =>
        list is "home" or "to do" or "unmatched" or "inbox" || new[] { "Zzyzx", "XXXAAB", "BM0000", "/testing/hotspot?", "/notifications/outbox" }.Any(part => address.Contains(part, StringComparison.Ordinal));

    [GeneratedRegex("<tbody[^>]*>\\s*<tr")]
    private static partial Regex Row();
}
