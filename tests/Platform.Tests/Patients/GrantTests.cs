using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Facts;
using Platform.Patients.Grants;
using Platform.Patients.People;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class GrantTests
{
    private static GrantVisibility To5(Guid patient) => new()
    {
        Id = Guid.CreateVersion7(), PatientId = patient, AslCode = "010205", From = new(2021, 11, 15), Until = new(2021, 11, 30), Reason = "In vacanza dai nonni",
    };

    [Theory, OnEachEngine]
    public async Task A_grant_makes_her_visible_for_its_days_and_gives_no_more_than_sight(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        Assert.False(await Sees(app, Registry.SispTo5, id));
        var grant = To5(id);
        await app.Send(grant, Registry.Sisp);
        await app.Send(grant, Registry.Sisp);
        Assert.True(await Sees(app, Registry.SispTo5, id));
        Assert.Single((await app.Send(new SearchPeople(), Registry.SispTo5)).Rows);
        Assert.Equal(["010205"], (await app.Send(new PatientById(id)))!.OtherAsls);
        Assert.Equal(1, await app.Told<PatientChanged>());

        foreach (var act in new Func<Task>[]
        {
            () => app.Send(new ChangeContacts { Id = id, Residence = "Moncalieri" }, Registry.SispTo5),
            () => app.Send(To5(id) with { AslCode = "010203" }, Registry.SispTo5),
            () => app.Send(new RevokeGrant { PatientId = id, Id = grant.Id, Reason = "no" }, Registry.SispTo5),
        })
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(act)).Kind);

        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGrants.Name, default);
        Assert.False(await Sees(app, Registry.SispTo5, id));
        Assert.Equal(2, await app.Told<PatientChanged>());
    }

    [Theory, OnEachEngine]
    public async Task It_begins_on_its_day_and_ends_when_it_is_revoked(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var grant = To5(id) with { From = new(2021, 11, 17) };
        await app.Send(grant, Registry.Sisp);
        Assert.False(await Sees(app, Registry.SispTo5, id));
        app.Clock.Advance(TimeSpan.FromDays(2));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGrants.Name, default);
        Assert.True(await Sees(app, Registry.SispTo5, id));
        await app.Send(new RevokeGrant { PatientId = id, Id = grant.Id, Reason = "È tornata" }, Registry.Sisp);
        Assert.False(await Sees(app, Registry.SispTo5, id));
        Assert.Equal([FactKind.GrantMade, FactKind.GrantRevoked], await app.Facts(id));
        Assert.Equal("already-revoked", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new RevokeGrant { PatientId = id, Id = grant.Id, Reason = "x" }, Registry.Sisp))).Code);
    }

    [Theory]
    [InlineData("010301", "2021-11-15", "2021-11-30", "asl-in-charge")]
    [InlineData("010205", "2021-11-01", "2021-11-14", "grant-over")]
    [InlineData("010205", "2021-11-15", "2022-11-16", "grant-too-long")]
    [InlineData("010205", "2021-11-20", "2021-11-19", "grant-over")]
    [InlineData("010205", "2021-11-15", "2022-11-15", null)]
    public async Task What_may_not_be_granted(string asl, string from, string until, string? refusal)
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var grant = To5(id) with { AslCode = asl, From = DateOnly.Parse(from, null), Until = DateOnly.Parse(until, null) };
        Assert.Equal(refusal, ((Refusal?)await Record.ExceptionAsync(() => app.Send(grant, Registry.Sisp)))?.Code);
        if (refusal is null)
            Assert.Equal("grant-overlaps", (await Assert.ThrowsAsync<Refusal>(() => app.Send(grant with { Id = Guid.CreateVersion7() }, Registry.Sisp))).Code);
    }

    [Theory, OnEachEngine]
    public async Task The_ASL_of_the_domicile_is_in_charge_too(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario with { Domicile = "Moncalieri" }, Registry.SispTo5);
        Assert.True(await Sees(app, Registry.SispTo5, id));
        Assert.True(await Sees(app, Registry.Sisp, id));
        Assert.Equal("010205", Assert.Single((await app.Send(new PatientById(id)))!.OtherAsls));
        await app.Send(new ChangeContacts { Id = id, Version = 0, Residence = "Torino" }, Registry.SispTo5);
        Assert.False(await Sees(app, Registry.SispTo5, id));
        Assert.Equal([FactKind.DomicileEnded], await app.Facts(id));
    }

    [Theory, OnEachEngine]
    public async Task Grants_and_passages_are_listed_on_both_sides(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var lent = await app.Send(Registry.Mario, Registry.Sisp);
        await app.Send(To5(lent), Registry.Sisp);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var moved = await app.Send(Registry.Person("Verdi", "Luca", new(1970, 1, 1)), Registry.Sisp);
        await app.Send(new ChangeContacts { Id = moved, Version = 0, Residence = "Moncalieri" }, Registry.Sisp);

        var gone = await app.Send(new GrantList { Out = true }, Registry.Sisp);
        Assert.Equal((lent, "010205"), Assert.Single(gone.Grants.Rows) is var g ? (g.PatientId, g.ToAsl) : default);
        Assert.Equal(moved, Assert.Single(gone.Passages).PatientId);
        Assert.DoesNotContain(moved, gone.Visible);
        var come = await app.Send(new GrantList(), Registry.SispTo5);
        Assert.Equal((lent, moved), (Assert.Single(come.Grants.Rows).PatientId, Assert.Single(come.Passages).PatientId));
        Assert.Equal([lent, moved], come.Visible.Order());
        Assert.Empty((await app.Send(new GrantList(), As.Sisp("010203"))).Grants.Rows);
        Assert.Equal([FactKind.Moved, FactKind.AslChanged], (await app.Facts(moved)).Order());
    }

    [Fact]
    public async Task The_screens_grant_list_and_revoke()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var sisp = await app.SignedIn(Registry.Sisp);
        var page = await sisp.Submit(await sisp.Open($"/patients/{id}/grants/new"), "Rendi visibile", ("ASL", "010205"), ("Motivo", "Ricoverata fuori"));
        Assert.Contains("ASL TO5, dal 15/11/2021 al 15/12/2021 in vigore", page.Text, StringComparison.Ordinal);
        Assert.Contains("Rossi Mario", (await sisp.Open("/patients/grants?Out=true")).Text, StringComparison.Ordinal);
        var other = await app.SignedIn(Registry.SispTo5);
        var theirs = await other.Open((await other.Open("/patients/grants")).Link("Rossi Mario"));
        Assert.False(theirs.HasButton("Revoca"));
        Assert.DoesNotContain("Modifica residenza", theirs.Text, StringComparison.Ordinal);
        var revoked = await sisp.Submit(page, "Revoca", ("Motivo della revoca", "Dimessa"));
        Assert.Contains("revocata", revoked.Text, StringComparison.Ordinal);
    }

    private static async Task<bool> Sees(PlatformApp app, Identity who, Guid id) =>
        await Record.ExceptionAsync(() => app.Send(new VisiblePatient(id), who)) is null;
}
