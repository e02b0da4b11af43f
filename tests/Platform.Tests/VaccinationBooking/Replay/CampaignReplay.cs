using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Tables;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Imports;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Entitlements;
using Platform.VaccinationBooking.Operations;
using Platform.VaccinationBooking.Stock;

namespace Platform.Tests.VaccinationBooking.Replay;

/// <param name="Doses">Of the region, on that day.</param>
internal sealed record PlannedDelivery(string Producer, DateOnly Day, int Doses);

/// <summary>A campaign day by day, as its operators do it: people come from the registry's import, their categories from the lists, doses by
/// deliveries; the call centre books, the centres receive, ask, and give.</summary>
internal sealed class CampaignReplay(PlatformApp app, IReadOnlyList<PlannedCourse> courses, IReadOnlyList<PlannedDelivery> deliveries)
{
    private const string Two = "covid-19";
    private const string One = "covid-19-one-dose";

    // One in so many comes without an appointment.
    private const int WalksIn = 20;

    private readonly Region region = app.Region;
    private readonly string[] centres = ["CV-001", "CV-005", "CV-012", "CV-016"];
    private readonly List<Participant> people = [];
    private readonly Dictionary<(string Centre, string Vaccine), List<(Guid Id, string Number, int Left)>> lots = [];

    /// <summary>Doses that the deliveries alone would not have covered: the sixth of a vial, and what rounding took away.</summary>
    public int Corrected { get; private set; }

    public int Booked { get; private set; }
    public int WalkedIn { get; private set; }

    private DateOnly First { get; } = courses.SelectMany(c => c.Doses).Min(d => d.Day);
    private DateOnly Last { get; } = courses.SelectMany(c => c.Doses).Max(d => d.Day);

    public async Task Run()
    {
        app.Clock.Set(new(region.UtcOf(First.AddDays(-3), new(8, 0))));
        await Prepare();
        await Register();
        var firsts = people.Where(p => p.Course.First is not null).ToLookup(p => p.Course.First!.Value);
        var seconds = people.Where(p => p.Course.Second is not null).ToLookup(p => p.Course.Second!.Value);
        for (var day = First; day <= Last; day = day.AddDays(1))
        {
            app.Clock.Set(new(region.UtcOf(day, new(6, 0))));
            await app.Send(new NoteNoShows());
            await app.Send(new MakeSlots());
            await Deliver(day, [.. firsts[day], .. seconds[day]]);
            foreach (var centre in centres)
                await app.Send(new BoundByStock { Centre = centre });
            foreach (var person in firsts[day].Where(p => !p.WalksIn))
                await Book(person, day);
            app.Clock.Set(new(region.UtcOf(day, new(12, 0))));
            foreach (var person in firsts[day])
                await Vaccinate(person, day);
            foreach (var person in seconds[day])
                await Vaccinate(person, day);
            await app.Drain();
        }
    }

    private async Task Prepare()
    {
        await app.Send(new ImportCentres());
        var manager = As.VaccinationManager();
        var last = Last.AddDays(120);
        foreach (var (code, doses) in new[] { (Two, 2), (One, 1) })
        {
            await app.Send(new SaveCampaign { Code = code, NameIt = "Anti COVID-19", NameEn = "COVID-19", Disease = "covid-19", Doses = doses }, manager);
            var priority = 1;
            foreach (var category in region.Vaccination.Categories)
                await app.Send(Group(code, priority++, category.NameIt, category.Code, null), manager);
            await app.Send(Group(code, priority, "Dai 16 anni", null, First.AddYears(-16)), manager);
            await app.Send(new TurnCampaign { Code = code, To = CampaignState.Open }, manager);
        }

        foreach (var vaccine in courses.Select(c => c.Producer).Distinct().Select(VaccineOf))
        {
            var from = vaccine.Valid.From > First ? vaccine.Valid.From : First;
            foreach (var centre in centres)
            {
                await app.Send(
                    new AddCentreOpening
                    {
                        Id = Guid.CreateVersion7(), Centre = centre, Campaign = vaccine.Doses == 1 ? One : Two, Vaccine = vaccine.Code, Weekdays = [.. Enum.GetNames<DayOfWeek>()], From = new(8, 0), To = new(20, 0),
                        SlotMinutes = 720, FirstDoses = 500, SecondDoses = vaccine.Doses == 1 ? null : 500, ValidFrom = from, ValidUntil = last,
                    }, manager);
            }
        }

        SaveGroup Group(string campaign, int priority, string name, string? category, DateOnly? bornUntil) => new()
        {
            Id = Guid.CreateVersion7(), Campaign = campaign, Priority = priority, NameIt = name, NameEn = name, Category = category, BornUntil = bornUntil, OpensOn = First.AddDays(-2),
        };
    }

