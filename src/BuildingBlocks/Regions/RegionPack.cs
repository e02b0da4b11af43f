using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace Platform.BuildingBlocks.Regions;

/// <summary>The pack cannot be used: says file, line and reason of everything that is wrong.</summary>
public sealed class RegionPackException(IReadOnlyList<string> errors)
    : Exception("The region pack cannot be used:" + Environment.NewLine + string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}

/// <summary>Reads and checks a region pack.</summary>
public static partial class RegionPack
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <exception cref="RegionPackException">With every error found, each as <c>file, line: reason</c>.</exception>
    /// <param name="people">Of the demonstration, in place of the pack's number.</param>
    public static Region Read(string folder, int? people = null)
    {
        var errors = new List<string>();
        var about = ReadAbout(folder, errors);
        var asls = Table(folder, "asl.csv", errors, r => new Asl(
            r.Code("code", 6), r.Text("name", 80), r.Text("short_name", 20), r.Code("municipality_istat", 6), r.Text("email", 120)));
        var aslCodes = Unique(asls, "asl.csv", "code", a => a.Code, errors);
        var municipalities = Table(folder, "municipalities.csv", errors, r => new Municipality(
            r.Code("istat", 6), r.Text("belfiore", 4), r.Text("name", 80), r.Text("province", 2), r.Known("asl", aslCodes), r.Code("postal_code", 5)));
        var places = Unique(municipalities, "municipalities.csv", "istat", m => m.Istat, errors);
        Unique(municipalities, "municipalities.csv", "belfiore", m => m.Belfiore, errors);
        foreach (var (asl, line) in asls.Where(a => !places.Contains(a.Row.MunicipalityIstat)))
            errors.Add($"asl.csv, line {line}: municipality_istat {asl.MunicipalityIstat} is not in municipalities.csv");

        var facilities = Table(folder, "facilities.csv", errors, r => new Facility(
            r.Text("code", 20), r.Text("name", 120), r.Word<FacilityKind>("kind"), r.Known("asl", aslCodes),
            r.Known("municipality_istat", places), r.Text("address", 120), r.OptionalNumber("daily_capacity")));
        Unique(facilities, "facilities.csv", "code", f => f.Code, errors);
        foreach (var (school, line) in facilities.Where(f => f.Row.Kind == FacilityKind.School && !SchoolCode.IsOne(f.Row.Code)))
            errors.Add($"facilities.csv, line {line}: {school.Code} is not a school's code (codice meccanografico): two letters, then eight letters or digits");
        var hotspots = facilities.Where(f => f.Row.Kind is FacilityKind.Hotspot or FacilityKind.Usca).Select(f => f.Row.Code).ToHashSet();
        var openings = Table(folder, "hotspot_openings.csv", errors, r => new HotspotOpening(
            r.Known("hotspot", hotspots), r.Weekday("weekday"), r.Time("from"), r.Time("to"), r.Number("slot_minutes"), r.Number("capacity_per_slot"), r.Valid()));
        foreach (var (opening, line) in openings.Where(o => o.Row.To <= o.Row.From || o.Row.SlotMinutes < 1 || o.Row.CapacityPerSlot < 1))
            errors.Add($"hotspot_openings.csv, line {line}: the opening of {opening.Hotspot} must end after it begins, with slots of a minute and a place at least");

        var doctors = Table(folder, "gps.csv", errors, r => new DoctorEntry(
            r.Code("code", 6), r.Text("fiscal_code", 16), r.Text("family_name", 80), r.Text("given_name", 80), r.Choice("kind", "mmg", "pls") == "pls",
            r.Known("asl", aslCodes), r.Known("municipality_istat", places), r.Text("email", 120)));
        Unique(doctors, "gps.csv", "code", d => d.Code, errors);
        var names = Table(folder, "names.csv", errors, r => new NameEntry(
            r.Choice("kind", "family", "given_m", "given_f") switch { "family" => NameKind.Family, "given_m" => NameKind.GivenMale, _ => NameKind.GivenFemale },
            r.Text("name", 80), r.Number("weight")));

        var referti = ReadReferti(folder, facilities, errors);
        var swabs = ReadSwabs(folder, errors);
        var retention = ReadRetention(folder, errors);
        var limits = ReadOperationLimits(folder, errors);
        var collection = ReadCollection(folder, errors);
        var accounts = ReadAccounts(folder, errors);
        var glass = ReadGlass(folder, errors);
        var fields = ReadFields(folder, errors);
        var cases = ReadCases(folder, errors);
        var schoolLimits = ReadSchoolLimits(folder, errors);
        var extractions = ReadExtractions(folder, errors);
        var vaccination = ReadVaccination(folder, aslCodes, places, errors);
        var quickSwabs = ReadQuickSwabs(folder, Rows(facilities), Rows(doctors), errors);
        var issuing = ReadIssuing(folder, vaccination, errors);
        var schoolRules = ReadSchoolRules(folder, errors);
        var hcert = ReadHcert(folder, vaccination.Vaccines.Select(v => v.Code), errors);
        if (errors.Count > 0)
            throw new RegionPackException(errors);
        return new Region
        {
            Code = about!.Code, Istat = about.Istat, Name = about.Name, NameEn = about.NameEn,
            ServiceName = about.ServiceName, ServiceNameEn = about.ServiceNameEn, TimeZone = about.TimeZone,
            Nuts2 = about.Nuts2, OpenDataArea = about.OpenData, OpenDataName = about.OpenDataName,
            DemoPeople = people ?? about.People, DemoSeed = about.Seed, Folder = Path.GetFullPath(folder),
            Asls = Rows(asls), Municipalities = Rows(municipalities), Facilities = Rows(facilities),
            HotspotOpenings = Rows(openings), Swabs = swabs, QuickSwabs = quickSwabs, Referti = referti, Collection = collection, Retention = retention, OperationLimits = limits, Accounts = accounts, Glass = glass,
            Cases = cases, SchoolLimits = schoolLimits, Fields = fields, Extractions = extractions, Vaccination = vaccination, Hcert = hcert, Issuing = issuing, SchoolRules = schoolRules, Doctors = Rows(doctors), Names = Rows(names),
        };
    }

    private static List<T> Rows<T>(List<(T Row, int Line)> table) => [.. table.Select(t => t.Row)];

    private static About? ReadAbout(string folder, List<string> errors)
    {
        const string file = "region.json";
        try
        {
            var about = JsonSerializer.Deserialize<About>(File.ReadAllText(Path.Combine(folder, file)), Json)!;
            TimeZoneInfo.FindSystemTimeZoneById(about.TimeZone);
            return about;
        }
        catch (JsonException bad)
        {
            errors.Add($"{file}, line {bad.LineNumber + 1}: {bad.Message}");
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException or TimeZoneNotFoundException)
        {
            errors.Add($"{file}: {bad.Message}");
        }

        return null;
    }

    private static List<(T Row, int Line)> Table<T>(string folder, string file, List<string> errors, Func<PackRow, T> read)
    {
        var rows = new List<(T, int)>();
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            errors.Add($"{file}: missing in {folder}");
            return rows;
        }

        using var csv = new CsvReader(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            TrimOptions = TrimOptions.Trim,
            MissingFieldFound = null,
            BadDataFound = null,
        });
        if (!csv.Read() || !csv.ReadHeader())
        {
            errors.Add($"{file}, line 1: no header line");
            return rows;
        }

        while (csv.Read())
        {
            var line = csv.Parser.RawRow;
            var row = new PackRow(csv, reason => errors.Add($"{file}, line {line}: {reason}"));
            var value = read(row);
            if (!row.Wrong)
                rows.Add((value, line));
        }

        return rows;
    }

    private static HashSet<string> Unique<T>(List<(T Row, int Line)> table, string file, string column, Func<T, string> key, List<string> errors)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (row, line) in table)
        {
            if (!seen.TryAdd(key(row), line))
                errors.Add($"{file}, line {line}: {column} {key(row)} is already on line {seen[key(row)]}");
        }

        return [.. seen.Keys];
    }

    private sealed record About(
        string Code, string Istat, string Name, string NameEn, string ServiceName, string ServiceNameEn, string TimeZone, string Nuts2, string OpenData, string OpenDataName, int People, int Seed);

    /// <summary>A line under reading; the first thing wrong with it is said, the rest of it is not looked at.</summary>
    private sealed partial class PackRow(CsvReader csv, Action<string> say)
    {
        public bool Wrong { get; private set; }

        public string Text(string column, int length)
        {
            var text = csv.TryGetField<string>(column, out var value) ? value ?? "" : Fail($"no column {column}");
            if (text.Length == 0)
                Fail($"{column} is empty");
            else if (text.Length > length)
                Fail($"{column} is longer than {length} characters");
            return text;
        }

        public string Code(string column, int digits)
        {
            var code = Text(column, digits);
            if (code.Length != digits || !code.All(char.IsAsciiDigit))
                Fail($"{column} is «{code}», must be {digits} digits");
            return code;
        }

        public string Known(string column, HashSet<string> known, int length = 20)
        {
            var code = Text(column, length);
            if (!known.Contains(code))
                Fail($"{column} {code} is not known");
            return code;
        }

        public string Choice(string column, params string[] words)
        {
            var word = Text(column, 40);
            if (!words.Contains(word))
                Fail($"{column} is «{word}», must be one of {string.Join(", ", words)}");
            return word;
        }

        public TEnum Word<TEnum>(string column)
            where TEnum : struct, Enum
        {
            var word = Choice(column, [.. Enum.GetNames<TEnum>().Select(n => n.ToLowerInvariant())]);
            return Enum.TryParse<TEnum>(word, ignoreCase: true, out var value) ? value : default;
        }

        public DayOfWeek Weekday(string column) =>
            Choice(column, "mon", "tue", "wed", "thu", "fri", "sat", "sun") switch
            {
                "mon" => DayOfWeek.Monday,
                "tue" => DayOfWeek.Tuesday,
                "wed" => DayOfWeek.Wednesday,
                "thu" => DayOfWeek.Thursday,
                "fri" => DayOfWeek.Friday,
                "sat" => DayOfWeek.Saturday,
                _ => DayOfWeek.Sunday,
            };

        public int Number(string column) => OptionalNumber(column) is { } number ? number : FailNumber($"{column} is empty");

        public int? OptionalNumber(string column)
        {
            var text = csv.TryGetField<string>(column, out var value) ? value ?? "" : Fail($"no column {column}");
            if (text.Length == 0)
                return null;
            return int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : FailNumber($"{column} is «{text}», must be a whole number");
        }

        public TimeOnly Time(string column)
        {
            var text = Text(column, 5);
            if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                Fail($"{column} is «{text}», must be a time such as 08:30");
            return time;
        }

        private int FailNumber(string reason)
        {
            Fail(reason);
            return 0;
        }

        private string Fail(string reason)
        {
            if (!Wrong)
                say(reason);
            Wrong = true;
            return "";
        }
    }
}
