using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.AuditLog;

namespace Platform.Tests.UserManagement;

public sealed class AuditTests
{
    [Theory, OnEachEngine]
    public async Task Each_person_of_an_event_gets_a_line_and_the_chain_holds(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var people = Enumerable.Range(0, 500).Select(_ => Guid.CreateVersion7()).ToArray();
        await Touch(app, As.Sisp("010301"), "read", people);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        await Touch(app, As.Gp("990007"), "write", people[..3]);
        await app.Drain();

        var lines = await app.Db<UserManagementDb, List<AuditLine>>(db => db.AuditLines.OrderBy(l => l.Sequence).ToListAsync());
        Assert.Equal(503, lines.Count);
        Assert.Equal(Enumerable.Range(1, 503).Select(n => (long)n), lines.Select(l => l.Sequence));
        Assert.Equal("Sisp 010301", lines[0].Actor);
        Assert.Equal("203.0.113.7", lines[0].Address);
        Assert.Equal(As.Gp("990007").Id, lines[502].ActorId);
        Assert.Equal(new AuditVerdict(503, null, null), await app.Send(new VerifyAudit()));
    }

    [Theory, OnEachEngine]
    public async Task An_event_delivered_again_leaves_no_second_line(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Touch(app, As.Sisp("010301"), "read", [Guid.CreateVersion7()]);
        await app.Drain();
        await app.Db<NotificationsDb, int>(db => db.Outbox.ExecuteUpdateAsync(set => set
            .SetProperty(r => r.SentAt, (DateTime?)null).SetProperty(r => r.DueAt, app.Clock.Now.UtcDateTime)));
        await app.Drain();
        Assert.Equal(1, await app.Db<UserManagementDb, int>(db => db.AuditLines.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task A_changed_line_is_found(Engine engine)
    {
        await using var app = await TenLines(engine);
        await app.Db<UserManagementDb, int>(db => db.AuditLines.Where(l => l.Sequence == 4)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Actor, "somebody else")));
        Assert.Equal(new AuditVerdict(3, 4, "changed"), await app.Send(new VerifyAudit()));
    }

    [Theory, OnEachEngine]
    public async Task A_removed_line_is_found_in_the_middle_and_at_the_end(Engine engine)
    {
        await using var app = await TenLines(engine);
        await app.Db<UserManagementDb, int>(db => db.AuditLines.Where(l => l.Sequence == 10).ExecuteDeleteAsync());
        Assert.Equal(new AuditVerdict(9, 10, "missing"), await app.Send(new VerifyAudit()));
        await app.Db<UserManagementDb, int>(db => db.AuditLines.Where(l => l.Sequence == 6).ExecuteDeleteAsync());
        Assert.Equal(new AuditVerdict(5, 6, "missing"), await app.Send(new VerifyAudit()));
    }

    [Theory, OnEachEngine]
    public async Task Events_appended_side_by_side_make_one_chain(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await Touch(app, As.Sisp("010301"), "read", [Guid.CreateVersion7()]);
        await app.Drain();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            await using var scope = app.Scope();
            var db = (UserManagementDb)scope.ServiceProvider.GetService(typeof(UserManagementDb))!;
            await new WhenPersonDataTouched(db).React(
                [new(Guid.CreateVersion7(), app.Clock.Now.UtcDateTime, null, new("read", "test", [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7())], [], $"side {n}", null, null))],
                TestContext.Current.CancellationToken);
        })));
        Assert.Equal(new AuditVerdict(41, null, null), await app.Send(new VerifyAudit()));
    }

    [Theory, OnEachEngine]
    public async Task The_administrator_finds_lines_by_person_actor_and_day(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Touch(app, As.Sisp("010301"), "read", [one]);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await Touch(app, As.Gp("990007"), "write", [other]);
        await app.Drain();

        var administrator = await app.SignedIn(As.Administrator());
        var all = await administrator.Open("/audit");
        Assert.Contains("Sisp 010301", all.Text, StringComparison.Ordinal);
        Assert.Contains("Gp 990007", all.Text, StringComparison.Ordinal);
        foreach (var filter in new[] { $"subject={one}", "actor=Sisp+010301", "day=2021-11-15" })
        {
            var found = await administrator.Open("/audit?" + filter);
            Assert.Contains("Sisp 010301", found.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Gp 990007", found.Text, StringComparison.Ordinal);
        }
    }

    private static async Task<PlatformApp> TenLines(Engine engine)
    {
        var app = await PlatformApp.Start(engine);
        await Touch(app, As.Sisp("010301"), "read", [.. Enumerable.Range(0, 10).Select(_ => Guid.CreateVersion7())]);
        await app.Drain();
        return app;
    }

    // Any module's save tells it; Notifications' context is as good as another.
    private static async Task Touch(PlatformApp app, Identity who, string action, Guid[] people)
    {
        await using var scope = app.Scope(who);
        var db = (NotificationsDb)scope.ServiceProvider.GetService(typeof(NotificationsDb))!;
        db.Audit(action, "test.Something", people);
        await db.SaveChangesAsync();
    }
}
