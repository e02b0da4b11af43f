using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.Notifications;
using Platform.QuickSwabs;
using Platform.QuickSwabs.Contracts;
using Platform.Referti;
using Platform.Referti.Contracts;
using Platform.Schools;
using Platform.Schools.Cases;
using Platform.Schools.Contracts;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Schools.Standings;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using Platform.Tests.Testing;
using static Platform.Tests.Testing.TestingApp;
using ClassMeasure = Platform.BuildingBlocks.Regions.ClassMeasure;
using MeasureKind = Platform.BuildingBlocks.Regions.MeasureKind;

namespace Platform.Tests.Schools;

/// <summary>From a positive to the decision on the class, and back when it was none.</summary>
public sealed class CaseTests
{
    private const string School = "TOEE99001A";

    [Theory, OnEachEngine]
    public async Task A_confirmed_positive_of_a_class_opens_its_case_once(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 3);
        var report = await Report(app, people[0], ReportResult.Detected);
        await Report(app, people[0], ReportResult.Detected, report, version: 1);
        await QuickSwab(app, people[0], confirms: true);

        var of = Assert.Single((await app.Send(new CaseList(), As.Sisp(Asl))).Rows);
        Assert.Equal((SchoolCaseState.Open, 1), (of.State, of.Positives));
        var shown = await app.Send(new CaseDetails(of.Id), As.Sisp(Asl));
        Assert.Equal(people.Skip(1).Order(), shown.Case.Contacts.Select(c => c.PatientId).Order());
        Assert.Equal(2, shown.Case.Positives.Count);
        Assert.NotNull(shown.Proposal);
        Assert.Equal(1, await app.Db<NotificationsDb, int>(db => db.Messages.CountAsync(m => m.Template == "schools.case")));

        // Another of the class joins it.
        await Report(app, people[1], ReportResult.Detected);
        shown = await app.Send(new CaseDetails(of.Id), As.Sisp(Asl));
        Assert.Equal((2, people[2]), (shown.Proposal!.Cases, shown.Proposal.People.Single().PatientId));

