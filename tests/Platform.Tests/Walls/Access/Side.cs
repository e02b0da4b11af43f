using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Certificates;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;
using Platform.Correspondence.Conversations;
using Platform.Notifications;
using Platform.Notifications.Contracts;
using Platform.Notifications.Inbox;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Imports;
using Platform.Patients.People;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Swabs;
using Platform.Referti.Contracts;
using Platform.Referti.LabFiles;
using Platform.Referti.LabMessages;
using Platform.Referti.Reports;
using Platform.Schools;
using Platform.Schools.Cases;
using Platform.Schools.Contracts;
using Platform.Schools.Letters;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Schools.Reports;
using Platform.Schools.Sentinels;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Pools;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.Imports;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Entitlements;
using Platform.VaccinationBooking.Operations;

namespace Platform.Tests.Walls.Access;

/// <summary>Those of one part of the region, by their codes.</summary>
/// <param name="Doctor">Of the list in which the person is.</param>
/// <param name="Booth">Where she is swabbed: a hotspot, or the unit that goes to her home.</param>
internal sealed record Side(string Asl, Role DoctorRole, string Doctor, string Booth, string Municipality, string Family)
{
    /// <summary>Torino, with a grown-up, a child and a person swabbed at home; and another ASL's, whom nobody of the first may see.</summary>
    public static readonly Side
        Ours = new("010301", Role.Gp, "990007", "HS-001", "001272", "Boccaccino"),
        OurChild = new("010301", Role.Paediatrician, "990528", "HS-001", "001272", "Bramantino"),
        AtHome = new("010301", Role.Gp, "990007", "USCA-012", "001272", "Pontormo"),
        Theirs = new("010205", Role.Gp, "990070", "HS-013", "001156", "Parmigianino");

    /// <summary>The vaccination centre of its ASL.</summary>
    public string Centre => Asl == "010301" ? "CV-001" : "CV-005";

    /// <summary>The institute of its ASL, with a primary school.</summary>
    public string Institute => Asl == "010301" ? "TOIC99001A" : "TOIC99005A";

    private string School => Institute.Replace("IC", "EE", StringComparison.Ordinal);

    private string Pharmacy => Asl == "010301" ? "FAR-001" : "FAR-005";

