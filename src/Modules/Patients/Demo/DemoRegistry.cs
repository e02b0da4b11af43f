using System.Globalization;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Doctors;
using Platform.Patients.Imports;

namespace Platform.Patients.Demo;

/// <summary>Makes up a region's people: the same seed number on the same day gives the same people. Nobody here exists.</summary>
internal sealed class DemoRegistry
{
    // ISTAT, Italy at 1 January 2021, people by age band, in thousands, rounded.
    private static readonly (int From, int To, int Weight)[] Ages =
    [
        (0, 4, 219), (5, 9, 257), (10, 14, 285), (15, 19, 287), (20, 29, 603), (30, 39, 676), (40, 49, 877), (50, 59, 948),
        (60, 69, 741), (70, 79, 596), (80, 89, 365), (90, 99, 77),
    ];

    // Residents by citizenship in the north-west, in thousands, rounded: the share of each among those born abroad.
    private static readonly (string Code, int Weight)[] ForeignBirthPlaces =
    [
        ("Z129", 140), ("Z330", 55), ("Z100", 42), ("Z210", 20), ("Z611", 16), ("Z335", 12), ("Z138", 11), ("Z140", 10), ("Z602", 9),
        ("Z336", 8), ("Z604", 7), ("Z222", 6), ("Z343", 6), ("Z110", 8), ("Z112", 7), ("Z600", 5), ("Z216", 5), ("Z236", 5), ("Z352", 4),
    ];

    private const int BornAbroadPercent = 12;
    private const int BornElsewhereInItalyPercent = 22;
    private const double SexAtBirthAndAfter = 0.487;

    private static readonly string[] Streets =
        ["Via Roma", "Via Garibaldi", "Corso Italia", "Via Mazzini", "Via Cavour", "Piazza Vittorio Veneto", "Via Dante Alighieri", "Via Chiesa",
         "Via Torino", "Viale Stazione", "Via Gramsci", "Strada Provinciale", "Via Matteotti", "Via Mulini", "Borgata Superiore"];

    private readonly Region region;
    private readonly IBirthPlaces places;
    private readonly DateOnly today;
    private readonly Random random;
    private readonly HashSet<string> codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> onList;
    private readonly Draw<Municipality> residences;
    private readonly Draw<string> family;
    private readonly Draw<string> male;
    private readonly Draw<string> female;
    private readonly Draw<(int From, int To, int Weight)> ages;
    private readonly Draw<(string Code, int Weight)> abroad;
    private readonly BirthPlaceLife[] elsewhere;

    public DemoRegistry(Region region, IBirthPlaces places, DateOnly today)
    {
        (this.region, this.places, this.today) = (region, places, today);
        random = new Random(region.DemoSeed);
        onList = region.Doctors.ToDictionary(d => d.Code, _ => 0);
        residences = new(region.Municipalities, WeightsOf(region));
        family = Of(NameKind.Family);
        male = Of(NameKind.GivenMale);
        female = Of(NameKind.GivenFemale);
        ages = new(Ages, a => a.Weight);
        abroad = new([.. ForeignBirthPlaces.Where(p => places.Find(p.Code) is not null)], p => p.Weight);
        var own = region.Municipalities.Select(m => m.Belfiore).ToHashSet();
        elsewhere = [.. places.All.Where(p => p.Code[0] != 'Z' && !own.Contains(p.Code)).OrderBy(p => p.Code, StringComparer.Ordinal)];

        Draw<string> Of(NameKind kind)
        {
            var ofKind = region.Names.Where(n => n.Kind == kind).ToList();
            return new([.. ofKind.Select(n => n.Name)], [.. ofKind.Select(n => n.Weight)]);
        }
    }

    /// <summary>As lines of an import.</summary>
    public IEnumerable<TableRow> People()
    {
        var number = 0;
        foreach (var known in KnownPeople().Take(region.DemoPeople))
            yield return Row(++number, known.Family, known.Given, known.Sex, known.Born, known.Place, known.Residence, known.Doctor);
        while (number < region.DemoPeople)
        {
            var sex = random.NextDouble() < SexAtBirthAndAfter ? Sex.Male : Sex.Female;
            var born = BirthDate();
            var residence = residences.Next(random);
            var place = BirthPlaceOf(residence, born);
            var (surname, given) = (family.Next(random), (sex == Sex.Male ? male : female).Next(random));
            var code = FiscalCode.Compute(surname, given, sex, born, place);
            // Two people with one code would be told apart by the tax office with an omocodia: here the second is another person.
            if (codes.Contains(code) || !FiscalCode.Read(code, places, today).Valid)
                continue;
            yield return Row(++number, surname, given, sex, born, place, residence, DoctorFor(residence.Asl, born));
        }
    }

    private sealed record KnownPerson(string Family, string Given, Sex Sex, DateOnly Born, string Place, Municipality Residence, string? Doctor);