        Assert.Empty((await app.Send(new CaseList(), As.Sisp("010203"))).Rows);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CaseDetails(of.Id), As.Sisp("010203")))).Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CaseDetails(of.Id), As.School(School)))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task What_is_no_confirmed_positive_opens_nothing(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 2);
        await Report(app, people[0], ReportResult.NotDetected);
        await Report(app, people[0], ReportResult.Inconclusive);
        await QuickSwab(app, people[0], confirms: false);
        await Report(app, (await app.Person("Estranei", "Ada")).Id, ReportResult.Detected);
        Assert.Empty((await app.Send(new CaseList(), As.Sisp(Asl))).Rows);
    }

    [Theory, OnEachEngine]
    public async Task A_teacher_of_several_classes_opens_a_case_of_each(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 2);
        await app.Db<SchoolsDb, int>(db =>
        {
            db.Classes.Add(OneClass(2));
            db.Links.Add(Link(people[0], 2, SchoolPart.Teacher));
            return db.SaveChangesAsync();
        });
        await Report(app, people[0], ReportResult.Detected);
        Assert.Equal(2, (await app.Send(new CaseList(), As.Sisp(Asl))).Rows.Count);
    }

    [Theory, OnEachEngine]
    public async Task What_a_referent_reported_and_the_asl_took_is_a_case_with_whom_she_ticked_off(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 4);
        await app.Db<SchoolsDb, int>(db =>
        {
            db.Tell(new SchoolReportTaken(Guid.CreateVersion7(app.Clock.Now), SchoolReportKind.PositivePupil, School, [OneClass(1).Id], people[0], app.Region.DayOf(app.Clock.Now), [people[1]]));
            return db.SaveChangesAsync();
        });
        await app.Drain();
        var of = Assert.Single((await app.Send(new CaseList(), As.Sisp(Asl))).Rows);
        Assert.Equal(people[1], (await app.Send(new CaseDetails(of.Id), As.Sisp(Asl))).Case.Contacts.Single().PatientId);
    }

    [Theory, OnEachEngine]
    public async Task The_operator_confirms_changes_or_refuses_and_two_at_once_do_not_overwrite_each_other(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 3);
        await Report(app, people[0], ReportResult.Detected);
        var of = (await app.Send(new CaseList(), As.Sisp(Asl))).Rows.Single();
        var seen = await app.Send(new CaseDetails(of.Id), As.Sisp(Asl));

        var confirm = Decision(app, seen, DecisionOutcome.Confirmed);
        Assert.Equal(confirm.Id, await app.Send(confirm, As.Sisp(Asl)));
        Assert.Equal(confirm.Id, await app.Send(confirm, As.Sisp(Asl)));
        await app.Drain();
        var standing = (await app.Send(new OneStanding(confirm.Id), As.School(School))).Standing;
        Assert.True(standing.Stands);

        // The other had looked before.
        var refuse = Decision(app, seen, DecisionOutcome.Refused) with { Reason = "Banchi distanti, aria aperta" };
        Assert.Equal("changed-meanwhile", await RefusedWith(() => app.Send(refuse, As.Sisp(Asl))));

        var today = app.Region.DayOf(app.Clock.Now);
        seen = await app.Send(new CaseDetails(of.Id), As.Sisp(Asl));
        var change = Decision(app, seen, DecisionOutcome.Changed) with
        {
            Reason = "Focolaio vicino",
            Measure = ClassMeasure.Distance,
            Until = today.AddDays(6),
            People = [new() { PatientId = people[1], Kind = MeasureKind.Quarantine, Until = today.AddDays(6) }],
        };
        await app.Send(change, As.Sisp(Asl));
        await app.Drain();
        Assert.Equal(StandingEnd.Replaced, (await app.Send(new OneStanding(confirm.Id), As.School(School))).Standing.End);
        Assert.Equal((ClassMode.Distance, today.AddDays(6)), (await app.Send(new OneStanding(change.Id), As.School(School))).Standing is var now ? (now.Mode, now.Until) : default);
        var history = (await app.Send(new CaseDetails(of.Id), As.Sisp(Asl))).Case.Decisions.OrderBy(d => d.Number).ToList();
        Assert.Equal([DecisionState.Replaced, DecisionState.Holds], history.Select(d => d.State));
        Assert.Equal("Focolaio vicino", history[1].People.Single(p => p.PatientId == people[1]).Reason);

        seen = await app.Send(new CaseDetails(of.Id), As.Sisp(Asl));
        refuse = Decision(app, seen, DecisionOutcome.Refused) with { Reason = "Banchi distanti, aria aperta" };
        await app.Send(refuse, As.Sisp(Asl));
        await app.Drain();
        Assert.False((await app.Send(new OneStanding(change.Id), As.School(School))).Standing.Stands);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(Decision(app, seen, DecisionOutcome.Confirmed), As.Sisp("010203")))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task A_decision_whose_positive_was_corrected_is_reopened_and_everyone_is_told(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 3);
        var first = await Report(app, people[0], ReportResult.Detected);
        var second = await Report(app, people[1], ReportResult.Detected);
        var of = (await app.Send(new CaseList(), As.Sisp(Asl))).Rows.Single();
        var decision = Decision(app, await app.Send(new CaseDetails(of.Id), As.Sisp(Asl)), DecisionOutcome.Confirmed);
        await app.Send(decision, As.Sisp(Asl));
        await app.Drain();

        // One positive is left: it is to be decided again.
        await Report(app, people[0], ReportResult.NotDetected, first, version: 2);
        var shown = (await app.Send(new CaseDetails(of.Id), As.Sisp(Asl))).Case;
        Assert.Equal((SchoolCaseState.Open, DecisionState.Reopened), (shown.State, shown.Decisions.Single().State));
        Assert.Equal(StandingEnd.Withdrawn, (await app.Send(new OneStanding(decision.Id), As.School(School))).Standing.End);
        Assert.Equal(1, await app.Db<NotificationsDb, int>(db => db.Messages.CountAsync(m => m.Template == "schools.reopened")));
        Assert.Equal(1, await app.Db<NotificationsDb, int>(db => db.Messages.CountAsync(m => m.Template == "schools.revoked")));

        await Report(app, people[1], ReportResult.Detected, second, version: 2, ReportVersionKind.Annulment);
        Assert.Equal(SchoolCaseState.Ended, (await app.Send(new CaseDetails(of.Id), As.Sisp(Asl))).Case.State);
        Assert.Equal("case-ended", await RefusedWith(async () => await app.Send(Decision(app, await app.Send(new CaseDetails(of.Id), As.Sisp(Asl)), DecisionOutcome.Refused) with { Reason = "Nulla" }, As.Sisp(Asl))));
    }

    [Theory, OnEachEngine]
    public async Task A_case_ends_with_its_last_measure_and_a_later_positive_opens_another(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 3);
        await Report(app, people[0], ReportResult.Detected);
        var of = (await app.Send(new CaseList(), As.Sisp(Asl))).Rows.Single();
        await app.Send(Decision(app, await app.Send(new CaseDetails(of.Id), As.Sisp(Asl)), DecisionOutcome.Confirmed), As.Sisp(Asl));
        await End(app);
        Assert.Equal(SchoolCaseState.Decided, (await app.Send(new CaseDetails(of.Id), As.Sisp(Asl))).Case.State);
        app.Clock.Advance(TimeSpan.FromDays(30));
        await End(app);
        Assert.Equal(SchoolCaseState.Ended, (await app.Send(new CaseDetails(of.Id), As.Sisp(Asl))).Case.State);
        await Report(app, people[1], ReportResult.Detected);
        Assert.Equal(2, (await app.Send(new CaseList(), As.Sisp(Asl))).Rows.Count);
    }

    [Theory, OnEachEngine]
    public async Task The_pages_of_the_operator_open_and_rules_can_be_tried(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 2);
        await Report(app, people[0], ReportResult.Detected);
        var of = (await app.Send(new CaseList(), As.Sisp(Asl))).Rows.Single();
        var sisp = await app.SignedIn(As.Sisp(Asl));
        foreach (var path in new[] { "/schools/cases", $"/schools/cases/{of.Id}", $"/schools/cases/{of.Id}?set=SCH-2022-02", "/schools/rules/try" })
            Assert.Equal(HttpStatusCode.OK, (await sisp.Open(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await app.SignedIn(As.School(School))).Open($"/schools/cases/{of.Id}")).Status);
        var tried = await app.Send(new TryRules { Set = "SCH-2022-02", Level = SchoolLevel.UpperSecondary, Cases = 2, Day = new(2022, 1, 20) }, As.Sisp(Asl));
        Assert.Equal((ClassMeasure.Presence, 6), (tried.Proposal!.Measure, tried.Lines.Count));
    }

    private static DecideClass Decision(PlatformApp app, CaseDetailsAnswer seen, DecisionOutcome outcome)
    {
        app.Clock.Advance(TimeSpan.FromMilliseconds(5));
        return new() { Id = Guid.CreateVersion7(app.Clock.Now), CaseId = seen.Case.Id, Version = seen.Case.Version, Outcome = outcome };
    }

    private static async Task End(PlatformApp app)
    {
        await using var scope = app.Scope();
        await ActivatorUtilities.CreateInstance<EndCases>(scope.ServiceProvider).Run(default);
        await app.Drain();
    }

    // As the modules that find positives tell it.
    private static async Task<Guid> Report(PlatformApp app, Guid person, ReportResult result, Guid? of = null, int version = 1, ReportVersionKind? kind = null)
    {
        app.Clock.Advance(TimeSpan.FromMilliseconds(5));
        var (now, id) = (app.Clock.Now.UtcDateTime, of ?? Guid.CreateVersion7(app.Clock.Now));
        await app.Db<RefertiDb, int>(db =>
        {
            db.Tell(new ReportIssued(id, version, kind ?? (version == 1 ? ReportVersionKind.Original : ReportVersionKind.Correction), result, null, TestType.Molecular, person, "–", "LAB-001", now, now, null, null, Asl, Gp));
            return db.SaveChangesAsync();
        });
        await app.Drain();
        return id;
    }

    private static async Task QuickSwab(PlatformApp app, Guid person, bool confirms)
    {
        app.Clock.Advance(TimeSpan.FromMilliseconds(5));
        var now = app.Clock.Now.UtcDateTime;
        await app.Db<QuickSwabsDb, int>(db =>
        {
            db.Tell(new QuickSwabRecorded(new(Guid.CreateVersion7(app.Clock.Now), 1, person, "POINT", "Farmacia", Asl, Asl, "1232", "Abbott", now, now, QuickSwabResult.Positive, confirms, !confirms, null)));
            return db.SaveChangesAsync();
        });
        await app.Drain();
    }

    private static async Task<PlatformApp> World(Engine engine)
    {
        var app = await Start(engine);
        await app.Db<SchoolsDb, int>(db =>
        {
            db.Schools.Add(new()
            {
                Code = School, Name = "Scuola primaria di prova", Level = SchoolLevel.Primary, Address = "Via della Prova 1", PostalCode = "10121", MunicipalityIstat = "001272", AslCode = Asl, Year = 2021,
            });
            db.Classes.Add(OneClass(1));
            return db.SaveChangesAsync();
        });
        return app;
    }

    private static SchoolClass OneClass(int number) => new()
    {
        Id = StableId.Of(Guid.Empty, $"class {number}"), SchoolCode = School, Year = 2021, Grade = 2, Section = $"B{number}", Course = "", Level = SchoolLevel.Primary, AslCode = Asl, MunicipalityIstat = "001272",
    };

    private static SchoolLink Link(Guid person, int number, SchoolPart part) => new()
    {
        Id = StableId.Of(person, $"link {number}"), PatientId = person, Part = part, SchoolCode = School, ClassId = OneClass(number).Id, AslCode = Asl, From = new(2021, 9, 13),
    };

    private static async Task<List<Guid>> Class(PlatformApp app, int pupils)
    {
        var people = new List<Guid>();
        for (var i = 0; i < pupils; i++)
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(5));
            people.Add((await app.Person($"Bernasconi{(char)('a' + i)}", "Lucia")).Id);
        }

        await app.Drain();
        await app.Db<SchoolsDb, int>(db =>
        {
            db.Links.AddRange(people.Select(p => Link(p, 1, SchoolPart.Pupil)));
            return db.SaveChangesAsync();
        });
        return people;
    }
}
