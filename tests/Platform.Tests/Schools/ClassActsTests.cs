using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.Notifications;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Schools;
using Platform.Schools.Cases;
using Platform.Schools.ClassTests;
using Platform.Schools.Consents;
using Platform.Schools.Contracts;
using Platform.Schools.Figures;
using Platform.Schools.Letters;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Schools.Sentinels;
using Platform.Schools.Standings;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Tests.Harness;
using Platform.Tests.Testing;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Schools;

/// <summary>What follows from a decision on a class.</summary>
public sealed class ClassActsTests
{
    private const string School = "TOEE99001A";
    private const string Asl = TestingApp.Asl;
    private static readonly string[] Diagnoses = ["positiv", "negativ", "contagi", "infett", "covid", "quarant", "isolament", "malatt", "diagnos"];

    [Theory, OnEachEngine]
    public async Task A_class_is_called_up_in_one_action_and_again_for_those_without_a_place(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 3);
        await app.Slot(2, ahead: TimeSpan.FromHours(26));
        var id = await Decide(app, people, ClassMode.Distance, "T0");

        var first = await app.Send(CallUp(app, id, false), As.Sisp(Asl));
        Assert.Equal(new CalledUp(2, 1, 3), first);
        Assert.Equal(new CalledUp(2, 1, 0), await app.Send(CallUp(app, id, false), As.Sisp(Asl)));

        // The team comes to the school for the one who is left; who has a place keeps it.
        var again = await app.Send(CallUp(app, id, true), As.Sisp(Asl));
        Assert.Equal(new CalledUp(3, 0, 0), again);
        var shown = await app.Send(new ClassActs(id), As.Sisp(Asl));
        Assert.Equal(1, shown.People.Count(p => p.Tests.Single().Place!.Contains("Scuola primaria di prova", StringComparison.Ordinal)));
        Assert.Equal(3, await app.Db<TestingDb, int>(db => db.Requests.CountAsync(r => r.State == SwabRequestState.Booked && r.Reason == "school")));
        await app.NothingCountedWithoutABooking();

