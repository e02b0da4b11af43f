using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Platform.Benchmarks;

/// <summary>The privacy officer's searches in an audit log of millions of lines in months, over HTTP.</summary>
internal static partial class Audit
{
    // Twelve thousand accounts look at four million people; every thousandth look is at the same person, as when a name is in the news.
    private const int Actors = 12_000;
    private const int People = 4_300_000;
    private const int SoughtEvery = 1000;

    private static readonly DateTime Beginning = new(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <param name="months">Of the year, over which the lines are spread.</param>
    /// <param name="standing">The lines stay at the end, and those of an earlier run are measured again (with <c>PLATFORM_TEST_POSTGRES</c>, the server that has them).</param>
    public static async Task<int> Run(long lines, int months, int rounds, bool standing)
    {
        using var provider = CitizenSignIn.Start();
        await using var host = await PlatformHost.Start("audit", demoPeople: 60, standing);
        try
        {
            var officer = await host.SignedIn("privacy");
            var failures = new List<string>();
            var loading = Stopwatch.StartNew();
            await Terms(host);
            for (var month = 0; month < months; month++)
            {
                await Load(host, month, lines * month / months + 1, lines * (month + 1) / months);
                Console.Error.WriteLine($"{lines * (month + 1) / months:N0} lines in {loading.Elapsed.TotalSeconds:0} s");
            }

            await LastHour(host, lines);
            var (citizen, code) = await Somebody(host);
            await Seen(host, citizen, lines);
            if (!standing)
                await host.Ask<int>("VACUUM ANALYZE users.audit_lines");
            var (p50, p95) = await Measure(host, officer, await CitizenSignIn.As(host, code), lines, rounds, failures);
            foreach (var failure in failures)
                Console.Error.WriteLine("  WRONG " + failure);
            var well = failures.Count == 0 && p95.Values.Max() < 1000;
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                scenario = "audit",
                lines,
                months,
                rounds,
                p50_ms = p50,
                p95_ms = p95,
                load = (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0],
                load_s = Math.Round(loading.Elapsed.TotalSeconds),
                lines_gb = await Size(host, "pg_table_size"),
                indexes_gb = await Size(host, "pg_indexes_size"),
                checks = well ? "ok" : "failed",
                machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
            }));
            return well ? 0 : 1;
        }
        finally
        {
            // Tens of gigabytes are not left behind.
            if (!standing)
                await host.Ask<int>("DROP TABLE users.audit_lines; SELECT 1");
        }
    }

    // Three guises each: two offices and the home.
    private static Task<int> Terms(PlatformHost host) => host.Ask<int>($"""
        INSERT INTO users.audit_actors (id, digest, actor_id, name)
            SELECT 1000000 + a, sha256(int8send(a)), md5('a' || a)::uuid, CASE WHEN a IN (100, 101) THEN 'Due di un nome' ELSE 'Operatore ' || a END FROM generate_series(0, {Actors - 1}) a ON CONFLICT DO NOTHING;
        INSERT INTO users.audit_guises (id, digest, acting_as, address, why)
            SELECT 1000000 + g, sha256(int8send(g)), 'Sisp/Asl/010301', '10.1.' || g % 250 || '.' || g / 250, NULL FROM generate_series(0, {(3 * Actors) - 1}) g ON CONFLICT DO NOTHING;
        INSERT INTO users.audit_acts (id, digest, action, what, fields, subject)
            SELECT 20000 + a, sha256(int8send(a)), 'read', 'patients.PersonDetails' || a, 'identity address', 'Person' FROM generate_series(0, 15) a ON CONFLICT DO NOTHING;
        ANALYZE users.audit_actors; ANALYZE users.audit_guises; ANALYZE users.audit_acts;
        SELECT 1
        """);

    // What the alarm looks at: an hour of that year, now.
    private static Task<int> LastHour(PlatformHost host, long lines) => host.Ask<int>($"""
        INSERT INTO users.audit_lines (at, sequence, subject_id, trace, actor, guise, act, mark, hash)
            SELECT now() - make_interval(secs => n * 0.14), 1000000 + {lines} + n, md5('p' || n)::uuid, NULL, (1000000 + n::bigint * 104729 % {Actors})::int, 1000000, 20000, 0, int8send(n) || '\x{new string('5', 48)}'::bytea
            FROM generate_series(1, 25000) n ON CONFLICT DO NOTHING;
        SELECT 1
        """);

    // The first in a doctor's list.
    private static async Task<(Guid Id, string FiscalCode)> Somebody(PlatformHost host)
    {
        using var doctor = await host.SignedIn("medico");
        var person = Person().Match(await doctor.GetStringAsync("/patients"));
        var code = Code().Match(await doctor.GetStringAsync("/patients/" + person.Groups[1].Value));
        return (Guid.Parse(person.Groups[1].Value), code.Value);
    }

    // As often as the person sought after, over the whole year.
    private static Task<int> Seen(PlatformHost host, Guid citizen, long lines) => host.Ask<int>($"""
        INSERT INTO users.audit_lines (at, sequence, subject_id, trace, actor, guise, act, mark, hash)
            SELECT timestamptz '{Beginning:yyyy-MM-dd}+00' + make_interval(secs => n * {SoughtEvery}.0 * 31000000 / {lines}), 1100000 + {lines} + n, '{citizen}'::uuid, NULL,
                (1000000 + n::bigint * 104729 % {Actors})::int, 1000000, 20000, 0, int8send(n) || '\x{new string('5', 48)}'::bytea
            FROM generate_series(1, {lines / SoughtEvery}) n ON CONFLICT DO NOTHING;
        SELECT 1
        """);

    private static async Task<double> Size(PlatformHost host, string function) =>
        Math.Round(await host.Ask<long>($"SELECT sum({function}(inhrelid))::bigint FROM pg_inherits WHERE inhparent = 'users.audit_lines'::regclass") / 1e9, 2);

    // A month is filled by itself and joins the others with its indexes made at once. The lines are not sealed: no search looks at the seal.
    private static async Task Load(PlatformHost host, int month, long from, long to)
    {
        var (begins, ends) = (Beginning.AddMonths(month), Beginning.AddMonths(month + 1));
        var name = $"audit_lines_{begins:yyyy_MM}";
        var part = $"users.{name}";
        if (await host.Ask<bool>($"SELECT to_regclass('{part}') IS NOT NULL"))
            return;
        // Filled by hand beforehand, at the lowest priority: see docs/performance.md.
        if (await host.Ask<bool>($"SELECT to_regclass('loaded.{name}') IS NOT NULL"))
            await host.Ask<int>($"ALTER TABLE loaded.{name} SET SCHEMA users; SELECT 1");
        else
            await host.Ask<int>($"""
                CREATE TABLE {part} (LIKE users.audit_lines);
                INSERT INTO {part} (at, sequence, subject_id, trace, actor, guise, act, mark, hash)
                    SELECT timestamptz '{begins:yyyy-MM-dd}+00' + make_interval(secs => (n - {from}) * {(ends - begins).TotalSeconds:0}.0 / {to - from + 1}), 1000000 + n,
                        md5('p' || CASE WHEN n % {SoughtEvery} = 0 THEN 0 ELSE (n * 7919) % {People} END)::uuid, md5('t' || n / 10)::uuid,
                        (1000000 + a)::int, (1000000 + 3 * a + n % 3)::int, (20000 + n % 16)::smallint, (n % 30000)::smallint, int8send(n) || '\x{new string('5', 48)}'::bytea
                    FROM (SELECT n, (n * 104729) % {Actors} AS a FROM generate_series({from}::bigint, {to}::bigint) n) lines;
                SELECT 1
                """);
        if (!await host.Ask<bool>($"SELECT EXISTS (SELECT FROM pg_constraint WHERE conname = 'within' AND conrelid = '{part}'::regclass)"))
            await host.Ask<int>($"ALTER TABLE {part} ADD CONSTRAINT within CHECK (at >= '{begins:yyyy-MM-dd}+00' AND at < '{ends:yyyy-MM-dd}+00'); SELECT 1");
        await host.Ask<int>($"""
            ALTER TABLE users.audit_lines ATTACH PARTITION {part} FOR VALUES FROM ('{begins:yyyy-MM-dd}+00') TO ('{ends:yyyy-MM-dd}+00');
            ALTER TABLE {part} DROP CONSTRAINT within;
            SELECT 1
            """);
    }

    private static async Task<(Dictionary<string, double> P50, Dictionary<string, double> P95)> Measure(PlatformHost host, HttpClient officer, HttpClient citizen, long lines, int rounds, List<string> failures)
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
            ["actor by name, page 300"] = "/audit?actor=Operatore+42&p=300",
            ["two of one name"] = "/audit?actor=Due+di+un+nome",
            ["two of one name, page 300"] = "/audit?actor=Due+di+un+nome&p=300",
            ["two of one name and day"] = "/audit?actor=Due+di+un+nome&day=2021-01-20",
            ["actor by code"] = $"/audit?actor={actor}",
            ["nobody of that name"] = "/audit?actor=Nessuno",
            ["day"] = "/audit?day=2021-01-20",
            ["actor and day"] = "/audit?actor=Operatore+42&day=2021-01-20",
            ["person and day"] = $"/audit?subject={sought}&day=2021-01-20",
            ["who saw her data"] = $"/audit/person/{sought}",
            ["who saw her data, page 300"] = $"/audit/person/{sought}?p=300",
            ["citizen, who saw my data"] = "/ritiro/accessi",
            ["citizen, page 50"] = "/ritiro/accessi?p=50",
            ["alarm"] = "/operations",
        };
        var (p50, p95) = (new Dictionary<string, double>(), new Dictionary<string, double>());
        var administrator = await host.SignedIn("amministratore");
        // The program's own beginnings are not the database's.
        (await officer.GetAsync("/audit?actor=Nessuno")).Dispose();
        foreach (var (name, address) in searches)
        {
            var times = new List<double>();
            var who = name == "alarm" ? administrator : name.StartsWith("citizen", StringComparison.Ordinal) ? citizen : officer;
            // The first is kept too: what is not in memory yet is what an officer waits for.
            for (var round = 0; round < rounds; round++)
            {
                var clock = Stopwatch.GetTimestamp();
                using var answer = await who.GetAsync(address);
                var html = await answer.Content.ReadAsStringAsync();
                times.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode || round == 0 && name is not ("actor and day" or "two of one name and day" or "alarm") && Row().IsMatch(html) == (name == "nobody of that name"))
                    failures.Add($"{name}: {answer.StatusCode}, rows {Row().IsMatch(html)}");
            }

            Note(name, times);
        }

        // Twenty places of the year, each read the first time: a step of `audit verify` as the program takes it.
        var of = new List<double>();
        for (var step = 1; step <= 20; step++)
        {
            var (clock, from) = (Stopwatch.GetTimestamp(), 1000001 + ((lines - 5000) * step / 20));
            var read = await host.Ask<long>($"""
                SELECT count(*) FROM (SELECT * FROM users.audit_lines l JOIN users.audit_actors a ON a.id = l.actor JOIN users.audit_guises g ON g.id = l.guise
                    JOIN users.audit_acts c ON c.id = l.act WHERE l.sequence >= {from} AND l.sequence < {from + 5000} ORDER BY l.sequence) step
                """);
            of.Add(Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
            if (read != 5000)
                failures.Add($"a step of verify read {read} lines");
        }

        Note("a step of verify, 5,000 lines", of);
        return (p50, p95);

        void Note(string name, List<double> times)
        {
            p50[name] = Math.Round(times.Order().ElementAt(times.Count / 2), 1);
            p95[name] = Math.Round(times.Order().ElementAt((int)Math.Ceiling(times.Count * 0.95) - 1), 1);
            Console.Error.WriteLine($"{name}: {p50[name]} ms, p95 {p95[name]} ms, first {times[0]:0.0} ms");
        }
    }

    [GeneratedRegex("href=\"/patients/([0-9a-f-]{36})\"")]
    private static partial Regex Person();

    [GeneratedRegex("[A-Z]{6}[0-9]{2}[A-Z][0-9]{2}[A-Z][0-9]{3}[A-Z]")]
    private static partial Regex Code();

    [GeneratedRegex("<tbody[^>]*>\\s*<tr")]
    private static partial Regex Row();
}
