using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Npgsql;
using Platform.BuildingBlocks.Security;

namespace Platform.Benchmarks;

/// <summary>A region opens its booking: everybody entitled is there before the minute, takes a number, waits, is let in, and books both doses
/// over HTTP, until all have booked or nothing is left. Checked in SQL. In front of the host stands what a region puts there, a cache: "now
/// serving" and the boards of free places are asked for once in their lifetime, not once a person. As <c>replicas</c> over two hosts behind nginx, one of
/// which is killed while it books and comes back: what had no answer is asked again with the same key.</summary>
internal sealed class OpeningNight
{
    private const string Campaign = "opening-night";
    private const string Card = "0000123456789";
    private const int Centres = 100;
    private const int Workers = 800;
    private const int BaselineSeconds = 12;

    private readonly PlatformHost host;
    private readonly PlatformHost? twin;
    private readonly IPEndPoint address;
    private readonly int people;
    private readonly int fixedRate;
    private readonly string[] tickets;
    private readonly ConcurrentBag<(int Person, string Code)> acknowledged = [];
    private readonly ConcurrentBag<double> latencies = [];
    private readonly ConcurrentDictionary<string, int> errors = new(StringComparer.Ordinal);
    private readonly Board[] boards = [.. Enumerable.Range(0, Centres).Select(_ => new Board(Campaign))];
    private long serving;
    private long waitingPeak;
    private int soldOut;
    private int conflicts;
    private int repeated;

    private OpeningNight(PlatformHost host, PlatformHost? twin, IPEndPoint address, int people, int fixedRate) =>
        (this.host, this.twin, this.address, this.people, this.fixedRate, tickets) = (host, twin, address, people, fixedRate, new string[people]);

    public static async Task<int> Run(int people, int fixedRate, bool replicas)
    {
        Environment.SetEnvironmentVariable("PLATFORM_POSTGRES_OPTIONS",
            "-c fsync=on -c synchronous_commit=on -c full_page_writes=on -c autovacuum=on -c shared_buffers=1GB -c max_wal_size=8GB -c checkpoint_timeout=15min -c wal_compression=off");
        foreach (var (key, value) in new[] { ("NumbersPerMinute", "0"), ("WrongCardsPerMinute", "0") })
            Environment.SetEnvironmentVariable("Vaccination__" + key, value);
        // As a region sets it that has tried its machine before the night.
        Environment.SetEnvironmentVariable("Vaccination__AdmitAtFirstPerSecond", "4000");
        await using var host = await PlatformHost.Start("opening", demoPeople: 0);
        if (!replicas)
            return await new OpeningNight(host, null, new(IPAddress.Loopback, new Uri(host.Address).Port), people, fixedRate).Night();
        await using var twin = await PlatformHost.Start("opening", demoPeople: 0, standing: true);
        await using var proxy = await Proxy.Start(host.Address, twin.Address);
        return await new OpeningNight(host, twin, proxy.Address, people, fixedRate).Night();
    }

    private async Task<int> Night()
    {
        await Load();
        var before = await Baseline.Run(host.Database, BaselineSeconds);

        var atRest = host.Memory;
        var clock = Stopwatch.StartNew();
        await Everybody(TakeNumber);
        var (numbering, waitingMemory) = (clock.Elapsed.TotalSeconds, host.Memory);
        await host.Ask<int>($"UPDATE vaccination.waiting_rooms SET opens_at = now(), version = version + 1 WHERE campaign_code = '{Campaign}'");
        var order = await Numbers();

        // Of a host that was killed only what came after is known.
        var cpu = twin is null ? host.Used.Cpu : 0;
        clock.Restart();
        using var over = new CancellationTokenSource();
        var watching = Task.WhenAll(Watch(over.Token), twin is null ? Task.CompletedTask : KillOne(over.Token));
        await Book(order);
        var seconds = clock.Elapsed.TotalSeconds;
        await over.CancelAsync();
        await watching;
        cpu = host.Used.Cpu - cpu;

        var after = await Baseline.Run(host.Database, BaselineSeconds);
        return await Tell(before, after, numbering, seconds, cpu, atRest, waitingMemory);
    }

