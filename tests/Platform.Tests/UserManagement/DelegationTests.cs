using System.Net;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.Patients.People;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Tests.Patients;
using Platform.Tests.Referti;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.Delegations;

namespace Platform.Tests.UserManagement;

public sealed class DelegationTests
{
    private const string Password = "una-frase-lunga-7";
    private static readonly DateOnly Today = DateOnly.FromDateTime(TestClock.Start.UtcDateTime);

    [Theory, OnEachEngine]
    public async Task A_doctor_lends_her_list_to_a_substitute_for_some_days_and_takes_it_back_at_once(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var owner = await Doctor(app, "titolare", "990007");
        await Doctor(app, "sostituta", "990014");
        var patient = await app.Send(Registry.Mario, owner);
        var (doctor, substitute) = (app.Visitor(), app.Visitor());
        await doctor.SignIn("titolare", Password);
        await substitute.SignIn("sostituta", Password);
        Assert.Equal(HttpStatusCode.NotFound, await Opens(substitute, patient));

        var given = await doctor.Submit(await doctor.Open("/delegations"), "Dai la delega",
            ("Nome utente o e-mail", "sostituta@example.org"), ("Dal", Day(1)), ("Al", Day(10)));
        Assert.Contains("Non ancora cominciata", given.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await Opens(substitute, patient));
        app.Clock.Advance(TimeSpan.FromDays(1));
        await substitute.SignIn("sostituta", Password);
        Assert.Equal(HttpStatusCode.OK, await Opens(substitute, patient));
        Assert.Contains("Deleghe ricevute", (await substitute.Open("/delegations")).Text, StringComparison.Ordinal);

        await doctor.SignIn("titolare", Password);
        await doctor.Submit(await doctor.Open("/delegations"), "Revoca");
        Assert.Equal(HttpStatusCode.NotFound, await Opens(substitute, patient));
    }

