using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Notifications.Inbox;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Approvals;
using Platform.UserManagement.AuditLog;

namespace Platform.Tests.UserManagement;

public sealed class LocalAdministratorTests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestClock.Start.UtcDateTime);
    private static readonly Identity OfTorino = As.LocalAdministrator(ScopeKind.Asl, "010301");
    private static readonly Identity OfLab = As.LocalAdministrator(ScopeKind.Lab, "LAB-001");

    [Theory, OnEachEngine]
    public async Task An_organisation_s_administrator_manages_its_people_and_nobody_else_s(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var mine = await Add(app, "mia", Role.Sisp, "Asl:010301");
        var others = await Add(app, "altra", Role.Sisp, "Asl:010203");
        Assert.Equal(["mia"], (await app.Send(new AccountList(null, null), OfTorino)).Rows.Select(r => r.UserName));
        Assert.Empty((await app.Send(new AccountList(null, null), OfLab)).Rows);
        await app.Send(new AccountDetail(mine), OfTorino);
        await app.Send(new DeactivateAccount(mine), OfTorino);
        await NotFound(app.Send(new AccountDetail(others), OfTorino));
        await NotFound(app.Send(new ResetPassword(others), OfTorino));
        await NotFound(app.Send(new ResetSecondFactor(others), OfTorino));
        await NotFound(app.Send(new DeactivateAccount(others), OfTorino));
        await NotFound(app.Send(new AssignRole { AccountId = others, Role = Role.Sisp, Scope = "Asl:010301", From = Today }, OfTorino));
        await NotFound(app.Send(new EndAssignment(others, await AssignmentOf(app, others)), OfTorino));
    }

    [Theory]
    [InlineData(Role.Sisp, "Asl:010203")]
    [InlineData(Role.LabOperator, "Lab:LAB-001")]
    [InlineData(Role.Gp, "GpList:990007")]
    [InlineData(Role.Administrator, "Region:010")]
    public async Task She_gives_no_more_than_the_organisation_may_hold(Role role, string scope)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var refused = await Assert.ThrowsAsync<Refusal>(() => app.Send(New("nuova", role, scope), OfTorino));
        Assert.Equal("not-yours-to-give", refused.Code);
        Assert.Equal(0, await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync()));
    }

    [Fact]
    public async Task Nobody_gives_herself_a_role()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var id = await Add(app, "sola", Role.Sisp, "Asl:010301");
        foreach (var herself in new[] { OfTorino, As.Administrator() })
        {
            var refused = await Assert.ThrowsAsync<Refusal>(() => app.Send(
                new AssignRole { AccountId = id, Role = Role.Hotspot, Scope = $"Hotspot:{app.Region.Facilities.First(f => f.Asl == "010301" && f.Kind == Platform.BuildingBlocks.Regions.FacilityKind.Hotspot).Code}", From = Today },
                herself with { Id = id }));
            Assert.Equal("own-account", refused.Code);
        }
    }

    [Fact]
    public async Task An_ASL_s_administrator_has_its_hotspots_too()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var hotspot = app.Region.Facilities.First(f => f.Asl == "010301" && f.Kind == Platform.BuildingBlocks.Regions.FacilityKind.Hotspot).Code;
        await app.Send(New("hot", Role.Hotspot, $"Hotspot:{hotspot}"), OfTorino);
        Assert.Single((await app.Send(new AccountList(null, Role.Hotspot), OfTorino)).Rows);
    }

    [Theory, OnEachEngine]
    public async Task Who_works_for_two_organisations_keeps_her_password_from_the_administrator_of_one(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var both = await Add(app, "doppia", Role.Sisp, "Asl:010301");
        await app.Send(new AssignRole { AccountId = both, Role = Role.LabOperator, Scope = "Lab:LAB-001", From = Today }, As.Administrator());
        Assert.Equal("works-elsewhere", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ResetPassword(both), OfTorino))).Code);
        Assert.Equal("works-elsewhere", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ResetSecondFactor(both), OfLab))).Code);
        var shown = await app.Send(new AccountDetail(both), OfLab);
        Assert.Equal(Role.LabOperator, Assert.Single(shown.Assignments).Role);
        await NotFound(app.Send(new EndAssignment(both, await AssignmentOf(app, both, Role.Sisp)), OfLab));
        await app.Send(new EndAssignment(both, await AssignmentOf(app, both, Role.LabOperator)), OfLab);
        await NotFound(app.Send(new AccountDetail(both), OfLab));
        await app.Send(new ResetPassword(both), OfTorino);
    }

    [Theory, OnEachEngine]
    public async Task Deactivation_by_the_organisation_ends_a_live_session_at_its_next_request(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var added = await app.Send(New("anna", Role.Sisp, "Asl:010301"), OfTorino);
        var visitor = app.Visitor();
        await visitor.ChooseFirstPassword("anna", added.Password!, "una password solo mia");
        Assert.Equal("/account", (await visitor.Open("/account")).Address);
        await app.Send(new DeactivateAccount(added.AccountId), OfTorino);
        Assert.StartsWith("/sign-in", (await visitor.Open("/account")).Address, StringComparison.Ordinal);
        var shown = await app.Send(new AccountDetail(added.AccountId), OfTorino);
        Assert.True(Assert.Single(shown.SignIns).Succeeded);
    }

    [Theory, OnEachEngine]
    public async Task A_delicate_role_opens_nothing_until_a_second_person_approves_and_both_are_in_the_audit(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var (first, second) = (Admin("prima"), Admin("seconda"));
        var added = await app.Send(New("capo", Role.LocalAdministrator, "Asl:010301"), first);
        var visitor = app.Visitor();
        await visitor.ChooseFirstPassword("capo", added.Password!, "una password solo mia");
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.Open("/users")).Status);

        var waiting = Assert.Single(await app.Send(new AwaitingApproval(), first));
        Assert.False(waiting.Mine);
        Assert.Empty(await app.Send(new AwaitingApproval(), OfLab));
        Assert.Equal("same-person", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DecideAssignment(waiting.Row.Id, true), first))).Code);
        var herself = new Identity(added.AccountId, "Capo", [new(Role.Administrator, new(ScopeKind.Region, "010"))]);
        Assert.Equal("same-person", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DecideAssignment(waiting.Row.Id, true), herself))).Code);
        await NotFound(app.Send(new DecideAssignment(waiting.Row.Id, true), OfLab));

        var page = await app.SignedIn(second);
        Assert.Contains("approvato", (await page.Submit(await page.Open("/users/approvals"), "Approva")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Open("/users")).Status);
        Assert.Equal("already-decided", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DecideAssignment(waiting.Row.Id, false), second))).Code);
        await app.Drain();
        var lines = await app.Db<UserManagementDb, List<AuditLine>>(db => db.AuditLines.Where(l => l.SubjectId == added.AccountId).OrderBy(l => l.Sequence).ToListAsync());
        Assert.Equal([("users.AddAccount", first.DisplayName), ("users.ApproveAssignment", second.DisplayName)], lines.Select(l => (l.What, l.Actor)).Order());
    }

    [Theory, OnEachEngine]
    public async Task Who_holds_a_role_that_ends_is_told_thirty_and_seven_days_before_once_each_and_so_is_who_administers_her(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = (await app.Send(New("capo", Role.LocalAdministrator, "Asl:010301"), Admin("prima"))).AccountId;
        await app.Send(new DecideAssignment(await AssignmentOf(app, administrator), true), Admin("seconda"));
        var ends = await Add(app, "finisce", Role.LabOperator, "Lab:LAB-001", Today.AddDays(100));
        var goesOn = await Add(app, "continua", Role.Sisp, "Asl:010301", Today.AddDays(31));
        var stops = await Add(app, "smette", Role.Sisp, "Asl:010301", Today.AddDays(31));
        await app.Send(new AssignRole { AccountId = goesOn, Role = Role.Sisp, Scope = "Asl:010301", From = Today.AddDays(32), To = Today.AddDays(60) }, OfTorino);

        await Warn(app);
        Assert.Equal(0, await Messages(app, stops));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await Warn(app);
        await Warn(app);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await Warn(app);
        Assert.Equal((1, 0, 0, 1), (await Messages(app, stops), await Messages(app, goesOn), await Messages(app, ends), await Messages(app, administrator)));
        app.Clock.Advance(TimeSpan.FromDays(22));
        await Warn(app);
        await Warn(app);
        Assert.Equal((2, 0, 2), (await Messages(app, stops), await Messages(app, goesOn), await Messages(app, administrator)));
    }

    private static Identity Admin(string name) => new(StableId(name), name, [new(Role.Administrator, new(ScopeKind.Region, "010"))]);

    private static Guid StableId(string name) => Platform.BuildingBlocks.Messaging.StableId.Of(Guid.Empty, name);

    private static async Task Warn(PlatformApp app) => await app.Services.GetRequiredService<JobRunner>().Run(WarnOfExpiry.Name, default);

    private static Task<int> Messages(PlatformApp app, Guid account) =>
        app.Db<NotificationsDb, int>(db => db.Messages.CountAsync(m => m.Recipient == $"Account:{account}"));

    private static AddAccount New(string name, Role role, string scope) => new()
    {
        Id = Guid.CreateVersion7(), UserName = name, DisplayName = name, Email = $"{name}@example.org", Role = role, Scope = scope,
    };

    private static async Task<Guid> Add(PlatformApp app, string name, Role role, string scope, DateOnly? to = null)
    {
        var account = (await app.Send(New(name, role, scope), As.Administrator())).AccountId;
        if (to is { } end)
            await app.Db<UserManagementDb, int>(db => db.Assignments.Where(r => r.AccountId == account).ExecuteUpdateAsync(set => set.SetProperty(r => r.ValidTo, end)));
        return account;
    }

    private static Task<Guid> AssignmentOf(PlatformApp app, Guid account, Role? role = null) =>
        app.Db<UserManagementDb, Guid>(db => db.Assignments.Where(r => r.AccountId == account && (role == null || r.Role == role)).Select(r => r.Id).FirstAsync());

    private static async Task NotFound(Task task) => Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => task)).Kind);
}
