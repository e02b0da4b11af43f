using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.Notifications;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Deaths;
using Platform.Patients.Holds;
using Platform.Patients.People;
using Platform.Referti;
using Platform.Testing;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement;
using Platform.UserManagement.RetentionRuns;

namespace Platform.Tests.UserManagement;

/// <summary>Terms of health data: what is over them goes, in its order, and nothing that is held, in progress or needed elsewhere.</summary>
public sealed class HealthRetentionTests
{
    [Theory, OnEachEngine]
    public async Task Reports_their_requests_and_messages_go_after_ten_years_and_each_leaves_a_line(Engine engine)
    {
        await using var app = await Reported(engine);
        app.Clock.Advance(TimeSpan.FromDays(3640));
        await Night(app);
        Assert.Equal((1, 1, 1, 2), await Held(app));
        Assert.True(await app.Db<RefertiDb, int>(db => db.Deliveries.CountAsync()) > 0);

        app.Clock.Advance(TimeSpan.FromDays(20));
        await Night(app);
        // The request that nobody has answered is still open: it stays.
        Assert.Equal((0, 0, 0, 1), await Held(app));
        Assert.Equal(0, await app.Db<RefertiDb, int>(async db => await db.Deliveries.CountAsync() + await db.Versions.CountAsync() + await db.Unmatched.CountAsync()));
        Assert.Equal(2, await app.Db<PatientsDb, int>(db => db.Patients.CountAsync()));
        Assert.Equal(2, await app.Db<UserManagementDb, int>(db => db.AuditLines.CountAsync(l => l.Action == "delete" && (l.What == "referti.reports" || l.What == "testing.swab_requests"))));
        var page = await (await app.SignedIn(As.PrivacyOfficer())).Open("/privacy/retention");
        Assert.Contains("reports: 1", page.Text, StringComparison.Ordinal);
        Assert.Contains("art. 2946", page.Text, StringComparison.Ordinal);
        Assert.Contains("Dimentica i tentativi di ritiro", page.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_request_stays_while_its_report_does(Engine engine)
    {
        await using var app = await Reported(engine);
        app.Clock.Advance(TimeSpan.FromDays(3660));
        var now = app.Clock.Now.UtcDateTime;
        // Corrected last year: the term runs from its last release.
        await app.Db<RefertiDb, int>(db => db.Reports.ExecuteUpdateAsync(set => set.SetProperty(r => r.IssuedAt, now.AddDays(-300))));
        await Night(app);
        Assert.Equal((1, 1, 1, 2), await Held(app));
    }

    [Theory, OnEachEngine]
    public async Task Of_a_person_with_a_hold_nothing_goes_until_it_is_lifted(Engine engine)
    {
        await using var app = await Reported(engine);
        var person = await app.Db<PatientsDb, Patient>(db => db.Patients.AsNoTracking().OrderBy(p => p.RegisteredAt).ThenBy(p => p.Id).FirstAsync(p => p.FamilyName == "Ferraris" || p.FamilyName == "FERRARIS"));
        var hold = new HoldData { Id = Guid.CreateVersion7(), FiscalCode = person.FiscalCode, Kind = HoldKind.Litigation, Reason = "Causa 12/2021" };
        await app.Send(hold, As.PrivacyOfficer());
        await app.Send(hold, As.PrivacyOfficer());
        Assert.Equal(1, await app.Db<PatientsDb, int>(db => db.Holds.CountAsync()));
        app.Clock.Advance(TimeSpan.FromDays(3660));
        await Night(app);
        Assert.Equal((1, 1, 1, 2), await Held(app));
        Assert.True(await app.Db<NotificationsDb, bool>(db => db.Messages.AnyAsync(m => m.PatientId == person.Id)));

        var officer = await app.SignedIn(As.PrivacyOfficer());
        var page = await officer.Open("/privacy/holds");
        Assert.Contains("Causa 12/2021", page.Text, StringComparison.Ordinal);
        Assert.Contains("Indichi il motivo", (await officer.Submit(page, "Sospendi la cancellazione", ("Codice fiscale", person.FiscalCode!))).Text, StringComparison.Ordinal);
        Assert.Contains("Finita", (await officer.Submit(page, "Togli la sospensione")).Text, StringComparison.Ordinal);
        await Night(app);
        Assert.Equal((0, 0, 0, 1), await Held(app));
        foreach (var who in new[] { As.Administrator(), As.Sisp("010301"), As.Gp("990007"), As.Analyst() })
            Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(hold, who))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task The_dead_go_when_no_module_holds_anything_of_theirs_and_the_living_stay(Engine engine)
    {
        await using var app = await Reported(engine);
        var alone = await app.Person("Neri", "Sara", new(1950, 4, 4));
        var reported = await app.Db<RefertiDb, Guid>(db => db.Reports.Select(r => r.PatientId).SingleAsync());
        foreach (var id in new[] { alone.Id, reported })
            await app.Send(new RecordDeath { Id = id, On = app.Region.DayOf(app.Clock.Now) }, As.Sisp("010301"));

        await app.Drain();
        app.Clock.Advance(TimeSpan.FromDays(3660));
        var now = app.Clock.Now.UtcDateTime;
        await app.Db<RefertiDb, int>(db => db.Reports.ExecuteUpdateAsync(set => set.SetProperty(r => r.IssuedAt, now.AddDays(-300))));
        await Night(app);
        Assert.Null(await app.Send(new PatientById(alone.Id)));
        Assert.NotNull(await app.Send(new PatientById(reported)));
        Assert.Equal(2, await app.Db<PatientsDb, int>(db => db.Patients.CountAsync()));
        Assert.Equal(0, await app.Db<PatientsDb, int>(async db => await db.Words.CountAsync(w => w.PatientId == alone.Id) + await db.Facts.CountAsync(f => f.PatientId == alone.Id) + await db.GpAssignments.CountAsync(g => g.PatientId == alone.Id)));
    }

    /// <summary>One person with a report, another whose sample waits for its result.</summary>
    private static async Task<PlatformApp> Reported(Engine engine)
    {
        var app = await RefertiApp.Start(engine);
        var sample = await app.Sample();
        await app.Take(RefertiApp.Message("M1", sample.Person, sample.Number), sample.Lab);
        await app.Sample(await app.Person("Verdi", "Anna", new(1990, 2, 3)));
        await app.Drain();
        return app;
    }

    private static async Task Night(PlatformApp app)
    {
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyRetention.Name, default);
        var failed = await app.Db<UserManagementDb, List<string>>(db => db.JobRuns.Where(r => r.Failed).Select(r => r.Job + ": " + r.Outcome + " " + r.OutcomeArguments).ToListAsync());
        Assert.True(failed.Count == 0, string.Join("; ", failed));
        await app.Drain();
    }

    private static async Task<(int Reports, int Versions, int Messages, int Requests)> Held(PlatformApp app) => (
        await app.Db<RefertiDb, int>(db => db.Reports.CountAsync()), await app.Db<RefertiDb, int>(db => db.Versions.CountAsync()),
        await app.Db<RefertiDb, int>(db => db.Messages.CountAsync()), await app.Db<TestingDb, int>(db => db.Requests.CountAsync()));
}