    /// <summary>One of each thing that an address can name, made by the use cases.</summary>
    public async Task<Things> Make(PlatformApp app, Guid importer)
    {
        var doctor = As.Someone(DoctorRole, ScopeKind.GpList, Doctor);
        var people = new List<Guid>();
        foreach (var given in new[] { "Ada", "Bea", "Clio", "Dora", "Elsa", "Fedra", "Gaia", "Ilda" })
            people.Add(await Person(app, doctor, given));
        var person = people[0];
        async Task<Guid> Booked(Guid who, string reason = "contact") => await app.Send(
            new RequestSwab
            {
                Id = Guid.CreateVersion7(), PatientId = who, TestType = TestType.Molecular, Reason = reason,
                SlotId = await Testing.TestingApp.Slot(app, 1, Booth), HomeAddress = Booth.StartsWith('U') ? "Via Po 1" : null,
            }, doctor);
        var booth = As.Someone(Booth.StartsWith('U') ? Role.Usca : Role.Hotspot, Booth.StartsWith('U') ? ScopeKind.Usca : ScopeKind.Hotspot, Booth);
        async Task<(Guid Id, string Number)> Taken(Guid who)
        {
            var id = await Booked(who);
            return (id, (await app.Send(new TakeSample { Id = id }, booth)).AccessionNumber);
        }

        var booked = await Booked(people[5]);
        var taken = await Taken(people[6]);
        var incomplete = await Booked(people[7], "screening");
        await app.Send(new DeclineSwab { Id = incomplete, Version = (await Testing.TestingApp.Request(app, incomplete)).Version, ToComplete = true, Why = "Quale campagna?" }, As.Sisp(Asl));
        var sent = new List<(Guid Id, string Number)>();
        foreach (var who in people[..5])
            sent.Add(await Taken(who));
        var shipment = (await app.Send(new SendSamples { Ids = [.. sent.Select(s => s.Id)] }, booth)).Shipments[0];
        var laboratory = (await app.Send(new SwabRequestById(sent[0].Id)))!.LabCode!;
        var lab = As.Lab(laboratory);
        foreach (var tube in sent)
            await app.Send(new ReceiveSample { AccessionNumber = tube.Number }, lab);
        var pool = await app.Send(new MakePool { Id = Guid.CreateVersion7(), Numbers = $"{sent[1].Number}\n{sent[2].Number}" }, lab);
        var proposal = await app.Send(
            app.Result(new(sent[3].Id, sent[3].Number, laboratory, (await app.Send(new Platform.Patients.Contracts.PatientById(people[3])))!), ReportResult.NotDetected), lab);
        var summary = (await app.Send(new Platform.Patients.Contracts.PatientById(person)))!;
        var control = "ACCESS-" + Family + Booth;
        await app.Take(RefertiApp.Message(control, summary, sent[0].Number), laboratory);
        await app.Take(RefertiApp.Message(control + "-2", null, "ZZ-1", family: Family, born: new(1985, 8, 1)), laboratory);
        var message = (await app.Messages()).Single(m => m.ControlId == control).Id;
        var report = (await app.Reports()).Single(r => r.PatientId == person).Id;
        var unmatched = (await app.Queue()).Single(u => u.LabCode == laboratory && u.Reading.Contains(Family, StringComparison.Ordinal)).Id;

        var labFile = Guid.CreateVersion7();
        await app.Send(new StartLabFile { Id = labFile, File = File("campione;codice_fiscale;cognome;nome;data_nascita;esame;esito;prelevato_il;ct_n\n") }, lab);
        var peopleImport = Guid.CreateVersion7();
        await app.Send(new StartImport { Id = peopleImport, File = File(Patients.Registry.Header + "\n") }, As.Administrator());
        var accounts = Guid.CreateVersion7();
        var administrator = As.LocalAdministrator(ScopeKind.Asl, Asl) with { Id = importer };
        await app.Send(new StartAccountsImport { Id = accounts, File = File("user_name,display_name,email,role,scope\n") }, administrator);
        var account = await app.Send(new CreateAccount(
            $"access.{Family}.{Booth}", PlatformApp.Password, "Prova", $"access.{Family}.{Booth}@example.org", "it", [new(Role.Sisp, new(ScopeKind.Asl, Asl))]));
        var client = await app.Send(new CreateApiClient($"LIS {Family} {Booth}", [new(Role.LabImport, new(ScopeKind.Lab, laboratory))], null));
        var conversation = await app.Send(new OpenConversation { Id = Guid.CreateVersion7(), PatientId = person, To = Doctor, Subject = "Da chiarire", Text = "Prova" }, As.Sisp(Asl));
        var quick = Guid.CreateVersion7();
        await app.Send(
            new RecordQuickSwab
            {
                Id = quick, FiscalCode = summary.FiscalCode, PointCode = Pharmacy, DeviceJrc = "1232", Lot = "L1", KitExpiry = new(2030, 1, 1), CollectedAt = app.Clock.Now.AddHours(-1),
                ResultAt = app.Clock.Now, Result = QuickSwabResult.Negative,
            }, As.Pharmacy(Pharmacy));
        await app.Drain();
        var arrival = await Vaccination(app, people[0]);
        var entitled = await app.Send(new StartEntitledImport { Id = Guid.CreateVersion7(), File = File("fiscal_code,card,category\n") }, As.VaccinationManager());
        var closure = Guid.CreateVersion7();
        await app.Send(new PrepareOperation { Id = closure, Kind = BulkKind.CentreClosed, Centre = Centre, FromDay = new(2021, 12, 1), ToDay = new(2021, 12, 1), Why = "Prova" }, As.Sisp(Asl));
        var office = InboxMessage.KeyOf(Recipient.Of(ScopeKind.Asl, Asl));
        var told = await app.Db<NotificationsDb, Guid>(db => db.Messages
            .Where(m => m.PatientId == person && m.Priority == MessagePriority.High && m.Recipient == office).Select(m => m.Id).FirstAsync());
        return new(people, Doctor, Booth, booked, taken.Id, incomplete, sent[4].Id, shipment, laboratory, pool, proposal.Id, message, control, report, unmatched,
            labFile, peopleImport, accounts, account, client.Id, conversation, told, Centre, arrival, entitled, closure, quick, await Certificate(app, summary), await Class(app, summary, (await app.Send(new Platform.Patients.Contracts.PatientById(people[1])))!));
    }