        // The hours at the school are of the class alone.
        var free = await app.Send(new FreeSlots { NearAsl = Asl, NearMunicipality = "001272", Hotspot = HotspotCode }, As.Gp(Gp));
        Assert.Empty(free.Slots);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(CallUp(app, id, false), As.Sisp("010203")))).Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(CallUp(app, id, false), As.School(School)))).Kind);

        var letters = await app.Send(new LettersToPrint(id, null), As.Sisp(Asl));
        Assert.Equal(3, letters.Letters.Count);
        var sisp = await app.SignedIn(As.Sisp(Asl));
        foreach (var path in new[] { $"/schools/acts/{id}/letters.pdf", $"/schools/letters/{letters.Letters[0].Letter.Id}.pdf", $"/schools/standings/{id}/start.pdf" })
            Assert.Equal("%PDF", Encoding.ASCII.GetString(await sisp.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative)), 0, 4));
    }

    [Theory, OnEachEngine]
    public async Task A_whole_class_of_28_finds_its_places_on_a_day_at_the_school(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 28);
        var id = await Decide(app, people, ClassMode.Presence, "T0", "T5");
        var done = await app.Send(CallUp(app, id, true, "T0", "T5"), As.Sisp(Asl));
        Assert.Equal(new CalledUp(28, 0, 28), done);
        var shown = await app.Send(new ClassActs(id), As.Sisp(Asl));
        // The second test is asked for once the first has its result.
        Assert.All(shown.People, p => Assert.Equal((true, false), (p.Tests[0].StartsAt is not null, p.Tests[1].StartsAt is not null)));

        await Report(app, people[0], ReportResult.NotDetected);
        shown = await app.Send(new ClassActs(id), As.Sisp(Asl));
        var first = shown.People.Single(p => p.PatientId == people[0]);
        Assert.Equal((true, true), (first.Tests[0].Clear, first.Tests[1].StartsAt is not null));
        Assert.Equal(1, (await app.Send(new OneStanding(id), As.School(School))).Arrived);
    }

    [Theory, OnEachEngine]
    public async Task The_school_sees_how_lessons_are_held_and_how_many_results_are_missing_and_never_a_diagnosis(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 3);
        var id = await Decide(app, people, ClassMode.Distance, "T0");
        await app.Send(CallUp(app, id, true), As.Sisp(Asl));
        app.Clock.Advance(TimeSpan.FromDays(2));
        await Report(app, people[0], ReportResult.NotDetected);
        await Report(app, people[1], ReportResult.Detected);

        var referent = await app.SignedIn(As.School(School));
        var names = new List<string>();
        foreach (var person in people)
            names.Add((await app.Send(new PatientById(person)))!.FamilyName);
        foreach (var path in new[] { "/schools/standings", $"/schools/standings/{id}", "/inbox" })
        {
            var screen = await referent.Open(path);
            Assert.Equal(HttpStatusCode.OK, screen.Status);
            // Of the inbox its messages: its heading is everybody's.
            var text = path == "/inbox" ? screen.Page.QuerySelector("table")!.TextContent : screen.Text;
            var said = Array.Find(Diagnoses, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
            Assert.True(said is null, $"{path} says {said}: {text}");
            Assert.DoesNotContain(names, name => screen.Text.Contains(name, StringComparison.OrdinalIgnoreCase));
        }

        var missing = (await referent.Open($"/schools/standings/{id}")).Page.QuerySelectorAll("dt").Single(t => t.TextContent == "Esiti che mancano");
        Assert.Equal("1", missing.NextElementSibling!.TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignedIn(As.School("TOEE99002B"))).Open($"/schools/standings/{id}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await referent.Open($"/schools/acts/{id}")).Status);
    }

    [Theory, OnEachEngine]
    public async Task A_class_comes_back_when_its_days_are_over_and_each_person_when_her_tests_let_her(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 3);
        var id = await Decide(app, people, ClassMode.Distance, "T0");
        await app.Send(CallUp(app, id, true), As.Sisp(Asl));
        app.Clock.Advance(TimeSpan.FromDays(2));
        await Report(app, people[0], ReportResult.NotDetected);
        await Report(app, people[1], ReportResult.Detected);
        Assert.Equal(0, await Ended(app, id));

        app.Clock.Advance(TimeSpan.FromDays(9));
        await Run(app);
        var standing = (await app.Send(new OneStanding(id), As.School(School))).Standing;
        Assert.Equal((StandingEnd.Returned, standing.Until.AddDays(1)), (standing.End, standing.EndedOn));
        Assert.Equal(1, await Ended(app, id));

        // The third comes later: her letter follows her result, and the annulled one's way is closed again.
        await Report(app, people[2], ReportResult.NotDetected);
        Assert.Equal(2, await Ended(app, id));
        await Run(app);
        Assert.Equal(2, await Ended(app, id));
    }

    [Theory, OnEachEngine]
    public async Task A_decision_without_ground_is_revoked_with_its_swabs_and_everyone_is_told(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 2);
        var id = await Decide(app, people, ClassMode.Distance, "T0");
        await app.Send(CallUp(app, id, true), As.Sisp(Asl));
        await app.Db<SchoolsDb, int>(async db =>
        {
            var of = await db.Standings.SingleAsync(s => s.Id == id);
            db.Tell(new DecisionReopened(id, of.CaseId, of.ClassId, School, Asl, app.Clock.Now.UtcDateTime));
            db.Tell(new DecisionReopened(id, of.CaseId, of.ClassId, School, Asl, app.Clock.Now.UtcDateTime));
            return await db.SaveChangesAsync();
        });
        await app.Drain();
        Assert.Equal(2, await app.Db<TestingDb, int>(db => db.Requests.CountAsync(r => r.State == SwabRequestState.Cancelled)));
        Assert.Equal(2, await app.Db<SchoolsDb, int>(db => db.FamilyLetters.CountAsync(l => l.Kind == LetterKind.Withdrawn)));
        Assert.Equal(2, await app.Db<NotificationsDb, int>(db => db.Messages.CountAsync(m => m.Template == "schools.decided" || m.Template == "schools.revoked")));
        Assert.Equal("standing-ended", await RefusedWith(() => app.Send(CallUp(app, id, true), As.Sisp(Asl))));
        var figures = await app.Send(new SchoolFigures(), As.Sisp(Asl));
        Assert.DoesNotContain(figures.Rows, r => r.UnderMeasure > 0 || r.DaysLost > 0);
    }

    [Theory, OnEachEngine]
    public async Task The_figures_count_classes_and_days_and_leave_out_small_numbers(Engine engine)
    {
        await using var app = await World(engine);
        var id = await Decide(app, await Class(app, 1), ClassMode.Distance);
        app.Clock.Advance(TimeSpan.FromDays(7));
        var day = app.Region.DayOf(app.Clock.Now);
        var row = (await app.Send(new SchoolFigures { By = FiguresBy.Municipality }, As.Sisp(Asl))).Rows.Single();
        // From Monday to the next Monday, both: six days of lessons.
        Assert.Equal(("001272", 1, 1, 1, 6), (row.Key, row.UnderMeasure, row.AtDistance, row.Outbreaks, row.DaysLost));
        Assert.Empty((await app.Send(new SchoolFigures { By = FiguresBy.Asl }, As.Sisp("010203"))).Rows);
        var told = (await app.Send(new SchoolFigures { By = FiguresBy.Asl, Suppress = true }, As.Administrator())).Rows.Single();
        Assert.Null(told.UnderMeasure);
        var visitor = await app.SignedIn(As.Administrator());
        var file = await visitor.Http.GetStringAsync(new Uri($"/schools/figures?handler=File&file=open&Form.By=Level&Form.To={day:O}", UriKind.Relative));
        Assert.StartsWith("dal,al,codice_regione,denominazione_regione,ordine_scuola,", file, StringComparison.Ordinal);
        Assert.Contains("primaria,,,", file, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Open("/schools/figures")).Status);
        Assert.NotEqual(Guid.Empty, id);
    }

    [Fact]
    public void Where_one_small_number_would_follow_from_the_others_the_next_is_left_out_too()
    {
        Assert.Equal([null, null, 40], SmallNumbers.Blanked([3, 10, 40], 5));
        Assert.Equal([null, null, 40], SmallNumbers.Blanked([3, 2, 40], 5));
        Assert.Equal([0, 10, 40], SmallNumbers.Blanked([0, 10, 40], 5));
    }

    [Fact]
    public void The_same_seed_draws_the_same_classes()
    {
        var classes = Enumerable.Range(1, 40).Select(i => OneClass(i)).ToList();
        var drawn = SentinelRound.Draw(classes, "31-7-64", 5).Select(c => c.Section).ToList();
        Assert.Equal(drawn, SentinelRound.Draw(Enumerable.Reverse(classes), "31-7-64", 5).Select(c => c.Section));
        Assert.NotEqual(drawn, SentinelRound.Draw(classes, "31-7-65", 5).Select(c => c.Section));
    }

    [Theory, OnEachEngine]
    public async Task A_sentinel_round_asks_families_reminds_them_and_tests_those_who_consent(Engine engine)
    {
        await using var app = await World(engine);
        var people = await Class(app, 3);
        var today = app.Region.DayOf(app.Clock.Now);
        var round = new DrawSentinels { Id = Guid.CreateVersion7(app.Clock.Now), Name = "Novembre", Asl = Asl, Seed = "31-7-64", Number = 5, Day = today.AddDays(12), Due = today.AddDays(10) };
        Assert.Equal(round.Id, await app.Send(round, As.Sisp(Asl)));
        await app.Send(round, As.Sisp(Asl));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(round, As.Sisp("010203")))).Kind);

        var self = (await app.Send(new PatientById(people[0])))!;
        var consent = await app.Db<SchoolsDb, Consent>(db => db.Consents.SingleAsync(c => c.PatientId == people[0]));
        var citizen = new SignedInCitizen(Guid.CreateVersion7(app.Clock.Now), self, self, []);
        await app.Send(new AnswerConsent(citizen, consent.Id, true, null));
        var other = await app.Db<SchoolsDb, Consent>(db => db.Consents.SingleAsync(c => c.PatientId == people[1]));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new AnswerConsent(citizen, other.Id, true, null)))).Kind);
        Assert.Single(await app.Send(new MySchool(citizen, null)));

        Assert.Equal(0, await Remind(app));
        foreach (var expected in new[] { 2, 2, 0 })
        {
            app.Clock.Advance(TimeSpan.FromDays(3));
            Assert.Equal(expected, await Remind(app));
        }

        var placed = await app.Send(new PlaceSentinels { Id = round.Id, Hotspot = HotspotCode, TestType = TestType.Molecular }, As.Sisp(Asl));
        Assert.Equal((1, 0), placed);
        var shown = (await app.Send(new OneSentinel(round.Id), As.Sisp(Asl))).Classes.Single();
        Assert.Equal((3, 1, 0, 1), (shown.Asked, shown.Yes, shown.No, shown.Class.Placed));
        app.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal("consent-late", await RefusedWith(() => app.Send(new AnswerConsent(citizen, consent.Id, false, null))));
        var sisp = await app.SignedIn(As.Sisp(Asl));
        foreach (var path in new[] { "/schools/sentinels", "/schools/sentinels/new", $"/schools/sentinels/{round.Id}" })
            Assert.Equal(HttpStatusCode.OK, (await sisp.Open(path)).Status);
    }

    private static async Task<PlatformApp> World(Engine engine)
    {
        var app = await Start(engine);
        await app.Db<TestingDb, int>(db => db.Slots.ExecuteDeleteAsync());
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

    private static async Task<List<Guid>> Class(PlatformApp app, int pupils)
    {
        var people = new List<Guid>();
        for (var i = 0; i < pupils; i++)
        {
            app.Clock.Advance(TimeSpan.FromMilliseconds(5));
            people.Add((await app.Person($"Bernasconi{(char)('a' + (i / 26))}{(char)('a' + (i % 26))}", "Lucia")).Id);
        }

        await app.Drain();
        await app.Db<SchoolsDb, int>(db =>
        {
            db.Links.AddRange(people.Select(p => new SchoolLink
            {
                Id = StableId.Of(p, "link"), PatientId = p, Part = SchoolPart.Pupil, SchoolCode = School, ClassId = OneClass(1).Id, AslCode = Asl, From = new(2021, 9, 13),
            }));
            return db.SaveChangesAsync();
        });
        return people;
    }

    private static async Task<Guid> Decide(PlatformApp app, List<Guid> people, ClassMode mode, params string[] tests)
    {
        var today = app.Region.DayOf(app.Clock.Now);
        var id = Guid.CreateVersion7(app.Clock.Now);
        var of = new SchoolCase
        {
            Id = Guid.CreateVersion7(app.Clock.Now), ClassId = OneClass(1).Id, ClassName = "2B1", SchoolCode = School, SchoolName = "Scuola primaria di prova", AslCode = Asl,
            MunicipalityIstat = "001272", Level = SchoolLevel.Primary, OpenedAt = app.Clock.Now.UtcDateTime,
        };
        var decision = new Decision
        {
            Id = id, CaseId = of.Id, Number = 1, Outcome = DecisionOutcome.Confirmed, Cases = 1, Measure = mode == ClassMode.Distance ? ClassMeasure.Distance : ClassMeasure.Presence,
            From = today, Until = today.AddDays(9), DecidedAt = app.Clock.Now.UtcDateTime, DecidedBy = "Sisp",
        };
        foreach (var person in people)
        {
            decision.Add(new()
            {
                Id = StableId.Of(id, person.ToString()), DecisionId = id, PatientId = person, Part = SchoolPart.Pupil, Kind = MeasureKind.Quarantine, Until = today.AddDays(9), Protection = Protection.None,
                Tests = WantedTest.Written(tests.Select((t, i) => new WantedTest(t, today.AddDays(1 + (5 * i))))),
            });
        }

        of.Decide(decision);
        await app.Db<SchoolsDb, int>(db =>
        {
            db.Cases.Add(of);
            db.Tell(new ClassDecided(id, of.Id, of.ClassId, School));
            return db.SaveChangesAsync();
        });
        await app.Drain();
        return id;
    }

    private static CallUpClass CallUp(PlatformApp app, Guid id, bool atSchool, params string[] tests)
    {
        var today = app.Region.DayOf(app.Clock.Now);
        return new()
        {
            Id = id,
            Tests = [.. (tests.Length == 0 ? ["T0"] : tests).Select((t, i) => new CallUpTest
            {
                Test = t, Hotspot = HotspotCode, Day = today.AddDays(1 + (5 * i)), From = new(0, 0), To = new(23, 45), AtSchool = atSchool, PerQuarter = 5,
            })],
        };
    }

    // What the laboratory's module tells; the way through it is not what is tried here.
    private static async Task Report(PlatformApp app, Guid person, ReportResult result)
    {
        var now = app.Clock.Now.UtcDateTime;
        var request = await app.Db<SchoolsDb, Guid?>(db => db.TestedPeople.Where(p => p.PatientId == person && p.ResultAt == null).OrderBy(p => p.Test).Select(p => p.RequestId).FirstOrDefaultAsync());
        await app.Db<TestingDb, int>(db => db.Requests.Where(r => r.Id == request).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, SwabRequestState.Reported).SetProperty(r => r.OpenFor, (Guid?)null)));
        await using (var scope = app.Scope())
        {
            var report = new ReportIssued(Guid.CreateVersion7(app.Clock.Now), 1, ReportVersionKind.Original, result, null, TestType.Molecular, person, "–", "LAB-001", now, now, request, null, Asl, Gp);
            await ActivatorUtilities.CreateInstance<WhenTestReported>(scope.ServiceProvider).React(new(report.ReportId, now, null, report), default);
        }

        await app.Drain();
    }

    private static Task<int> Ended(PlatformApp app, Guid standing) =>
        app.Db<SchoolsDb, int>(db => db.FamilyLetters.CountAsync(l => l.StandingId == standing && l.Kind == LetterKind.End));

    private static async Task Run(PlatformApp app)
    {
        await using var scope = app.Scope();
        await ActivatorUtilities.CreateInstance<ReturnToClass>(scope.ServiceProvider).Run(default);
        await app.Drain();
    }

    private static async Task<int> Remind(PlatformApp app)
    {
        await using var scope = app.Scope();
        return await scope.ServiceProvider.GetRequiredService<ConsentDesk>().Remind(default);
    }
}
