using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Tests.ExternalSignIn;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.ExternalSignIn;
using Platform.UserManagement.SecondFactor;

namespace Platform.Tests.UserManagement;

/// <summary>An operator comes in with her digital identity: the account is recognised by its codice fiscale.</summary>
public sealed class ExternalSignInTests(FlowTests.OneProvider one) : IClassFixture<FlowTests.OneProvider>
{
    private const string NotLetIn = "Con questa identità non si entra";

    private static readonly string Code = FiscalCode.Compute("Bianchi", "Anna", Sex.Female, new(1975, 5, 4), "L219");

    [Theory, OnEachEngine]
    public async Task The_identity_is_a_second_factor_and_one_goes_on_where_one_wanted(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await Account(app);
        await app.Send(new SetFiscalCode { AccountId = id, FiscalCode = Code.ToLowerInvariant() }, As.Administrator());
        var doctor = app.Browser();
        Assert.Equal("/account", (await doctor.Identify("/sign-in?returnUrl=%2Faccount", Code)).Address);
        Assert.Equal("/patients", (await doctor.Open("/patients")).Address);
        Assert.Equal((true, true), await app.Db<UserManagementDb, (bool, bool)>(async db =>
            ((await db.SignIns.SingleAsync(s => s.AccountId == id)).Succeeded, (await db.Accounts.SingleAsync(a => a.Id == id)).LastSignInAt is not null)));
        // It is no citizen's session.
        Assert.Equal("/ritiro", (await doctor.Open("/ritiro/referti")).Address);

        await app.Send(new DeactivateAccount(id), As.Administrator());
        Assert.StartsWith("/sign-in?", (await doctor.Open("/account")).Address, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Unknown_deactivated_and_expired_accounts_get_one_answer_and_a_low_level_another(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await Account(app);
        var unknown = await app.Browser().Identify("/sign-in", Code);
        Assert.Contains(NotLetIn, unknown.Text, StringComparison.Ordinal);
        Assert.Equal("/sign-in", unknown.Link("Altri modi"));
        // A header that says who one is says nothing.
        var liar = app.Browser();
        foreach (var header in new[] { "X-Fiscal-Code", "Shib-Identita-CodiceFiscale", "REMOTE_USER" })
            liar.Http.DefaultRequestHeaders.Add(header, Code);
        Assert.StartsWith("/sign-in?", (await liar.Open("/account")).Address, StringComparison.Ordinal);

        await app.Send(new SetFiscalCode { AccountId = id, FiscalCode = Code }, As.Administrator());
        Assert.Contains("livello più alto", (await app.Browser().Identify("/sign-in", Code, level: "1")).Text, StringComparison.Ordinal);
        await app.Db<UserManagementDb, int>(db => db.Assignments.ExecuteUpdateAsync(set => set.SetProperty(r => r.ValidTo, new DateOnly(2021, 11, 14))));
        Assert.Equal(unknown.Text, (await app.Browser().Identify("/sign-in", Code)).Text);
        await app.Send(new DeactivateAccount(id), As.Administrator());
        Assert.Equal(unknown.Text, (await app.Browser().Identify("/sign-in", Code)).Text);
        Assert.Equal(2, await app.Db<UserManagementDb, int>(db => db.SignIns.CountAsync(s => s.AccountId == id && !s.Succeeded)));
    }

    [Theory, OnEachEngine]
    public async Task Who_manages_the_account_says_whose_it_is_and_a_code_is_of_one(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var (id, other) = (await Account(app), await Account(app, "altra"));
        var administrator = await app.SignedIn(As.Administrator());
        var form = await administrator.Open((await administrator.Open($"/users/{id}")).Link("Identità digitale"));
        Assert.Contains("non è valido", (await administrator.Submit(form, "Salva", ("Codice fiscale", Code[..15] + "0"))).ErrorOf("Codice fiscale"), StringComparison.Ordinal);
        var saved = await administrator.Submit(form, "Salva", ("Codice fiscale", " " + Code.ToLowerInvariant()));
        Assert.Contains("è stata registrata", saved.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("fiscal-code-taken", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new SetFiscalCode { AccountId = other, FiscalCode = Code }, As.Administrator()))).Code);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new SetFiscalCode { AccountId = other, FiscalCode = Code }, As.Gp("990007")))).Kind);
        await app.Send(new SetFiscalCode { AccountId = id }, As.Administrator());
        await app.Send(new SetFiscalCode { AccountId = other, FiscalCode = Code }, As.Administrator());
    }

    private async Task<PlatformApp> Start(Engine engine)
    {
        var app = await PlatformApp.Start(engine, [.. Provider.Settings(one.Process.Address), (SecondFactorRule.Setting, "Compulsory")]);
        app.Listen();
        return app;
    }

    private static Task<Guid> Account(PlatformApp app, string name = "medico") =>
        app.Send(new CreateAccount(name, PlatformApp.Password, "Anna Bianchi", name + "@example.org", "it", As.Gp("990007").Assignments));
}