    private async Task<SchoolThings> Class(PlatformApp app, Platform.Patients.Contracts.PatientSummary person, Platform.Patients.Contracts.PatientSummary ill)
    {
        var (file, list, report) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var town = Asl == "010301" ? "L219" : "C627";
        await app.Send(new StartSchoolImport
        {
            Id = file, File = File($"ANNOSCOLASTICO,CODICEISTITUTORIFERIMENTO,CODICESCUOLA,DENOMINAZIONESCUOLA,CODICECOMUNESCUOLA\n202122,{Institute},{Institute},ISTITUTO,{town}\n202122,{Institute},{School},PRIMARIA,{town}\n"),
        }, As.Administrator());
        await app.Drain();
        var referent = As.School(Institute);
        var of = await app.Send(new AddClass { SchoolCode = School, Grade = 2, Section = "A" }, referent);
        await app.Send(new HandInList { Id = list, SchoolCode = School, File = File($"cognome,nome,cf,classe\n{person.FamilyName},{person.GivenName},{person.FiscalCode},2A\n{ill.FamilyName},{ill.GivenName},{ill.FiscalCode},2A\nIgnota,Eva,,2A\n") }, referent);
        await app.Send(new ApplyList { Id = list, From = new(2021, 9, 1) }, referent);
        await app.Send(new SendReport { Id = report, SchoolCode = School, ClassId = of, Kind = SchoolReportKind.Symptoms, PatientId = person.Id, LastDay = DateOnly.FromDateTime(app.Clock.Now.Date) }, referent);
        await app.Drain();
        var (outbreak, decision, round) = (await Outbreak(app, of, ill.Id), Guid.CreateVersion7(), Guid.CreateVersion7());
        var seen = await app.Db<SchoolsDb, SchoolCase>(db => db.Cases.SingleAsync(c => c.Id == outbreak));
        await app.Send(
            new DecideClass
            {
                Id = decision, CaseId = outbreak, Version = seen.Version, Outcome = DecisionOutcome.Changed, Measure = ClassMeasure.Distance,
                Until = DateOnly.FromDateTime(app.Clock.Now.Date).AddDays(7), Reason = "Prova",
            }, As.Sisp(Asl));
        await app.Drain();
        var letter = Guid.CreateVersion7();
        await app.Db<SchoolsDb, int>(db =>
        {
            db.Add(new FamilyLetter
            {
                Id = letter, StandingId = decision, PatientId = person.Id, Kind = LetterKind.Start, AslCode = Asl, ClassName = "2A", SchoolName = "PRIMARIA", Measure = MeasureKind.Quarantine,
                From = new(2021, 11, 15), WrittenAt = app.Clock.Now.UtcDateTime,
            });
            return db.SaveChangesAsync();
        });
        var day = DateOnly.FromDateTime(app.Clock.Now.Date);
        await app.Send(new DrawSentinels { Id = round, Name = "Prova", Asl = Asl, Seed = "1", Number = 1, Day = day.AddDays(9), Due = day.AddDays(7) }, As.Sisp(Asl));
        await app.Drain();
        return new(School, file, of, list, report, outbreak, decision, letter, round);
    }

