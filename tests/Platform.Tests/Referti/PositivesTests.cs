using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Deaths;
using Platform.Patients.People;
using Platform.Referti;
using Platform.Referti.Contracts;
using Platform.Referti.Positives;
using Platform.Referti.Reports;
using Platform.Tests.Harness;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.Referti;

public sealed class PositivesTests
{
    private const string Torino = "001272", Moncalieri = "001156", Alba = "004003";

    private static readonly Identity MayorOfTorino = As.Mayor(Torino);

    [Theory, OnEachEngine]
    public async Task A_mayor_sees_who_of_hers_is_positive_today_until_a_negative_comes(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sick = await app.Person();
        var well = await app.Person("Bianchi", "Anna");
        await Report(app, sick, RefertiApp.Detected, "A");
        await Report(app, well, RefertiApp.NotDetected, "B");

        var row = Assert.Single((await app.Send(new PositivePeople(null, null), MayorOfTorino)).Rows);
        Assert.Equal((sick.Id, "Ferraris", "Via Roma 1", Torino, Today(app)), (row.PatientId, row.FamilyName, row.Address, row.Residence, row.Since));
        Assert.Equal(sick.Id, Assert.Single((await app.Send(new PositivePeople("ferra", null), As.Prefecture("TO"))).Rows).PatientId);
        Assert.Empty((await app.Send(new PositivePeople("bian", null), As.Prefecture("TO"))).Rows);
        Assert.Empty((await app.Send(new PositivePeople(null, null), As.Mayor(Moncalieri))).Rows);
        Assert.Empty((await app.Send(new PositivePeople(null, null), As.Prefecture("CN"))).Rows);
        Assert.Equal((1, 1), (await app.Send(new NewPositives(), MayorOfTorino)) is var counted ? (counted.Today, counted.Days[0].Count) : default);

        app.Clock.Advance(TimeSpan.FromDays(3));
        await Report(app, sick, RefertiApp.NotDetected, "C");
        Assert.Empty((await app.Send(new PositivePeople(null, null), MayorOfTorino)).Rows);
        Assert.Equal((0, 1), (await app.Send(new NewPositives(), MayorOfTorino)) is var after ? (after.Today, after.Days[3].Count) : default);
    }

    [Theory, OnEachEngine]
    public async Task The_list_follows_where_she_lives_and_that_she_died(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sick = await app.Person();
        await Report(app, sick, RefertiApp.Detected, "A");
        await app.Send(new ChangeContacts { Id = sick.Id, Version = 0, Residence = "Torino", Domicile = "Alba", Address = "Via Po 2" }, As.Gp(RefertiApp.Gp));
        await app.Drain();
        Assert.Equal(("Via Po 2", Alba), Assert.Single((await app.Send(new PositivePeople(null, null), MayorOfTorino)).Rows) is var r ? (r.Address, r.Domicile) : default);
        Assert.Single((await app.Send(new PositivePeople(null, null), As.Mayor(Alba))).Rows);
        Assert.Single((await app.Send(new PositivePeople(null, Alba), As.Prefecture("CN"))).Rows);
        await app.Send(new RecordDeath { Id = sick.Id, On = Today(app) }, As.Gp(RefertiApp.Gp));
        await app.Drain();
        Assert.Empty((await app.Send(new PositivePeople(null, null), MayorOfTorino)).Rows);
    }

    [Theory, OnEachEngine]
    public async Task An_annulled_report_takes_her_off_the_list_and_serology_never_puts_her_on_it(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sick = await app.Person();
        await Report(app, sick, RefertiApp.Detected, "A");
        var report = Assert.Single(await app.Reports());
        await app.Send(new AnnulReport { Id = Guid.CreateVersion7(), ReportId = report.Id, SeenVersion = report.Version, Reason = "Scambio di campione" }, As.Lab(report.LabCode));
        await app.Drain();
        Assert.Equal(0, await app.Db<RefertiDb, int>(db => db.Positivities.CountAsync()));
    }

    /// <summary>Circolare 12 ottobre 2020: after 21 days without a negative the isolation may end.</summary>
    [Fact]
    public async Task After_the_days_that_the_region_says_a_positive_counts_no_more_and_the_next_one_is_new()
    {
        await using var app = await RefertiApp.Start(Engine.Sqlite);
        var sick = await app.Person();
        await Report(app, sick, RefertiApp.Detected, "A");
        app.Clock.Advance(TimeSpan.FromDays(21));
        Assert.Single((await app.Send(new PositivePeople(null, null), MayorOfTorino)).Rows);
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty((await app.Send(new PositivePeople(null, null), MayorOfTorino)).Rows);
    }

