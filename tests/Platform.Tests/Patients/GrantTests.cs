using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
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

    private static AskForGrant Ask(string code) => new()
    {
        Id = Guid.CreateVersion7(), FiscalCode = code, From = new(2021, 11, 15), Until = new(2021, 11, 30), Reason = "Ricoverata da noi",
    };

    [Theory, OnEachEngine]
    public async Task An_ASL_asks_to_see_a_person_and_the_one_in_charge_gives_it(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var ask = Ask(Registry.Mario.FiscalCode!);
        await app.Send(ask, Registry.SispTo5);
        await app.Send(ask, Registry.SispTo5);
        Assert.Equal("asked-already", (await Assert.ThrowsAsync<Refusal>(() => app.Send(ask with { Id = Guid.CreateVersion7() }, Registry.SispTo5))).Code);
        Assert.False(await Sees(app, Registry.SispTo5, id));

        Assert.Null(Assert.Single((await app.Send(new GrantRequestList(false, false), Registry.SispTo5)).Rows).Name);
        Assert.Equal("Rossi Mario", Assert.Single((await app.Send(new GrantRequestList(true, false), Registry.Sisp)).Rows).Name);
        Assert.Empty((await app.Send(new GrantRequestList(true, true), As.Sisp("010203"))).Rows);
        foreach (var who in new[] { Registry.SispTo5, As.Sisp("010203") })
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DecideGrantRequest { Id = ask.Id, Give = true }, who))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new WithdrawGrantRequest(ask.Id), As.Sisp("010203")))).Kind);
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Ask(Registry.Mario.FiscalCode!), As.Gp(Registry.Gp)))).Code);

        await app.Send(new DecideGrantRequest { Id = ask.Id, Give = true }, Registry.Sisp);
        Assert.True(await Sees(app, Registry.SispTo5, id));
        Assert.Equal("grant-request-settled", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DecideGrantRequest { Id = ask.Id, Why = "no" }, Registry.Sisp))).Code);
        Assert.Equal("visible-already", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Ask(Registry.Mario.FiscalCode!), Registry.SispTo5))).Code);
        await app.Drain();
        Assert.Equal([("Asl:010205", (Guid?)id), ("Asl:010301", id)], await app.Db<NotificationsDb, List<(string, Guid?)>>(async db =>
            [.. (await db.Messages.OrderBy(m => m.Recipient).ToListAsync()).Select(m => (m.Recipient, m.PatientId))]));

        await app.Send(new RevokeGrant { PatientId = id, Id = ask.Id, Reason = "Dimessa" }, Registry.Sisp);
        Assert.False(await Sees(app, Registry.SispTo5, id));
        Assert.Equal([FactKind.GrantMade, FactKind.GrantRevoked, FactKind.GrantAsked], (await app.Facts(id)).Order());
    }

    [Theory, OnEachEngine]
    public async Task It_may_be_refused_with_a_reason_withdrawn_or_left_to_expire(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var first = Ask(Registry.Mario.FiscalCode!);
        await app.Send(first, Registry.SispTo5);
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new DecideGrantRequest { Id = first.Id }, Registry.Sisp));
        await app.Send(new DecideGrantRequest { Id = first.Id, Why = "Non risulta ricoverata" }, Registry.Sisp);
        Assert.False(await Sees(app, Registry.SispTo5, id));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = Ask(Registry.Mario.FiscalCode!);
        await app.Send(second, Registry.SispTo5);
        await app.Send(new WithdrawGrantRequest(second.Id), Registry.SispTo5);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var third = Ask(Registry.Mario.FiscalCode!);
        await app.Send(third, Registry.SispTo5);
        app.Clock.Advance(TimeSpan.FromDays(16));
        Assert.Equal("grant-over", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DecideGrantRequest { Id = third.Id, Give = true }, Registry.Sisp))).Code);
        Assert.Empty((await app.Send(new GrantRequestList(false, false), Registry.SispTo5)).Rows);
        Assert.Equal([(GrantRequestState.Asked, true), (GrantRequestState.Withdrawn, false), (GrantRequestState.Refused, false)],
            (await app.Send(new GrantRequestList(false, true), Registry.SispTo5)).Rows.Select(r => (r.Request.State, r.Over)));
        Assert.Equal("person-unknown", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Ask("VRDLCU70A01L219K") with { From = new(2021, 12, 1), Until = new(2021, 12, 2) }, Registry.SispTo5))).Code);
    }

    [Fact]
    public async Task The_screens_ask_grant_and_refuse()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        await app.Send(Registry.Mario, Registry.Sisp);
        var (asker, owner) = (await app.SignedIn(Registry.SispTo5), await app.SignedIn(Registry.Sisp));
        var asked = await asker.Submit(await asker.Open("/patients/grants/ask"), "Chiedi", ("Codice fiscale", Registry.Mario.FiscalCode!), ("Motivo", "Ricoverata da noi"));
        Assert.Contains("in attesa", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Rossi", asked.Text, StringComparison.Ordinal);
        await app.Drain();
        Assert.Contains("Visibilità richieste", (await owner.Open("/")).Text, StringComparison.Ordinal);
        Assert.Contains("ASL TO5 chiede di vedere una persona", (await owner.Open("/inbox")).Text, StringComparison.Ordinal);
        var theirs = await owner.Open("/patients/grants?Out=true");
        Assert.Contains("Rossi Mario", theirs.Text, StringComparison.Ordinal);
        await owner.Submit(theirs, "Respingi", ("Motivo del rifiuto", "Non risulta"));
        Assert.Contains("respinta", (await asker.Open("/patients/grants?Past=true")).Text, StringComparison.Ordinal);
    }

    private static async Task<bool> Sees(PlatformApp app, Identity who, Guid id) =>
        await Record.ExceptionAsync(() => app.Send(new VisiblePatient(id), who)) is null;
}