    private async Task Register()
    {
        var places = app.Services.GetRequiredService<IBirthPlaces>();
        var homes = centres.Select(c => region.FindMunicipality(region.Vaccination.Places.First(p => p.Code == c).MunicipalityIstat)!).ToList();
        var (codes, rows, listed) = (new HashSet<string>(StringComparer.Ordinal), new List<TableRow>(), new List<TableRow>());
        var names = region.Names.ToLookup(n => n.Kind, n => n.Name);
        foreach (var (course, i) in courses.Select((c, i) => (c, i)))
        {
            var (sex, home, place) = (course.Sex == "sesso_maschile" ? Sex.Male : Sex.Female, homes[i % homes.Count], i % centres.Length);
            List<string> family = [.. names[NameKind.Family]], given = [.. names[sex == Sex.Male ? NameKind.GivenMale : NameKind.GivenFemale]];
            for (var turn = i; ; turn += 7919)
            {
                var born = BornOf(course, turn);
                var (surname, name) = (family[turn % family.Count], given[turn / family.Count % given.Count]);
                var code = FiscalCode.Compute(surname, name, sex, born, home.Belfiore);
                if (!codes.Add(code) || !FiscalCode.Read(code, places, First).Valid)
                    continue;
                rows.Add(new(rows.Count + 2, [code, surname, name, sex == Sex.Male ? "M" : "F", born.ToString("O", CultureInfo.InvariantCulture), home.Belfiore, home.Istat, "Via Prova 1", "", "", "", "", "", ""]));
                if (CategoryOf(course) is { } category)
                    listed.Add(new(listed.Count + 2, [code, "", category]));
                people.Add(new(course, code, home.Asl, centres[place], i % WalksIn == 7));
                break;
            }
        }

        await Bring<PeopleImport>(rows);
        await app.Drain();
        await Bring<EntitledImport>(listed);
        var ids = await app.Db<VaccinationDb, Dictionary<string, Guid>>(db => db.Vaccinees.ToDictionaryAsync(v => v.FiscalCode!, v => v.PatientId));
        foreach (var person in people)
            person.Id = ids[person.FiscalCode];
    }

    private async Task Bring<TImport>(List<TableRow> rows)
        where TImport : StagedImport
    {
        await using var scope = app.Scope();
        await scope.ServiceProvider.GetRequiredService<ImportRun>().Bring<TImport>(ImportSource.CommandLine, rows.ToAsyncEnumerable(), (_, outcome) =>
        {
            Assert.Empty(outcome.Faults);
            return ValueTask.CompletedTask;
        }, default);
    }

    // Of that age at both doses.
    private static DateOnly BornOf(PlannedCourse course, int turn)
    {
        var day = course.First ?? course.Second!.Value;
        var age = course.Band switch { "16-19" => 18, "90+" => 91 + (turn % 6), _ => int.Parse(course.Band[..2], CultureInfo.InvariantCulture) + (turn % 9) };
        return day.AddYears(-age).AddDays(-(turn / 9 % 250));
    }

    private async Task Deliver(DateOnly day, IReadOnlyCollection<Participant> today)
    {
        foreach (var delivery in deliveries.Where(d => d.Day == day || (day == First && d.Day < day)))
        {
            var vaccine = VaccineOf(delivery.Producer).Code;
            for (var i = 0; i < centres.Length; i++)
            {
                if ((delivery.Doses / centres.Length) + (i < delivery.Doses % centres.Length ? 1 : 0) is > 0 and var doses)
                    await Receive(centres[i], vaccine, doses, day);
            }
        }

        // What is booked of the coming days has its dose in the fridge, and so has who comes today.
        var until = region.UtcOf(day.AddDays(BoundByStock.DaysBound), TimeOnly.MinValue);
        var now = app.Clock.Now.UtcDateTime;
        var taken = await app.Db<VaccinationDb, Dictionary<(string, string), int>>(async db => (await db.Slots.Where(s => s.StartsAt > now && s.StartsAt < until).GroupBy(s => new { s.CentreCode, s.VaccineCode })
            .Select(g => new { g.Key, Taken = g.Sum(s => s.Taken) }).ToListAsync()).ToDictionary(g => (g.Key.CentreCode, g.Key.VaccineCode), g => g.Taken));
        foreach (var need in today.GroupBy(p => (p.Centre, VaccineOf(p.Course.Producer).Code)))
        {
            var have = lots.GetValueOrDefault(need.Key)?.Sum(l => l.Left) ?? 0;
            if (need.Count() + taken.GetValueOrDefault(need.Key) - have is > 0 and var missing)
            {
                Corrected += missing;
                await Receive(need.Key.Centre, need.Key.Code, missing, day, correction: true);
            }
        }
    }

