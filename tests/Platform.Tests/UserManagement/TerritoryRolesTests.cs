using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Approvals;

namespace Platform.Tests.UserManagement;

public sealed class TerritoryRolesTests
{
    private static readonly Identity OfSchool = As.LocalAdministrator(ScopeKind.School, "TOIC99001A");

    [Theory, OnEachEngine]
    public async Task A_mayor_waits_for_a_second_person_and_a_schools_administrator_gives_her_own_school_alone(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var mayor = await app.Send(New("sindaca", Role.Mayor, "Municipality:001272"), As.Administrator());
        var awaiting = Assert.Single(await app.Send(new AwaitingApproval(), Other()));
        Assert.Equal((Role.Mayor, AssignmentState.Awaiting), (awaiting.Row.Role, awaiting.Row.State));
        await app.Send(new DecideAssignment(awaiting.Row.Id, true), Other());
        Assert.Equal(AssignmentState.Given, await app.Db<UserManagementDb, AssignmentState>(db => db.Assignments.Where(r => r.AccountId == mayor.AccountId).Select(r => r.State).SingleAsync()));

        var referent = await app.Send(New("referente", Role.School, "School:TOIC99001A"), OfSchool);
        Assert.Equal(referent.AccountId, Assert.Single((await app.Send(new AccountList(null, null), OfSchool)).Rows).Id);
        foreach (var (role, scope) in new[] { (Role.School, "School:TOIC99002A"), (Role.Mayor, "Municipality:001272"), (Role.Pharmacy, "Pharmacy:FAR-001") })
            Assert.Equal("not-yours-to-give", (await Assert.ThrowsAsync<Refusal>(() => app.Send(New("altra", role, scope), OfSchool))).Code);
    }

    [Theory]
    [InlineData(Role.Mayor, "Province:TO")]
    [InlineData(Role.Prefecture, "Municipality:001272")]
    [InlineData(Role.School, "Pharmacy:FAR-001")]
    [InlineData(Role.Pharmacy, "Asl:010301")]
    [InlineData(Role.Mayor, "Municipality:999999")]
    public async Task A_role_has_its_own_kind_of_scope(Role role, string scope)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(New("altra", role, scope), As.Administrator()));
    }

    private static Identity Other() => As.Someone(Role.Administrator, ScopeKind.Region, "010") with { Id = Guid.CreateVersion7() };

    private static AddAccount New(string name, Role role, string scope) => new()
    {
        Id = Guid.CreateVersion7(), UserName = name, DisplayName = name, Email = $"{name}@example.org", Role = role, Scope = scope,
    };
}
