using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Schools;
using Platform.Schools.Contracts;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Schools.Reports;
using Platform.Tests.Harness;
using Platform.Tests.Testing;
using static Platform.Tests.Schools.SchoolsApp;

namespace Platform.Tests.Schools;

public sealed class SchoolReportTests
{
    private static readonly DateOnly Today = new(2021, 11, 15);

    [Theory, OnEachEngine]
    public async Task A_referent_reports_a_positive_pupil_with_who_was_in_class_and_the_asl_takes_it(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var (of, pupils, _) = await app.Filled(4);
        var referent = await app.SignedIn(Referent);
        var form = await referent.Open($"/schools/reports/new?school={Primary}&class={of.Id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await referent.Submit(form, "Continua", ("Ultimo giorno a scuola", ""))).Status);
        form = await referent.Open($"/schools/reports/new?school={Primary}&class={of.Id}");
        Choose(form, nameof(SchoolReportKind.PositivePupil));
        ((AngleSharp.Html.Dom.IHtmlSelectElement)form.Page.QuerySelector("select[name='Form.PatientId']")!).Value = $"{pupils[0].Id}";
        var contacts = await referent.Submit(form, "Continua");
        // Neither the person nor what she has stands in the address.
        Assert.DoesNotContain($"{pupils[0].Id}", contacts.Address, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Positive", contacts.Address, StringComparison.OrdinalIgnoreCase);
        var boxes = contacts.Page.QuerySelectorAll("[data-contacts] input").Cast<AngleSharp.Html.Dom.IHtmlInputElement>().ToList();
        Assert.Equal((5, true), (boxes.Count, boxes.TrueForAll(b => b.IsChecked)));
        var absent = await app.Db<SchoolsDb, Guid>(db => db.Links.Where(l => l.PatientId == pupils[1].Id).Select(l => l.Id).SingleAsync());
        boxes.Single(b => b.Value == $"{absent}").IsChecked = false;
        var sent = await referent.Submit(contacts, "Invia alla ASL");
        Assert.Contains("La segnalazione è inviata alla ASL.", sent.Text, StringComparison.Ordinal);
        await app.Drain();

        var office = await app.SignedIn(Office);
        Assert.Contains("Segnalato un alunno positivo: SCUOLA", (await office.Open("/inbox")).Text, StringComparison.Ordinal);
        Assert.Contains("Segnalazioni delle scuole", (await office.Open("/")).Text, StringComparison.Ordinal);
        var report = await office.Open(sent.Address);
        Assert.Contains("Chi era in classe nelle 48 ore prima: 4", report.Text, StringComparison.Ordinal);
        var taken = await office.Submit(report, "Apri il caso");
        Assert.Contains("Presa in carico", taken.Text, StringComparison.Ordinal);
        var told = await app.Db<SchoolsDb, string>(db => db.Outbox.Where(o => o.Type.Contains(nameof(SchoolReportTaken))).Select(o => o.Payload).SingleAsync());
        Assert.Contains($"{of.Id}", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain($"{pupils[1].Id}", told, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("report-handled", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CloseReport { Id = Guid.Parse(sent.Address[^36..]), Why = ReportClosing.Known }, Office))).Code);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignedIn(As.Sisp("010203"))).Open(sent.Address)).Status);
        Assert.DoesNotContain("Apri il caso", (await referent.Open(sent.Address)).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_teacher_of_two_classes_brings_the_contacts_of_both(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var (of, _, teachers) = await app.Filled(2);
        var neighbour = await app.Person("Vicina", "Lia");
        var list = await app.HandIn(Referent, Primary, "Cognome;Nome;Codice fiscale;Ruolo;Classe", Row(neighbour, "2B"));
        await app.Send(new ApplyList { Id = list, From = new(2021, 11, 12) }, Referent);
        var ground = await app.Send(new ReportGround(Primary, null, teachers[0].Id, Today), Referent);
        Assert.Equal(4, ground.Contacts.Count);
        // Before she came, the neighbour was no contact.
        Assert.Equal(3, (await app.Send(new ReportGround(Primary, null, teachers[0].Id, new(2021, 11, 10)), Referent)).Contacts.Count);
        var id = await app.Send(Report(SchoolReportKind.PositiveStaff, teachers[0].Id) with { InClass = [.. ground.Contacts.Select(c => c.LinkId)] }, Referent);
        await app.Send(new TakeReport(id), Office);
        var told = await app.Db<SchoolsDb, string>(db => db.Outbox.Where(o => o.Type.Contains(nameof(SchoolReportTaken))).Select(o => o.Payload).SingleAsync());
        Assert.Contains($"{of.Id}", told, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"{(await app.ClassOf(Primary, "2B")).Id}", told, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnEachEngine]
    public async Task Absences_are_reported_from_the_share_that_the_region_sets_and_closed_by_the_asl(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var of = await app.ClassOf(Primary, "2A");
        var absences = Report(SchoolReportKind.Absences, null) with { ClassId = of.Id, Enrolled = 20, Absent = 7 };
        Assert.Equal("few-absences", (await Assert.ThrowsAsync<Refusal>(() => app.Send(absences, Referent))).Code);
        var id = await app.Send(absences with { Absent = 8 }, Referent);
        Assert.Equal(id, await app.Send(absences with { Id = id, Absent = 8 }, Referent));
        Assert.Equal("no-positive", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new TakeReport(id), Office))).Code);
        await app.Send(new CloseReport { Id = id, Why = ReportClosing.NothingToDo }, Office);
        await app.Drain();
        Assert.Empty(await app.Db<SchoolsDb, List<string?>>(db => db.Outbox.Where(o => o.Error != null).Select(o => o.Error).ToListAsync()));
        Assert.NotEmpty(await app.Db<NotificationsDb, List<string>>(db => db.Messages.Where(m => m.Template == "schools.report-closed").Select(m => m.Recipient).ToListAsync()));
        var row = Assert.Single((await app.Send(new SchoolReportList(), Referent)).Rows);
        Assert.Equal((SchoolReportState.Closed, "2A"), (row.State, row.ClassName));
        var referent = await app.SignedIn(Referent);
        Assert.Contains("Nessun provvedimento per la classe", (await referent.Open($"/schools/reports/{id}")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Closed_classes_and_schools_strangers_other_days_and_repetitions_are_refused(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var (of, pupils, teachers) = await app.Filled(2);
        var stranger = await app.Person("Estranea", "Eva");
        async Task<string> Refused(SendReport report, Identity? who = null) => (await Assert.ThrowsAsync<Refusal>(() => app.Send(report, who ?? Referent))).Code;
        var report = Report(SchoolReportKind.PositivePupil, pupils[0].Id) with { ClassId = of.Id };
        Assert.Equal("not-of-school", await Refused(report with { PatientId = stranger.Id }));
        Assert.Equal("other-part", await Refused(report with { PatientId = teachers[0].Id }));
        Assert.Equal("day-out-of-reach", await Refused(report with { LastDay = Today.AddDays(1) }));
        Assert.Equal("day-out-of-reach", await Refused(report with { LastDay = Today.AddDays(-20) }));
        Assert.Equal("no-such-school", await Refused(report, As.School(Lower)));
        Assert.Equal("no-such-school", await Refused(report with { SchoolCode = "TOEE99999X" }));
        await app.Send(report, Referent);
        Assert.Equal("already-reported", await Refused(report with { Id = Guid.CreateVersion7() }));
        await app.Send(new CloseClass(of.Id), Referent);
        Assert.Equal("class-closed", await Refused(report with { Id = Guid.CreateVersion7(), PatientId = pupils[1].Id }));
        await app.Send(new CloseSchools { Codes = [Primary] }, As.Administrator());
        Assert.Equal("school-closed", await Refused(report with { Id = Guid.CreateVersion7(), PatientId = pupils[1].Id }));
    }

    // The school writes no text and learns none: whatever the laboratory finds stays out of its pages.
    [Fact]
    public void A_report_has_no_field_for_a_text()
    {
        Assert.DoesNotContain(typeof(SendReport).GetProperties(), p => p.PropertyType == typeof(string) && p.Name != nameof(SendReport.SchoolCode));
        Assert.DoesNotContain(typeof(SchoolReport).GetProperties(), p => p.Name.Contains("Note", StringComparison.Ordinal) || p.Name.Contains("Result", StringComparison.Ordinal) || p.Name.Contains("Symptom", StringComparison.Ordinal));
    }

    private static SendReport Report(SchoolReportKind kind, Guid? person) => new() { Id = Guid.CreateVersion7(), SchoolCode = Primary, Kind = kind, PatientId = person, LastDay = Today };

    private static void Choose(Screen form, string kind)
    {
        foreach (var box in form.Page.QuerySelectorAll("input[name='Form.Kind']").Cast<AngleSharp.Html.Dom.IHtmlInputElement>())
            box.IsChecked = box.Value == kind;
    }
}