    /// <summary>The case of the class, opened by the referent's report of a positive that the ASL has taken.</summary>
    private async Task<Guid> Outbreak(PlatformApp app, Guid of, Guid ill)
    {
        var report = Guid.CreateVersion7();
        var classmates = await app.Db<SchoolsDb, List<Guid>>(db => db.Links.Where(l => l.ClassId == of && l.PatientId != ill).Select(l => l.Id).ToListAsync());
        await app.Send(
            new SendReport
            {
                Id = report, SchoolCode = School, ClassId = of, Kind = SchoolReportKind.PositivePupil, PatientId = ill, LastDay = DateOnly.FromDateTime(app.Clock.Now.Date), InClass = classmates,
            }, As.School(Institute));
        await app.Send(new TakeReport(report), As.Sisp(Asl));
        await app.Drain();
        return await app.Db<SchoolsDb, Guid>(db => db.Cases.Where(c => c.ClassId == of).OrderByDescending(c => c.OpenedAt).Select(c => c.Id).FirstAsync());
    }

    private async Task<Guid> Certificate(PlatformApp app, Platform.Patients.Contracts.PatientSummary person)
    {
        var (id, occasion) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var certificate = new Certificate
        {
            Id = id, OccasionId = occasion, PatientId = person.Id, Kind = CertificateKind.Recovery, Uvci = Uvci.New(), Kid = "", Hc1 = "HC1:PROVA", IssuedAt = app.Clock.Now.UtcDateTime,
            ExpiresAt = app.Clock.Now.UtcDateTime.AddDays(1), PersonName = Family, AslCode = person.AslCode, GpCode = person.GpCode, CentreCode = Centre,
            Statement = new Statement
            {
                Kind = CertificateKind.Recovery, FamilyName = Family, GivenName = person.GivenName, BirthDate = person.BirthDate, On = new(2021, 11, 1), From = new(2021, 11, 12), Until = new(2022, 4, 30),
            }.Write(),
        };
        certificate.Stand();
        await app.Db<CertificatesDb, int>(db =>
        {
            db.Add(new Occasion { Id = occasion, Source = OccasionSource.Report, PatientId = person.Id, State = OccasionState.Issued, ToldAt = app.Clock.Now.UtcDateTime });
            db.Add(certificate);
            return db.SaveChangesAsync();
        });
        return id;
    }

    private async Task<Guid> Vaccination(PlatformApp app, Guid person)
    {
        await app.Send(new ImportCentres());
        await app.Send(new SaveCampaign { Code = "access", NameIt = "Prova", NameEn = "Trial", Disease = "covid-19", Doses = 2 });
        var group = StableId.Of(Guid.Empty, "access");
        await app.Send(new SaveGroup { Id = group, Campaign = "access", NameIt = "Tutti", NameEn = "All", Priority = 1, OpensOn = new(2021, 1, 1) });
        await app.Send(new TurnCampaign { Code = "access", To = CampaignState.Open });
        var code = (await app.Send(new Platform.Patients.Contracts.PatientById(person)))!.FiscalCode;
        return await app.Send(new WalkIn { Centre = Centre, Campaign = "access", FiscalCode = code }, As.VaccinationCentre(Centre));
    }

    private async Task<Guid> Person(PlatformApp app, Identity doctor, string given)
    {
        var born = DoctorRole == Role.Paediatrician ? new DateOnly(2015, 8, 1) : new DateOnly(1985, 8, 1);
        var id = await app.Send(
            new RegisterPerson
            {
                Id = Guid.CreateVersion7(), FamilyName = Family, GivenName = given, Sex = Sex.Female, BirthDate = born, BirthPlace = "L219",
                FiscalCode = RefertiApp.CodeOf(Family, given, born), Residence = Municipality, Address = "Via Roma 1",
            }, doctor);
        await app.Drain();
        return id;
    }

