using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks;

/// <summary>The privacy officer's searches in an audit log of millions of lines, over HTTP: a tenth of them first, then all.</summary>
internal static partial class Audit
{
    // Twelve thousand accounts look at four million people; every thousandth look is at the same person, as when a name is in the news.
    private const int Actors = 12_000;
    private const int People = 4_300_000;
    private const int SoughtEvery = 1000;

    public static async Task<int> Run(int lines, int rounds)
    {
        await using var host = await PlatformHost.Start("audit", demoPeople: 60);
        var officer = await host.SignedIn("privacy");
        await host.Ask<int>("SELECT count(*) FROM users.audit_lines");
        var failures = new List<string>();
        await Load(host, 1, lines / 10, lines);
        var tenth = await Measure(host, officer, rounds, failures);
        var loading = Stopwatch.StartNew();
        await Load(host, lines / 10 + 1, lines, lines);
        Console.Error.WriteLine($"{lines - lines / 10:N0} lines in {loading.Elapsed.TotalSeconds:0} s");
        var whole = await Measure(host, officer, rounds, failures);
        foreach (var failure in failures)
            Console.Error.WriteLine("  WRONG " + failure);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "audit",
            lines,
            rounds,
            p95_ms = whole,
            tenth_p95_ms = tenth,
            table_gb = Math.Round(await host.Ask<long>("SELECT pg_total_relation_size('users.audit_lines')") / 1e9, 2),
            checks = failures.Count == 0 && whole.Values.Max() < 1000 ? "ok" : "failed",
            machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
        }));
        return failures.Count == 0 && whole.Values.Max() < 1000 ? 0 : 1;
    }

    private static async Task Load(PlatformHost host, int from, int to, int lines)
    {
        await host.Ask<int>($"""
            WITH loaded AS (
                INSERT INTO users.audit_lines (sequence, at, actor_id, actor, address, action, what, subject, subject_id, trace, acting_as, why, previous_hash, hash)
                SELECT 1000000 + n, timestamptz '2021-01-01' + make_interval(secs => n * 31536000.0 / {lines}), md5('a' || a)::uuid, 'Operatore ' || a, '10.1.2.3', 'read',
                    'patients.PersonDetails', 'Person', md5('p' || CASE WHEN n % {SoughtEvery} = 0 THEN 0 ELSE (n::bigint * 7919) % {People} END)::uuid, NULL,
                    'Sisp/Asl/010301', NULL, md5(n::text) || md5('h' || n), md5('h' || n) || md5(n::text)
                FROM (SELECT n, (n::bigint * 104729) % {Actors} AS a FROM generate_series({from}, {to}) n) lines
                RETURNING 1)
            SELECT count(*)::int FROM loaded
            """);
        await host.Ask<int>("SELECT 1; ANALYZE users.audit_lines");
    }

    private static async Task<Dictionary<string, double>> Measure(PlatformHost host, HttpClient officer, int rounds, List<string> failures)
    {
        var sought = await host.Ask<Guid>("SELECT md5('p0')::uuid");
        var somebody = await host.Ask<Guid>("SELECT md5('p' || (77777::bigint * 7919) % 4300000)::uuid");
        var actor = await host.Ask<Guid>("SELECT md5('a42')::uuid");
        var searches = new Dictionary<string, string>
        {
            ["newest"] = "/audit?p=1",
            ["page 300"] = "/audit?p=300",
            ["person"] = $"/audit?subject={somebody}",
            ["person sought after"] = $"/audit?subject={sought}",
            ["actor by name"] = "/audit?actor=Operatore+42",
            ["actor by code"] = $"/audit?actor={actor}",
            ["nobody of that name"] = "/audit?actor=Nessuno",
            ["day"] = "/audit?day=2021-01-20",
            ["actor and day"] = "/audit?actor=Operatore+42&day=2021-01-20",
            ["person and day"] = $"/audit?subject={sought}&day=2021-01-20",
            ["who saw her data"] = $"/audit/person/{sought}",
        };
        var p95 = new Dictionary<string, double>();
        foreach (var (name, address) in searches)
        {
            var times = new List<double>();
            for (var round = -2; round < rounds; round++)
            {
                var clock = Stopwatch.GetTimestamp();
                using var answer = await officer.GetAsync(address);
                var html = await answer.Content.ReadAsStringAsync();
                if (round >= 0)
                    times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode || round == 0 && name != "actor and day" && Row().IsMatch(html) == (name == "nobody of that name"))
                    failures.Add($"{name}: {answer.StatusCode}, rows {Row().IsMatch(html)}");
            }

            p95[name] = Math.Round(times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.95) - 1), 1);
        }

        return p95;
    }

    [GeneratedRegex("<tbody[^>]*>\\s*<tr")]
    private static partial Regex Row();
}