    /// <summary>A few whom one can tell about: on the list of the first doctor, and of the first paediatrician of the same ASL.</summary>
    private IEnumerable<KnownPerson> KnownPeople()
    {
        if (region.Doctors.FirstOrDefault(d => !d.Paediatrician) is not { } doctor)
            yield break;
        var town = region.FindMunicipality(doctor.MunicipalityIstat)!;
        var paediatrician = region.Doctors.FirstOrDefault(d => d.Paediatrician && d.Asl == doctor.Asl)?.Code;
        (string Family, string Given, Sex Sex, DateOnly Born, string? Place)[] grown =
        [
            ("Rossi", "Mario", Sex.Male, new(1980, 3, 12), null),
            ("Ferrero", "Anna Maria", Sex.Female, new(1952, 7, 4), null),
            ("D'Angelo", "Nicolò", Sex.Male, new(1991, 11, 23), null),
            ("De Luca", "Chiara", Sex.Female, new(1987, 1, 30), "F839"),
            ("Peirò", "Zoè", Sex.Female, new(2001, 9, 9), null),
            ("Popescu", "Ioana", Sex.Female, new(1978, 5, 17), "Z129"),
            ("El Amrani", "Youssef", Sex.Male, new(1995, 2, 6), "Z330"),
            ("Bianchi", "Giuseppe", Sex.Male, new(1938, 12, 1), null),
        ];
        foreach (var person in grown)
            yield return new(person.Family, person.Given, person.Sex, person.Born, person.Place ?? town.Belfiore, town, doctor.Code);
        if (paediatrician is null)
            yield break;
        yield return new("Rossi", "Giulia", Sex.Female, new(today.Year - 8, 6, 21), town.Belfiore, town, paediatrician);
        yield return new("Rossi", "Matteo", Sex.Male, new(today.Year - 4, 10, 2), town.Belfiore, town, paediatrician);
        yield return new("El Amrani", "Sara", Sex.Female, new(today.Year - 2, 4, 15), town.Belfiore, town, paediatrician);
    }

    private TableRow Row(
        int number, string surname, string given, Sex sex, DateOnly born, string place, Municipality residence, string? doctor)
    {
        var code = FiscalCode.Compute(surname, given, sex, born, place);
        codes.Add(code);
        // The list began some time in the last years, after the birth.
        var first = born > today.AddYears(-8) ? born : today.AddYears(-8);
        var from = first.AddDays(random.Next(Math.Max(1, today.DayNumber - first.DayNumber)));
        var address = $"{Streets[random.Next(Streets.Length)]} {random.Next(1, 140)}";
        var email = random.Next(100) < 70 ? $"{Letters(given)}.{Letters(surname)}.{number}@example.org" : "";
        // No Italian number begins with 5: nobody's telephone rings.
        var phone = random.Next(100) < 85 ? string.Create(CultureInfo.InvariantCulture, $"+39 555 {random.Next(1_000_000, 10_000_000)}") : "";
        if (doctor is not null)
            onList[doctor]++;
        return new(number + 1,
        [
            code, surname, given, sex == Sex.Male ? "M" : "F", born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), place,
            residence.Istat, address, email, phone, doctor ?? "", doctor is null ? "" : from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ]);
    }

    private DateOnly BirthDate()
    {
        var band = ages.Next(random);
        var years = random.Next(band.From, band.To + 1);
        return today.AddYears(-years).AddDays(-random.Next(365));
    }

    private string BirthPlaceOf(Municipality residence, DateOnly born)
    {
        while (true)
        {
            var share = random.Next(100);
            var code = share < BornAbroadPercent ? abroad.Next(random).Code
                : share < BornAbroadPercent + BornElsewhereInItalyPercent ? elsewhere[random.Next(elsewhere.Length)].Code
                : random.Next(100) < 40 ? residence.Belfiore
                : residences.Next(random).Belfiore;
            if (places.Find(code)?.ExistedOn(born) == true)
                return code;
        }
    }

    private string? DoctorFor(string asl, DateOnly born)
    {
        var ofAsl = region.Doctors.Where(d => d.Asl == asl).ToList();
        var child = born.AddYears(Doctor.AdultForPaediatrician) > today;
        var right = ofAsl.FindAll(d => d.Paediatrician == child && HasPlace(d));
        // Where no paediatrician is left, a general practitioner takes children too, from six years on.
        if (right.Count == 0 && child && born.AddYears(6) <= today)
            right = ofAsl.FindAll(d => !d.Paediatrician && HasPlace(d));
        return right.Count == 0 ? null : right[random.Next(right.Count)].Code;
    }

    private bool HasPlace(DoctorEntry doctor) =>
        onList[doctor.Code] < (doctor.Paediatrician ? Doctor.PaediatricListLimit : Doctor.GpListLimit);

    // The pack has no population: a town weighs by what it is the seat of.
    private static List<int> WeightsOf(Region region)
    {
        var seats = region.Asls.Select(a => a.MunicipalityIstat).ToHashSet();
        var hospitals = region.Facilities.Where(f => f.Kind == FacilityKind.Hospital).Select(f => f.MunicipalityIstat).ToHashSet();
        var perAsl = region.Municipalities.CountBy(m => m.Asl).ToDictionary();
        return [.. region.Municipalities.Select(m =>
            perAsl[m.Asl] == 1 ? 450 : seats.Contains(m.Istat) ? 40 : hospitals.Contains(m.Istat) ? 20 : 1)];
    }

    private static string Letters(string name) =>
        SearchText.Of(name).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Draws by weight.</summary>
    private sealed class Draw<T>
    {
        private readonly IReadOnlyList<T> items;
        private readonly int[] sums;

        public Draw(IReadOnlyList<T> items, Func<T, int> weight)
            : this(items, [.. items.Select(weight)])
        {
        }

        public Draw(IReadOnlyList<T> items, IReadOnlyList<int> weights)
        {
            this.items = items;
            sums = new int[weights.Count];
            var sum = 0;
            for (var index = 0; index < sums.Length; index++)
                sums[index] = sum += weights[index];
        }

        public T Next(Random random)
        {
            var found = Array.BinarySearch(sums, random.Next(sums[^1]) + 1);
            return items[found < 0 ? ~found : found];
        }
    }
}