    [Theory, OnEachEngine]
    public async Task Only_the_holder_of_the_list_lends_it_and_only_to_a_doctor(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var owner = await Doctor(app, "titolare", "990007");
        var substitute = await Doctor(app, "sostituta", "990014");
        await Doctor(app, "terza", "990021");
        await app.Send(new CreateAccount("laboratorista", Password, "L", "l@example.org", "it", [new(Role.LabOperator, new(ScopeKind.Lab, "LAB-001"))]));
        var lend = new GrantDelegation { List = "990007", Substitute = "sostituta", From = Today, To = Today.AddDays(9) };
        await app.Send(lend, owner);
        Assert.Equal("already-assigned", (await Assert.ThrowsAsync<Refusal>(() => app.Send(lend, owner))).Code);

        var borrowing = substitute with { Assignments = [.. substitute.Assignments, .. owner.Assignments] };
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(lend with { Substitute = "terza" }, borrowing))).Kind);
        Assert.Equal("too-long", (await Assert.ThrowsAsync<Refusal>(() => app.Send(lend with { Substitute = "terza", To = Today.AddDays(180) }, owner))).Code);
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(lend with { Substitute = "laboratorista" }, owner));
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(lend with { Substitute = "titolare" }, owner));
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(lend with { Substitute = "nessuno" }, owner));
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(lend, As.Administrator()))).Code);
        var id = await app.Db<UserManagementDb, Guid>(db => db.Assignments.Where(r => r.DelegatedBy != null).Select(r => r.Id).SingleAsync());
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new RevokeDelegation(id), substitute))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task A_substitute_without_an_access_is_invited_and_loses_the_list_with_the_doctor(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var owner = await Doctor(app, "titolare", "990007");
        await app.Send(new GrantDelegation { List = "990007", Substitute = "nuova@example.org", DisplayName = "Nuova Sostituta", From = Today, To = Today.AddDays(9) }, owner);
        await app.Drain();
        Assert.All(await app.Db<NotificationsDb, List<string>>(db => db.Mails.Select(m => m.ToAddress).ToListAsync()), to => Assert.Equal("nuova@example.org", to));
        var lent = await app.Db<UserManagementDb, AssignmentRow>(db => db.Assignments.AsNoTracking().SingleAsync(r => r.DelegatedBy == owner.Id));
        Assert.True(lent.IsLive(Today));
        var own = await app.Db<UserManagementDb, Guid>(db => db.Assignments.Where(r => r.AccountId == owner.Id).Select(r => r.Id).SingleAsync());
        await app.Send(new EndAssignment(owner.Id, own), As.Administrator());
        Assert.False((await app.Db<UserManagementDb, AssignmentRow>(db => db.Assignments.AsNoTracking().SingleAsync(r => r.Id == lent.Id))).IsLive(Today));
    }

    [Theory, OnEachEngine]
    public async Task A_secretary_sees_contacts_and_asks_for_swabs_without_reasons_or_results_until_she_is_revoked(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var owner = await Doctor(app, "titolare", RefertiApp.Gp);
        var sample = await app.Sample();
        await app.Take(RefertiApp.Message("A", sample.Person, sample.Number));
        var doctor = app.Visitor();
        await doctor.SignIn("titolare", Password);
        var given = await doctor.Submit(await doctor.Open("/delegations"), "Dai la delega", ("Delega a", "Secretary"),
            ("Nome utente o e-mail", "segreteria@example.org"), ("Nome e cognome", "Sara Segreteria"), ("Dal", Day(0)), ("Al", Day(364)));
        Assert.Contains("Sara Segreteria Segreteria", given.Text, StringComparison.Ordinal);

        var secretary = As.Secretary(RefertiApp.Gp);
        Assert.Equal("Via Roma 1", (await app.Send(new PersonDetails(sample.Person.Id), secretary)).Patient.Address);
        var swab = Assert.Single((await app.Send(new SwabRequestList(), secretary)).Rows);
        Assert.Equal(("Ferraris", ""), (swab.FamilyName, swab.Reason));
        Assert.All((await app.Send(new PersonDetails(sample.Person.Id), secretary)).Timeline, e => Assert.Null(e.Text));
        Assert.DoesNotContain((await app.Send(new PersonDetails(sample.Person.Id), secretary)).Timeline, e => e.Title.Contains("Positivo", StringComparison.Ordinal));
        await app.Send(new RequestSwab { Id = Guid.CreateVersion7(), PatientId = (await app.Person("Neri", "Ada")).Id, TestType = TestType.Molecular, Reason = "contact", SlotId = await Testing.TestingApp.Slot(app, 1, RefertiApp.Hotspot) }, secretary);
        var asked = await app.Send(new RequestSwab { Id = Guid.CreateVersion7(), PatientId = (await app.Person("Gialli", "Ada")).Id, TestType = TestType.Molecular, Reason = "screening", SlotId = await Testing.TestingApp.Slot(app, 1, RefertiApp.Hotspot) }, secretary);
        Assert.Equal(SwabRequestState.Proposed, await app.StateOf(asked));
        var report = Assert.Single(await app.Reports());
        foreach (var closed in new Func<Task>[] { () => app.Send(new OneReport(report.Id), secretary), () => app.Send(new DelegationList(), secretary),
            () => app.Send(new ChangeContacts { Id = sample.Person.Id }, secretary) })
            Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(closed)).Code);

        var row = await app.Db<UserManagementDb, AssignmentRow>(db => db.Assignments.AsNoTracking().SingleAsync(r => r.DelegatedBy == owner.Id));
        Assert.Equal((Role.Secretary, RefertiApp.Gp), (row.Role, row.ScopeCode));
        await app.Send(new RevokeDelegation(row.Id), owner);
        Assert.False((await app.Db<UserManagementDb, AssignmentRow>(db => db.Assignments.AsNoTracking().SingleAsync(r => r.Id == row.Id))).IsLive(Today));
    }

    [Fact]
    public async Task A_secretary_has_an_access_of_her_own_and_her_role_from_the_doctor_alone()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var owner = await Doctor(app, "titolare", "990007");
        await Doctor(app, "sostituta", "990014");
        var delegation = new GrantDelegation { List = "990007", Kind = DelegationKind.Secretary, Substitute = "sostituta", From = Today, To = Today.AddDays(364) };
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(delegation, owner));
        await app.Send(delegation with { Substitute = "s@example.org", DisplayName = "S" }, owner);
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(delegation with { Kind = DelegationKind.Substitute, Substitute = "s@example.org", To = Today.AddDays(9) }, owner));
        Assert.Equal("too-long", (await Assert.ThrowsAsync<Refusal>(() => app.Send(delegation with { Substitute = "t@example.org", DisplayName = "T", To = Today.AddDays(365) }, owner))).Code);
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(
            new AssignRole { AccountId = owner.Id, Role = Role.Secretary, Scope = "GpList:990007", From = Today }, As.Administrator()));
    }

    private static async Task<HttpStatusCode> Opens(Visitor visitor, Guid patient) => (await visitor.Open($"/patients/{patient}")).Status;

    private static string Day(int days) => Today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<Identity> Doctor(PlatformApp app, string name, string list)
    {
        var role = new Assignment(Role.Gp, new(ScopeKind.GpList, list));
        return new(await app.Send(new CreateAccount(name, Password, name, $"{name}@example.org", "it", [role])), name, [role]);
    }
}