    private static FormFile File(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new(new MemoryStream(bytes), 0, bytes.Length, "File", "prova.csv") { Headers = new HeaderDictionary(), ContentType = "text/csv" };
    }
}

/// <summary>What belongs to a school: the file of the register, a class, its list, a report; a case of the class, what was decided, a family's letter, a round of tests.</summary>
internal sealed record SchoolThings(string Code, Guid File, Guid Class, Guid List, Guid Report, Guid Case, Guid Decision, Guid Letter, Guid Round);

/// <summary>One of each thing that an address can name.</summary>
/// <param name="People">With a report, in the laboratory, and about to be swabbed.</param>
/// <param name="Booked">A request with its place; <paramref name="Taken"/> with its sample; <paramref name="Incomplete"/> sent back for more;
/// <paramref name="Received"/> in the laboratory.</param>
/// <param name="Told">The urgent message in the inbox of the ASL about the person's report.</param>
/// <param name="ControlId">What the laboratory called its message.</param>
internal sealed record Things(
    IReadOnlyList<Guid> People, string Doctor, string Hotspot, Guid Booked, Guid Taken, Guid Incomplete, Guid Received, Guid Shipment, string Lab, Guid Pool,
    Guid Proposal, Guid Message, string ControlId, Guid Report, Guid Unmatched, Guid LabFile, Guid PeopleImport, Guid AccountsImport, Guid Account, Guid ApiClient, Guid Conversation, Guid Told, string Centre, Guid Arrival, Guid Entitled, Guid Closure, Guid Quick, Guid Certificate, SchoolThings AtSchool)
{
    public Guid Class => AtSchool.Class;
    public Guid ClassList => AtSchool.List;
    public Guid SchoolReport => AtSchool.Report;
    public Guid SchoolFile => AtSchool.File;
    public Guid SchoolCase => AtSchool.Case;
    public Guid ClassDecision => AtSchool.Decision;
    public Guid FamilyLetter => AtSchool.Letter;
    public Guid SentinelRound => AtSchool.Round;
    public Guid Person => People[0];
    public Guid OtherPerson => People[1];

    /// <summary>What stands for each variable part of an address: the longest beginning that fits decides. An address with
    /// a variable part and no line here fails the test, so that nobody forgets to say whose it is.</summary>
    private static readonly (string Beginning, Func<Things, string[]> Values)[] Addresses =
    [
        ("/testing/requests/new", t => [$"?patient={t.OtherPerson}"]),
        ("/conversations/{id:guid}", t => [Text(t.Conversation)]),
        ("/inbox/{id:guid}/takers", t => [Text(t.Told)]),
        ("/patients/{id:guid}/merge/{other:guid?}", t => [Text(t.Person), Text(t.OtherPerson)]),
        ("/patients/{id:guid}", t => [Text(t.Person)]),
        ("/patients/{patientId:guid}", t => [Text(t.Person)]),
        ("/referti/collection/{patientId:guid}", t => [Text(t.Person)]),
        ("/audit/person/{id:guid}", t => [Text(t.Person)]),
        ("/doctors/{code}", t => [t.Doctor]),
        ("/patients/import/{id:guid}", t => [Text(t.PeopleImport)]),
        ("/testing/hotspots/{code}", t => [t.Hotspot]),
        ("/testing/requests/{id:guid}/complete", t => [Text(t.Incomplete)]),
        ("/testing/requests/{id:guid}/label.pdf", t => [Text(t.Taken)]),
        ("/testing/requests/{id:guid}", t => [Text(t.Booked)]),
        ("/testing/shipments/{id:guid}", t => [Text(t.Shipment)]),
        ("/testing/lab/pools/{id:guid}", t => [Text(t.Pool)]),
        ("/referti/enter/{requestId:guid}", t => [Text(t.Received)]),
        ("/referti/validate/{id:guid}", t => [Text(t.Proposal)]),
        ("/referti/messages/{id:guid}", t => [Text(t.Message)]),
        ("/referti/unmatched/{id:guid}", t => [Text(t.Unmatched)]),
        ("/referti/import/{id:guid}", t => [Text(t.LabFile)]),
        ("/referti/{id:guid}", t => [Text(t.Report)]),
        ("/ritiro/referti/{id:guid}", t => [Text(t.Report)]),
        ("/quick-swabs/points/{code}", t => [t.Hotspot]),
        ("/quick-swabs/{id:guid}", t => [Text(t.Quick)]),
        ("/schools/import/{id:guid}", t => [Text(t.SchoolFile)]),
        ("/schools/register/{code}", t => [t.AtSchool.Code]),
        ("/schools/classes/{id:guid}", t => [Text(t.Class)]),
        ("/schools/lists/{id:guid}", t => [Text(t.ClassList)]),
        ("/schools/reports/{id:guid}", t => [Text(t.SchoolReport)]),
        ("/schools/cases/{id:guid}", t => [Text(t.SchoolCase)]),
        ("/schools/acts/{id:guid}", t => [Text(t.ClassDecision)]),
        ("/schools/standings/{id:guid}", t => [Text(t.ClassDecision), "start"]),
        ("/schools/letters/{id:guid}", t => [Text(t.FamilyLetter)]),
        ("/schools/sentinels/{id:guid}", t => [Text(t.SentinelRound)]),
        ("/vaccination/centres/{code}", t => [t.Centre]),
        ("/vaccination/arrivals/{id:guid}", t => [Text(t.Arrival)]),
        ("/vaccination/people/{patientId:guid}", t => [Text(t.Person)]),
        ("/vaccination/book/{patient:guid}", t => [Text(t.Person)]),
        ("/vaccination/operations/{id:guid}", t => [Text(t.Closure)]),
        ("/vaccination/entitled/{id:guid}", t => [Text(t.Entitled)]),
        ("/certificates/people/{patientId:guid}", t => [Text(t.Person)]),
        ("/certificates/{id:guid}", t => [Text(t.Certificate)]),
        ("/users/import/{id:guid}", t => [Text(t.AccountsImport)]),
        ("/users/api-clients/{id:guid}", t => [Text(t.ApiClient)]),
        ("/users/{id:guid}", t => [Text(t.Account)]),
        ("/api/v1/referti/files/{id:guid}", t => [Text(t.LabFile)]),
        ("/api/v1/referti/messages/{controlId}", t => [t.ControlId]),
        ("/api/v1/referti/reports/{id:guid}", t => [Text(t.Report)]),
    ];

    /// <summary>The address of this thing; null where no line says whose the address is.</summary>
    public string? Address(string template)
    {
        var line = Addresses.Where(a => template.StartsWith(a.Beginning, StringComparison.Ordinal)).OrderByDescending(a => a.Beginning.Length).FirstOrDefault();
        if (line.Beginning is null)
            return null;
        var values = new Queue<string>(line.Values(this));
        if (!template.Contains('{', StringComparison.Ordinal))
            return template + values.Dequeue();
        return System.Text.RegularExpressions.Regex.Replace(template, @"\{[^}]*\}", _ => values.Dequeue());
    }

    /// <summary>The same words about the other side's things.</summary>
    public string Swap(string text, Things theirs) =>
        Named().Zip(theirs.Named()).Aggregate(text, (so, pair) => so.Replace(pair.First, pair.Second, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<string> Named() =>
        typeof(Things).GetProperties().Where(p => p.PropertyType == typeof(Guid) || p.PropertyType == typeof(string)).OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => p.GetValue(this)!.ToString()!);

    private static string Text(Guid id) => id.ToString();
}
