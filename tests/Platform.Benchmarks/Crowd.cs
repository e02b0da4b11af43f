using System.Globalization;
using System.Text;
using Npgsql;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Benchmarks;

/// <summary>A region of people and their tests, copied straight into the modules' tables.</summary>
/// <param name="awaiting">The laboratory that holds every sample and owes its result; null for tests of two years, in all their states.</param>
internal sealed class Crowd(string database, Region region, int people, int tests, string? awaiting = null)
{
    private static readonly DateTime Epoch = new(2020, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Of the hosts that are measured.</summary>
    public static readonly string Key = Convert.ToBase64String(new byte[32]);

    private static readonly FieldKeys Keys = new([("1", new byte[32])]);

    private readonly Random random = new(20200301);
    private readonly List<(string Code, string Asl)> doctors = [];
    private (Guid Id, string Code, string Family, string Given, string Search, string Born, string Sex, string Asl, string Gp)[] persons = [];

    public async Task Load()
    {
        var tables = new[] { "patients.doctors", "patients.patients", "patients.patient_words", "testing.swab_requests", "referti.reports" };
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        // Indexes are built once over all rows, as whoever loads a register does.
        var indexes = new List<string>();
        await using (var read = new NpgsqlCommand($"""
            SELECT indexdef, format('%I.%I', schemaname, indexname) FROM pg_indexes
            WHERE schemaname || '.' || tablename IN ({string.Join(',', tables.Select(t => $"'{t}'"))}) AND indexname LIKE 'IX%'
            """, connection))
        await using (var rows = await read.ExecuteReaderAsync())
        {
            var drop = new List<string>();
            while (await rows.ReadAsync())
            {
                indexes.Add(rows.GetString(0));
                drop.Add(rows.GetString(1));
            }

            await rows.CloseAsync();
            foreach (var index in drop)
                await Execute(connection, "DROP INDEX " + index);
        }

        await Doctors(connection);
        await People(connection);
        await Tests(connection);
        foreach (var index in indexes)
            await Execute(connection, index);
        foreach (var table in tables)
            await Execute(connection, "VACUUM ANALYZE " + table);
    }

    private Task Doctors(NpgsqlConnection connection)
    {
        var number = 0;
        foreach (var doctor in region.Doctors.Where(d => !d.Paediatrician))
            doctors.Add((doctor.Code, doctor.Asl));
        var added = new List<string[]>();
        while (doctors.Count < Math.Max(region.Doctors.Count, people / 1300))
        {
            var asl = region.Asls[random.Next(region.Asls.Count)];
            var code = "B" + (++number).ToString("00000", CultureInfo.InvariantCulture);
            doctors.Add((code, asl.Code));
            added.Add([code, "Dottore " + code, "Nome", "false", asl.Code, asl.MunicipalityIstat, "1500"]);
        }

        return Copy(connection, "patients.doctors", ["code", "family_name", "given_name", "paediatrician", "asl_code", "municipality_istat", "list_limit"], added);
    }

    private async Task People(NpgsqlConnection connection)
    {
        var families = Weighted(NameKind.Family);
        var women = Weighted(NameKind.GivenFemale);
        var men = Weighted(NameKind.GivenMale);
        persons = new (Guid, string, string, string, string, string, string, string, string)[people];
        var codes = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < people; index++)
        {
            var female = random.Next(2) == 0;
            // The names of a demonstration are few; those of a region are many: most surnames are made longer.
            var family = families[random.Next(families.Length)] + (random.Next(10) < 7 ? Ending(index) : "");
            var given = (female ? women : men)[random.Next((female ? women : men).Length)];
            var (doctor, asl) = index < 1400 ? doctors.Find(d => d.Code == "990007") : doctors[random.Next(doctors.Count)];
            var code = $"XXX{(char)('A' + (index / 676_000 % 26))}{(char)('A' + (index / 26_000 % 26))}{(char)('A' + (index / 1000 % 26))}80A01{(char)('A' + (index / 17_576_000))}{index % 1000:000}X";
            var born = new DateOnly(1930, 1, 1).AddDays(random.Next(33_000));
            // Whoever hands in results writes true codes: they are checked to their last character.
            for (code = awaiting is null ? code : ""; awaiting is not null && !codes.Add(code = FiscalCode.Compute(family, given, female ? Sex.Female : Sex.Male, born, "L219")); born = born.AddDays(1))
            {
            }

            persons[index] = (Id(Epoch.AddSeconds(index), index), code, family, given, "", born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), female ? "Female" : "Male", asl, index % 40 == 39 ? "" : doctor);
        }