    private async Task Receive(string centre, string vaccine, int doses, DateOnly day, bool correction = false)
    {
        var there = lots.TryGetValue((centre, vaccine), out var known) ? known : lots[(centre, vaccine)] = [];
        correction &= there.Count > 0;
        var number = correction ? there[^1].Number : $"{vaccine[..2]}{day:yyMMdd}".ToUpperInvariant();
        var id = await app.Send(
            new ChangeStock
            {
                Id = Guid.CreateVersion7(), Centre = centre, Kind = correction ? StockMoveKind.Correction : StockMoveKind.Delivery, Vaccine = vaccine, LotNumber = number, ExpiresOn = day.AddDays(180),
                Doses = doses, Note = correction ? "Sesta dose dei flaconi" : null,
            }, As.VaccinationCentre(centre));
        if (there.FindIndex(l => l.Id == id) is >= 0 and var at)
            there[at] = there[at] with { Left = there[at].Left + doses };
        else
            there.Add((id, number, doses));
    }

    private async Task Book(Participant person, DateOnly day)
    {
        var vaccine = VaccineOf(person.Course.Producer);
        DateOnly? second = null;
        if (vaccine.Doses == 2)
        {
            var interval = region.Vaccination.IntervalOf(vaccine.Code, day)!;
            var days = person.Course.Second is { } planned ? Math.Clamp(planned.DayNumber - day.DayNumber, interval.Least, interval.Most) : interval.Days;
            second = day.AddDays(days);
        }

        person.Code = await app.Send(
            new BookForCitizen
            {
                Id = Guid.CreateVersion7(), PatientId = person.Id, Campaign = vaccine.Doses == 1 ? One : Two, First = await Slot(person.Centre, vaccine.Code, 1, day),
                Second = second is { } other ? await Slot(person.Centre, vaccine.Code, 2, other) : null,
            }, As.CallCentre());
        Booked++;
    }

    private readonly Dictionary<(string, string, int, DateOnly), Guid> slots = [];

    private async Task<Guid> Slot(string centre, string vaccine, int dose, DateOnly day)
    {
        if (!slots.TryGetValue((centre, vaccine, dose, day), out var id))
        {
            var at = region.UtcOf(day, new(8, 0));
            slots[(centre, vaccine, dose, day)] = id = await app.Db<VaccinationDb, Guid>(db => db.Slots.Where(s => s.CentreCode == centre && s.VaccineCode == vaccine && s.Dose == dose && s.StartsAt == at).Select(s => s.Id).SingleAsync());
        }

        return id;
    }

    private async Task Vaccinate(Participant person, DateOnly day)
    {
        var (nurse, vaccine) = (As.VaccinationCentre(person.Centre), VaccineOf(person.Course.Producer));
        if (person.Course.First is null)
        {
            var before = day.AddDays(-(region.Vaccination.IntervalOf(vaccine.Code, day)?.Least ?? 0) - 5);
            await app.Send(new NoteDoseElsewhere { Id = Guid.CreateVersion7(), Person = person.Id, Vaccine = vaccine.Code, Kind = DoseKind.First, Day = before, Where = "Altra regione, certificato" }, As.Sisp(person.Asl));
        }

        Guid arrival;
        if (person.Code is null)
        {
            arrival = await app.Send(new WalkIn { Centre = person.Centre, Campaign = vaccine.Doses == 1 ? One : Two, FiscalCode = person.FiscalCode }, nurse);
            WalkedIn++;
        }
        else
        {
            arrival = await app.Send(new CheckInVaccinee { Centre = person.Centre, Text = person.Code, AnyDay = true }, nurse);
        }

        await app.Send(new AssessArrival { Id = arrival, Consent = ConsentBy.Herself }, nurse);
        var there = lots[(person.Centre, vaccine.Code)];
        var lot = there.FindIndex(l => l.Left > 0);
        await app.Send(new GiveDose { Id = Guid.CreateVersion7(), Arrival = arrival, Lot = there[lot].Id, Site = InjectionSite.LeftDeltoid }, nurse);
        there[lot] = there[lot] with { Left = there[lot].Left - 1 };
    }

    private Vaccine VaccineOf(string producer) => region.Vaccination.Vaccines.First(v => v.Producer == producer);

    /// <summary>The region's own, where it is not her age that counts.</summary>
    private string? CategoryOf(PlannedCourse course)
    {
        var column = course.Category["categoria_".Length..];
        return region.Vaccination.Bands.Any(b => b.Layout == "2021-05" && b.Band == course.Band && b.Category == column) ? null : region.Vaccination.Categories.First(c => c.OpenData == column).Code;
    }

    private sealed class Participant(PlannedCourse course, string fiscalCode, string asl, string centre, bool walksIn)
    {
        public PlannedCourse Course => course;
        public string FiscalCode => fiscalCode;
        public string Asl => asl;
        public string Centre => centre;
        public bool WalksIn => walksIn;
        public Guid Id { get; set; }

        /// <summary>Of the booking.</summary>
        public string? Code { get; set; }
    }
}