    private async Task<int> Tell(double before, double after, double numbering, double seconds, double cpu, long restMemory, long waitingMemory)
    {
        var booked = await host.Ask<int>("SELECT count(*) FROM (SELECT booking_id FROM vaccination.appointments WHERE state = 'Booked' GROUP BY booking_id HAVING count(*) = 2 AND count(DISTINCT dose) = 2) whole");
        var overbooked = await host.Ask<int>("SELECT coalesce(sum(greatest(taken - capacity, 0)), 0) FROM vaccination.slots");
        var leaked = await host.Ask<int>("""
            SELECT count(*) FROM vaccination.slots s LEFT JOIN (SELECT slot_id, count(*) AS stand FROM vaccination.appointments GROUP BY slot_id) a ON a.slot_id = s.id
            WHERE s.taken <> coalesce(a.stand, 0)
            """);
        var twice = await host.Ask<int>("SELECT count(*) FROM (SELECT patient_id FROM vaccination.bookings WHERE state = 'Booked' GROUP BY patient_id HAVING count(*) > 1) twice");
        var free = await host.Ask<int>($"SELECT coalesce(sum(capacity - taken), 0) FROM vaccination.slots WHERE dose = 1 AND campaign_code = '{Campaign}'");
        var lost = await Lost();
        var baseline = (before + after) / 2;
        var sorted = latencies.Order().ToArray();
        double At(double share) => sorted.Length == 0 ? 0 : Math.Round(sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))], 1);
        var failed = errors.Values.Sum();
        var good = overbooked == 0 && leaked == 0 && twice == 0 && lost == 0 && failed == 0 && booked == acknowledged.Count && (booked == people || free == 0);
        foreach (var (kind, count) in errors)
            Console.Error.WriteLine($"  {count} × {kind}");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = twin is null ? "opening-night" : "replicas",
            people,
            booked,
            bookings_per_s = (int)(booked / seconds),
            baseline_tx_per_s = (int)baseline,
            baseline_before = (int)before,
            baseline_after = (int)after,
            ratio = Math.Round(booked / seconds / baseline, 2),
            seconds = Math.Round(seconds, 1),
            p50_ms = At(0.5),
            p99_ms = At(0.99),
            overbooked,
            places_astray = leaked,
            double_booked = twice,
            lost,
            errors = failed,
            told_gone = conflicts,
            asked_again = repeated,
            places_left = free,
            waiting_peak = waitingPeak,
            numbers_per_s = (int)(people / numbering),
            rss_mb_at_rest = restMemory >> 20,
            rss_mb_waiting = waitingMemory >> 20,
            rss_mb = host.Used.PeakMemory >> 20,
            host_cpu_seconds = (int)cpu,
            checks = good ? "ok" : "failed",
            machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
        }));
        return good ? 0 : 1;
    }

    /// <summary>Codes that were answered and are not in the database.</summary>
    private async Task<int> Lost()
    {
        await using var connection = new NpgsqlConnection(host.Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM unnest($1::text[]) AS said(code) WHERE NOT EXISTS (SELECT 1 FROM vaccination.bookings b WHERE b.code = said.code AND b.state = 'Booked')", connection);
        command.Parameters.Add(new() { Value = acknowledged.Select(a => a.Code).ToArray() });
        command.CommandTimeout = 0;
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task Load()
    {
        // Places for all but one in fifty: the last ones learn that nothing is left.
        var slotsEach = Math.Max(1, (int)Math.Ceiling(people * 0.98 / Centres / 10));
        await host.Ask<int>($"""
            INSERT INTO vaccination.campaigns (code, name_it, name_en, disease, state, doses, hold_minutes, moves_at_most, waiting_room, version)
                VALUES ('{Campaign}', 'Over 80', 'Over 80', 'covid-19', 'Open', 2, 10, 3, true, 0) ON CONFLICT DO NOTHING;
            INSERT INTO vaccination.target_groups (id, campaign_code, name_it, name_en, priority, born_until, opens_at, doses)
                VALUES (gen_random_uuid(), '{Campaign}', 'Over 80', 'Over 80', 1, '1941-12-31', '2020-01-01T00:00:00Z', 'FirstCourse');
            INSERT INTO vaccination.waiting_rooms (campaign_code, state, opens_at, drawn, issued, serving, rate, good_steps, fixed_rate, places_left, stepped_at, version)
                VALUES ('{Campaign}', 'PreQueue', now() + interval '1 day', 0, 0, 0, 0, 5, {(fixedRate > 0 ? fixedRate : "NULL")}, 0, now(), 0);
            INSERT INTO vaccination.slots (id, campaign_code, centre_code, vaccine_code, dose, starts_at, minutes, capacity, taken, closed)
                SELECT gen_random_uuid(), '{Campaign}', 'B-' || c, 'comirnaty', d, now() + make_interval(days => (3 + s % 7 + (d - 1) * 35)::int, mins => (s / 7 * 10)::int), 10, 10, 0, false
                FROM generate_series(0, {Centres - 1}) c, generate_series(0, {slotsEach - 1}) s, generate_series(1, 2) d;
            SELECT 1
            """);
        await using var connection = new NpgsqlConnection(host.Database);
        await connection.OpenAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY vaccination.vaccinees (patient_id, fiscal_code, family_name, given_name, birth_date, municipality_istat, asl_code, deceased, card_digest) FROM STDIN BINARY"))
        {
            for (var i = 0; i < people; i++)
            {
                var code = CodeOf(i);
                await copy.StartRowAsync();
                await copy.WriteAsync(Guid.CreateVersion7());
                await copy.WriteAsync(code);
                await copy.WriteAsync("Prova");
                await copy.WriteAsync("Anna");
                await copy.WriteAsync(new DateOnly(1930, 1, 1).AddDays(i % 4000));
                await copy.WriteAsync("001272");
                await copy.WriteAsync("010301");
                await copy.WriteAsync(false);
                await copy.WriteAsync(Digest.Of($"{code}|{Card}"));
            }

            await copy.CompleteAsync();
        }

        await using var analyze = new NpgsqlCommand("VACUUM ANALYZE vaccination.vaccinees, vaccination.slots", connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync();
    }

    // Made up so that none is anybody's: its form is right, its check letter is not.
    private static string CodeOf(int person) => $"XXX{(char)('A' + (person / 676_000 % 26))}{(char)('A' + (person / 26_000 % 26))}{(char)('A' + (person / 1000 % 26))}30A01L{person % 1000:000}X";

    /// <summary>Each person once, by as many windows as there are workers.</summary>
    private async Task Everybody(Func<Wire, int, Task> act)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(async () =>
        {
            using var wire = new Wire(address);
            int person;
            while ((person = Interlocked.Increment(ref next)) < people)
                await act(wire, person);
        })));
    }

    private async Task TakeNumber(Wire wire, int person)
    {
        var (status, body) = await wire.Post($"/api/v1/vaccination/campaigns/{Campaign}/waiting-room/tickets", $$"""{"fiscalCode":"{{CodeOf(person)}}"}""");
        if (status != 200)
            Wrong("number", status, body);
        else
            tickets[person] = Field(body, "ticket");
        Interlocked.Increment(ref waitingPeak);
    }

    /// <summary>After the draw everybody learns her number, and comes when it is served.</summary>
    private async Task<(long Number, int Person)[]> Numbers()
    {
        var numbers = new (long, int)[people];
        await Everybody(async (wire, person) =>
        {
            var (status, body) = await wire.Post($"/api/v1/vaccination/campaigns/{Campaign}/waiting-room/status", $$"""{"ticket":"{{tickets[person]}}"}""");
            while (status == 200 && body.Contains("\"number\":null", StringComparison.Ordinal))
            {
                // The host looks at the room once a second.
                await Task.Delay(200);
                (status, body) = await wire.Post($"/api/v1/vaccination/campaigns/{Campaign}/waiting-room/status", $$"""{"ticket":"{{tickets[person]}}"}""");
            }

            if (status != 200)
            {
                Wrong("status", status, body);
                return;
            }

            using var said = JsonDocument.Parse(body);
            numbers[person] = (said.RootElement.GetProperty("number").GetInt64(), person);
        });
        Array.Sort(numbers);
        return numbers;
    }

    /// <summary>Those who wait ask at moments of their own: of those whom a step lets in, as many come in each part of the second.</summary>
    private async Task Watch(CancellationToken over)
    {
        const int parts = 20;
        using var wire = new Wire(address);
        var shown = Stopwatch.StartNew();
        var (from, upTo) = (0L, 0L);
        while (!over.IsCancellationRequested)
        {
            var (status, body) = await wire.Get($"/api/v1/vaccination/campaigns/{Campaign}/waiting-room");
            if (status == 200)
            {
                using var said = JsonDocument.Parse(body);
                upTo = said.RootElement.GetProperty("serving").GetInt64();
                if (said.RootElement.GetProperty("state").GetString() == "soldOut")
                    Volatile.Write(ref soldOut, 1);
                if (shown.Elapsed > TimeSpan.FromSeconds(5))
                {
                    shown.Restart();
                    Console.Error.WriteLine($"  serving {serving}, {acknowledged.Count} booked, {said.RootElement.GetProperty("rate")} let in a second, {conflicts} told that a place was gone");
                }
            }

            for (var part = 1; part <= parts; part++)
            {
                Volatile.Write(ref serving, from + ((upTo - from) * part / parts));
                await Task.WhenAny(Task.Delay(1000 / parts, over));
            }

            from = upTo;
        }
    }

    private async Task Book((long Number, int Person)[] order)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            using var wire = new Wire(address);
            var random = new Random(worker);
            int place;
            while ((place = Interlocked.Increment(ref next)) < people)
            {
                while (order[place].Number > Volatile.Read(ref serving) && Volatile.Read(ref soldOut) == 0)
                    await Task.Delay(20);
                if (order[place].Number > Volatile.Read(ref serving))
                    return;
                await BookOne(wire, order[place].Person, random);
            }
        })));
    }

    private async Task BookOne(Wire wire, int person, Random random)
    {
        var from = Stopwatch.GetTimestamp();
        var (status, body) = await Insist(wire, $"/api/v1/vaccination/campaigns/{Campaign}/entitlement", $$"""{"fiscalCode":"{{CodeOf(person)}}","card":"{{Card}}","ticket":"{{tickets[person]}}"}""");
        latencies.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
        if (status != 200)
        {
            Wrong("entitlement", status, body);
            return;
        }

        var pass = Field(body, "pass");
        // Half of them want the same centres as everybody in the moment (rivals side by side), half go anywhere.
        for (var attempt = 0; attempt < 400; attempt++)
        {
            var centre = attempt < 3 && person % 2 == 0 ? Environment.TickCount / 250 % Centres : random.Next(Centres);
            if (await boards[centre].Pick(wire, centre, random) is not { } pair)
            {
                if (boards.All(b => b.Empty))
                    return;
                // Not here; the boards are as old as a cache may keep them.
                await Task.Delay(20);
                continue;
            }

            from = Stopwatch.GetTimestamp();
            (status, body) = await Insist(wire, "/api/v1/vaccination/bookings", $$"""{"pass":"{{pass}}","first":"{{pair.First}}","second":"{{pair.Second}}","sameDay":{{(AcceptsAnotherHour(person) ? "true" : "false")}},"email":"p{{person}}@example.org"}""", $"night-{person}-{attempt}");
            latencies.Add(Stopwatch.GetElapsedTime(from).TotalMilliseconds);
            if (status == 200)
            {
                acknowledged.Add((person, Field(body, "code")));
                return;
            }

            var wholeDay = body.Contains("day-gone", StringComparison.Ordinal);
            if (!wholeDay && !body.Contains("slot-gone", StringComparison.Ordinal))
            {
                Wrong("booking", status, body);
                return;
            }

            Interlocked.Increment(ref conflicts);
            boards[centre].Gone(pair, body.Contains("dose 2", StringComparison.Ordinal) ? pair.Second : pair.First, wholeDay);
        }

        errors.AddOrUpdate("gave up after 400 attempts", 1, (_, n) => n + 1);
    }

    // The box is ticked when the page opens: three in four leave it so, the fourth has reasons for that hour.
    private static bool AcceptsAnotherHour(int person) => person / 2 % 4 != 0;

    /// <summary>With two hosts: who got no answer does not know whether it was done, and asks again.</summary>
    private async Task<(int Status, string Body)> Insist(Wire wire, string path, string json, string? key = null)
    {
        for (var again = 0; ; again++)
        {
            var answer = await wire.Post(path, json, key);
            if (twin is null || answer.Status is not (502 or 503 or 504) || again == 100)
                return answer;
            Interlocked.Increment(ref repeated);
            await Task.Delay(100);
        }
    }

    /// <summary>The host that came first, and paces, dies in the middle, and is started again some seconds later.</summary>
    private async Task KillOne(CancellationToken over)
    {
        while (acknowledged.Count < people / 4 && !over.IsCancellationRequested)
            await Task.WhenAny(Task.Delay(50, over));
        await host.Stop();
        Console.Error.WriteLine($"  killed one host after {acknowledged.Count} bookings");
        await Task.WhenAny(Task.Delay(5000, over));
        host.StartAgain();
        await host.Ready();
        Console.Error.WriteLine($"  it is back after {acknowledged.Count} bookings");
    }

    private void Wrong(string what, int status, string body) =>
        errors.AddOrUpdate($"{what}: {status} {body.Split("\"traceId\"")[0]}", 1, (_, n) => n + 1);

    private static string Field(string json, string name)
    {
        var at = json.IndexOf($"\"{name}\":\"", StringComparison.Ordinal) + name.Length + 4;
        return json[at..json.IndexOf('"', at)];
    }
}