        var istat = region.Asls.ToDictionary(a => a.Code, a => region.Municipalities.Where(m => m.Asl == a.Code).Select(m => m.Istat).ToArray());
        await Copy(connection, "patients.patients",
            ["id", "fiscal_code", "family_name", "given_name", "family_search", "given_search", "search_name", "sex", "birth_date", "residence_istat", "asl_code", "gp_code", "registered_at", "email"],
            persons.Select((p, index) => new[]
            {
                p.Id.ToString(), p.Code, p.Family, p.Given, SearchText.Of(p.Family), SearchText.Of(p.Given), $" {SearchText.Of(p.Family)} {SearchText.Of(p.Given)}", p.Sex, p.Born,
                istat[p.Asl][random.Next(istat[p.Asl].Length)], p.Asl, p.Gp.Length == 0 ? "\\N" : p.Gp, "2020-03-01",
                awaiting is not null && index % 3 > 0 ? Keys.Seal($"p{index}@example.org", "patients.patients.email") : "\\N",
            }));
        await Copy(connection, "patients.patient_words", ["patient_id", "word", "asl_code"],
            persons.SelectMany(p => $"{SearchText.Of(p.Family)} {SearchText.Of(p.Given)}".Split(' ').Distinct().Select(w => new[] { p.Id.ToString(), Beginning.Plain(w), p.Asl })));
    }

    private async Task Tests(NpgsqlConnection connection)
    {
        var hotspots = region.Facilities.Where(f => f.Kind == FacilityKind.Hotspot).ToArray();
        var labs = region.Facilities.Where(f => f.Kind == FacilityKind.Lab).ToArray();
        (Guid Id, int Person, string Lab, DateTime Asked, string State, bool Detected, string Number, int Index) One(int index)
        {
            // Each by itself, so that requests and reports are told the same story twice.
            var chance = new Random(index);
            var asked = Epoch.AddSeconds(index * (63_072_000d / tests));
            var state = index < tests - (tests / 100) ? (index % 37 == 0 ? "Cancelled" : "Reported") : (chance.Next(4) switch { 0 => "Booked", 1 => "Collected", 2 => "Sent", _ => "Received" });
            if (awaiting is not null)
                return (Id(asked, index), index % people, awaiting, asked, "Received", index % 12 == 0, Number(index), index);
            return (Id(asked, index), (int)((uint)index * 2_654_435_761u % (uint)people), labs[chance.Next(labs.Length)].Code, asked, state, chance.Next(12) == 0, $"BM{index:000000000}", index);
        }

        string Place(int person) => hotspots.Where(h => h.Asl == persons[person].Asl).Select(h => h.Code).DefaultIfEmpty(hotspots[person % hotspots.Length].Code).ElementAt(0);
        static string At(DateTime moment) => moment.ToString("yyyy-MM-dd HH:mm:ss+00", CultureInfo.InvariantCulture);
        var places = Enumerable.Range(0, people).Select(Place).ToArray();
        await Copy(connection, "testing.swab_requests",
            ["id", "patient_id", "fiscal_code", "family_name", "given_name", "search_name", "sex", "birth_date", "asl_code", "second_asl", "gp_code", "patient_as_of", "test_type", "reason", "requester_name",
             "requested_at", "hotspot_code", "slot_at", "lab_code", "accession_number", "collected_at", "sent_at", "received_at", "reported_at", "state", "check_in_code"],
            Enumerable.Range(0, tests).Select(index =>
            {
                var t = One(index);
                var p = persons[t.Person];
                var taken = t.State is not ("Booked" or "Cancelled");
                return new[]
                {
                    t.Id.ToString(), p.Id.ToString(), p.Code, p.Family, p.Given, SearchText.Of($"{p.Family} {p.Given}"), p.Sex, p.Born, p.Asl, Second(t.Person), p.Gp.Length == 0 ? "\\N" : p.Gp, At(t.Asked),
                    "Molecular", index % 3 == 0 ? "contact" : "screening", "Dottoressa Prima", At(t.Asked), places[t.Person], At(t.Asked.AddHours(20)), taken ? t.Lab : "\\N", taken ? t.Number : "\\N",
                    taken ? At(t.Asked.AddHours(20)) : "\\N", taken ? At(t.Asked.AddHours(22)) : "\\N", t.State is "Received" or "Reported" ? At(t.Asked.AddHours(26)) : "\\N",
                    t.State == "Reported" ? At(t.Asked.AddHours(40)) : "\\N", t.State, $"Q{index:00000000000000000000}",
                };
            }));
        await Copy(connection, "referti.reports",
            ["id", "patient_id", "family_name", "given_name", "fiscal_code", "birth_date", "search_name", "lab_code", "accession_number", "sample_key", "request_id", "test_type", "asl_code", "second_asl", "gp_code",
             "result", "current_kind", "current_version", "collected_at", "first_issued_at", "issued_at"],
            Enumerable.Range(0, tests).Select(One).Where(t => t.State == "Reported").Select(t =>
            {
                var p = persons[t.Person];
                var issued = At(t.Asked.AddHours(40));
                return new[]
                {
                    Id(t.Asked.AddHours(40), t.Index).ToString(), p.Id.ToString(), p.Family, p.Given, p.Code, p.Born, SearchText.Of($"{p.Family} {p.Given}"), t.Lab, t.Number, t.Number + "|MOLECULAR", t.Id.ToString(),
                    "Molecular", p.Asl, Second(t.Person), p.Gp.Length == 0 ? "\\N" : p.Gp, t.Detected ? "Detected" : "NotDetected", "Original", "1", At(t.Asked.AddHours(20)), issued, issued,
                };
            }));

        // One in fifty lives elsewhere than she resides: that ASL sees her too.
        string Second(int person) => person % 50 != 0 ? "\\N"
            : region.Asls.Where(a => a.Code != persons[person].Asl).Select(a => a.Code).ElementAt(person / 50 % (region.Asls.Count - 1));
    }

    /// <summary>The results that are awaited, as the laboratory's file has them.</summary>
    public async Task WriteResults(string file)
    {
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync("campione;codice_fiscale;cognome;nome;data_nascita;esame;esito;prelevato_il;eseguito_il;ct_n;note");
        for (var index = 0; index < tests; index++)
        {
            var p = persons[index % people];
            var taken = Epoch.AddSeconds(index * (63_072_000d / tests)).AddHours(20);
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{Number(index)};{p.Code};{p.Family};{p.Given};{p.Born};molecolare;{(index % 12 == 0 ? "positivo" : "negativo")};{taken:dd/MM/yyyy HH:mm};{taken.AddHours(10):dd/MM/yyyy HH:mm};{(index % 12 == 0 ? "21,4" : "")};"));
        }
    }

    private static string Number(int index) => $"BM{index:000000000}";

    /// <summary>COPY; the columns that this crowd says nothing of and that must have a value get a plain one.</summary>
    private static async Task Copy(NpgsqlConnection connection, string table, string[] columns, IEnumerable<string[]> rows)
    {
        var rest = new List<(string Name, string Value)>();
        await using (var read = new NpgsqlCommand($"""
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_schema || '.' || table_name = '{table}' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
            """, connection))
        await using (var known = await read.ExecuteReaderAsync())
        {
            while (await known.ReadAsync())
            {
                if (!columns.Contains(known.GetString(0)))
                    rest.Add((known.GetString(0), known.GetString(1) switch { "boolean" => "false", "date" or "timestamp with time zone" => "2020-03-01", "character varying" or "text" => "", _ => "0" }));
            }
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        var count = 0;
        await using var writer = await connection.BeginTextImportAsync($"COPY {table} ({string.Join(',', columns.Concat(rest.Select(r => r.Name)))}) FROM STDIN");
        var tail = string.Concat(rest.Select(r => "\t" + r.Value)) + "\n";
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendJoin('\t', row).Append(tail);
            count++;
            if (text.Length < 1 << 20)
                continue;
            await writer.WriteAsync(text);
            text.Clear();
        }

        await writer.WriteAsync(text);
        await writer.DisposeAsync();
        Console.Error.WriteLine($"  {table}: {count:N0} rows in {clock.Elapsed.TotalSeconds:0} s");
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private string[] Weighted(NameKind kind) =>
        [.. region.Names.Where(n => n.Kind == kind).SelectMany(n => Enumerable.Repeat(n.Name, Math.Max(1, n.Weight / 5)))];

    private static string Ending(int index) => new[] { "ni", "tti", "no", "lli", "sso", "ro", "ria", "sio", "tto", "zzi", "cci", "ldi" }[index % 12] + new[] { "", "ne", "ta", "lo", "ga", "mo" }[index / 12 % 6];

    private static Guid Id(DateTime at, int index)
    {
        // The same each time it is asked for: version 7, with the number where chance would be.
        var id = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id, new DateTimeOffset(at).ToUnixTimeMilliseconds() << 16);
        (id[6], id[8]) = (0x70, 0x80);
        BitConverter.TryWriteBytes(id.AsSpan(9), index);
        return new(id, bigEndian: true);
    }
}