    public static TheoryData<string, string> Spells => new()
    {
        { "+1", "1-1" },
        { "-1", "" },
        { "+1 +4 -9", "1-4 until 9" },
        { "+1 ?2 -9", "1-1 until 9" },
        { "+1 -3 +5", "1-1 until 3, 5-5" },
        { "+1 +23", "1-1, 23-23" },
        { "+1 +20 +40", "1-40" },
        { "-1 +2", "2-2" },
    };

    [Theory, MemberData(nameof(Spells))]
    public void What_reports_say_of_the_times_in_which_she_was_positive(string told, string spells)
    {
        var first = new DateOnly(2021, 3, 1);
        var reports = told.Split(' ').Select(t => new ToldOfSwab(
            Guid.CreateVersion7(), first.AddDays(int.Parse(t[1..], null)).ToDateTime(TimeOnly.MinValue), first.AddDays(int.Parse(t[1..], null)),
            t[0] switch { '+' => ReportResult.Detected, '-' => ReportResult.NotDetected, _ => ReportResult.Inconclusive })).Reverse();
        int Day(DateOnly day) => day.DayNumber - first.DayNumber;
        Assert.Equal(spells, string.Join(", ", Spell.Of(reports, _ => 21)
            .Select(s => $"{Day(s.Since)}-{Day(s.LastOn)}" + (s.EndedOn is { } end ? $" until {Day(end)}" : ""))));
    }

    [Theory]
    [InlineData(Role.Gp, ScopeKind.GpList, RefertiApp.Gp)]
    [InlineData(Role.School, ScopeKind.School, "TOIC99001A")]
    [InlineData(Role.Pharmacy, ScopeKind.Pharmacy, "FAR-001")]
    [InlineData(Role.LocalAdministrator, ScopeKind.Municipality, Torino)]
    public async Task Nobody_else_sees_it(Role role, ScopeKind kind, string code)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var who = As.Someone(role, kind, code);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new PositivePeople(null, null), who))).Code);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new NewPositives(), who))).Code);
    }

    [Fact]
    public async Task The_screen_and_its_export_say_who_and_where_and_nothing_of_the_test()
    {
        await using var app = await RefertiApp.Start(Engine.Sqlite);
        var sick = await app.Person();
        await Report(app, sick, RefertiApp.Detected, "A");
        var mayor = await app.SignedIn(MayorOfTorino);
        var home = await mayor.Open("/");
        Assert.Contains("Persone positive", home.Text, StringComparison.Ordinal);
        var page = await mayor.Open("/positives");
        Assert.Contains("Ferraris Lucia", page.Text, StringComparison.Ordinal);
        Assert.Contains("Via Roma 1, Torino", page.Text, StringComparison.Ordinal);
        foreach (var hidden in new[] { "Molecolare", "Laboratorio", "CT", "D'Angelo" })
            Assert.DoesNotContain(hidden, page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Ferraris Lucia", (await mayor.Open("/positives?format=csv")).Text, StringComparison.Ordinal);
        foreach (var closed in new[] { $"/patients/{sick.Id}", "/referti", "/patients" })
            Assert.Equal(HttpStatusCode.Forbidden, (await mayor.Open(closed)).Status);
        Assert.Contains("Positive people", (await (await app.SignedIn(As.Prefecture("TO"), "en")).Open("/positives")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_school_and_a_pharmacy_find_their_work_at_home()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        foreach (var who in new[] { As.School("TOIC99001A"), As.Pharmacy("FAR-001") })
        {
            var home = await (await app.SignedIn(who)).Open("/");
            Assert.Contains("Buongiorno, " + who.DisplayName, home.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Le pagine del suo profilo non ci sono ancora", home.Text, StringComparison.Ordinal);
        }
    }

    private static DateOnly Today(PlatformApp app) => app.Region.DayOf(app.Clock.GetUtcNow());

    private static async Task Report(PlatformApp app, PatientSummary person, string value, string id)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var collected = app.Region.LocalOf(app.Clock.GetUtcNow().UtcDateTime.AddHours(-1)).ToString("yyyyMMddHHmmss", null) + "+0100";
        await app.Take(RefertiApp.Message(id, person, "N-" + id, value, collected: collected));
    }
}
