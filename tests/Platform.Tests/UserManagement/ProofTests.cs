using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.Tests.Walls;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.SecondFactor;

namespace Platform.Tests.UserManagement;

/// <summary>A screen left open is not enough for what is delicate (OWASP ASVS 3.7.1).</summary>
public sealed class ProofTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(16);

    [Theory, OnEachEngine]
    public async Task A_role_given_a_while_after_the_sign_in_wants_a_proof_and_what_was_typed_goes_on_after_it(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var anna = await Anna(app);
        var visitor = await app.SignedIn(As.Administrator());
        var account = await visitor.Open($"/users/{anna}");
        app.Clock.Advance(Long);
        var asked = await Assign(visitor, account);
        Assert.StartsWith("/proof?", asked.Address, StringComparison.Ordinal);
        Assert.Equal(1, await Roles(app, anna));

        var wrong = await visitor.Submit(asked, "Conferma", ("La sua password", "non è questa"));
        Assert.Equal("La password attuale non è corretta.", wrong.ErrorOf("La sua password"));
        Assert.Equal("Scriva la password o il codice dell’app.", (await visitor.Submit(wrong, "Conferma", ("La sua password", ""))).ErrorOf("La sua password"));
        var done = await visitor.Submit(wrong, "Conferma", ("La sua password", PlatformApp.Password));
        Assert.Equal($"/users/{anna}", done.Address);
        Assert.Contains("Il profilo è stato aggiunto.", done.Text, StringComparison.Ordinal);
        Assert.Equal(2, await Roles(app, anna));

        // For a quarter of an hour nothing more is asked.
        app.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Contains("L’utente è stato disattivato.", (await visitor.Submit(await visitor.Open($"/users/{anna}"), "Disattiva")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_the_telephone_proves_it_too_and_each_only_once()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, ("Accounts:ProofMinutes", "5"));
        var anna = await Anna(app);
        var visitor = await app.SignedIn(As.Administrator());
        var secret = Totp.NewSecret();
        await app.Db<UserManagementDb, int>(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.DisplayName == As.Administrator().DisplayName);
            (account.TotpSecret, account.TwoFactorEnabled) = (SecondFactorSecrets.Keep(secret), true);
            return await db.SaveChangesAsync();
        });
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        var code = Totp.CodeOf(secret, Totp.StepAt(app.Clock.Now));
        Assert.Contains("Il profilo è stato aggiunto.",
            (await visitor.Submit(await Assign(visitor, await visitor.Open($"/users/{anna}")), "Conferma", ("Oppure il codice dell’app", code))).Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        var again = await visitor.Submit(await visitor.Submit(await visitor.Open($"/users/{anna}"), "Disattiva"), "Conferma", ("Oppure il codice dell’app", code));
        Assert.Equal("Il codice non è corretto, è scaduto o è già stato usato.", again.ErrorOf("Oppure il codice dell’app"));
    }

    [Fact]
    public async Task An_address_that_somebody_else_made_does_nothing_after_the_proof()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var anna = await Anna(app);
        var visitor = await app.SignedIn(As.Administrator());
        app.Clock.Advance(Long);
        var led = await visitor.Open("/proof?returnUrl=" + Uri.EscapeDataString($"/users/{anna}?handler=Deactivate"));
        await visitor.Submit(led, "Conferma", ("La sua password", PlatformApp.Password));
        Assert.True(await app.Db<UserManagementDb, bool>(db => db.Accounts.AnyAsync(a => a.Id == anna && a.DeactivatedAt == null)));
        app.Clock.Advance(Long);
        var elsewhere = await visitor.Open("/proof?returnUrl=" + Uri.EscapeDataString("https://example.org/"));
        Assert.Equal("/", (await visitor.Submit(elsewhere, "Conferma", ("La sua password", PlatformApp.Password))).Address);
    }

    [Theory, OnEachEngine]
    public async Task Five_wrong_proofs_hold_up_the_right_one(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var visitor = await app.SignedIn(As.Administrator());
        app.Clock.Advance(Long);
        var asked = await visitor.Open("/proof");
        for (var attempt = 0; attempt < Account.FailuresToLock; attempt++)
            await visitor.Submit(asked, "Conferma", ("La sua password", "non è questa"));
        Assert.Equal("La password attuale non è corretta.", (await visitor.Submit(asked, "Conferma", ("La sua password", PlatformApp.Password))).ErrorOf("La sua password"));
        Assert.Equal(Account.FailuresToLock + 1, await app.Db<UserManagementDb, int>(db => db.SignIns.CountAsync(s => !s.Succeeded)));
    }

    [Fact]
    public async Task The_audit_is_exported_and_a_persons_data_handed_out_after_a_proof()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var visitor = await app.SignedIn(As.PrivacyOfficer());
        app.Clock.Advance(Long);
        Assert.Equal("/audit?day=2021-11-15", (await visitor.Open("/audit?day=2021-11-15")).Address);
        var asked = await visitor.Open("/audit?day=2021-11-15&format=csv");
        Assert.StartsWith("/proof?", asked.Address, StringComparison.Ordinal);
        var back = await visitor.Submit(asked, "Conferma", ("La sua password", PlatformApp.Password));
        Assert.Equal("/audit?day=2021-11-15", back.Address);
        Assert.Contains("ora può esportare", back.Text, StringComparison.Ordinal);
        using (var file = await visitor.Http.GetAsync("/audit?day=2021-11-15&format=csv"))
            Assert.Equal("text/csv", file.Content.Headers.ContentType?.MediaType);

        app.Clock.Advance(Long);
        // Who has to correct a field is not asked.
        Assert.StartsWith("/patients/held-data", (await visitor.Submit(await visitor.Open("/patients/held-data"), "Scarica l'archivio")).Address, StringComparison.Ordinal);
        var person = await visitor.Submit(await visitor.Open("/patients/held-data"), "Scarica l'archivio", ("Codice fiscale", "RSSMRA80A01L219M"), ("Motivo", "Protocollo 17"));
        Assert.StartsWith("/proof?", person.Address, StringComparison.Ordinal);
        var unknown = await visitor.Submit(person, "Conferma", ("La sua password", PlatformApp.Password));
        Assert.Contains("Nessuna persona dell'anagrafe ha questo codice fiscale.", unknown.Text, StringComparison.Ordinal);
        Assert.Equal("Protocollo 17", unknown.ValueOf("Motivo"));
    }

    [Fact]
    public async Task A_list_of_accounts_is_chosen_after_the_proof_since_a_file_cannot_be_taken_along()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var visitor = await app.SignedIn(As.Administrator());
        var chosen = await visitor.Open("/users/import");
        Assert.Equal("/users/import", chosen.Address);
        app.Clock.Advance(Long);
        Assert.StartsWith("/proof?", (await visitor.Open("/users/import")).Address, StringComparison.Ordinal);
        var sent = await visitor.Submit(chosen.Attach("Form.File", "accounts.csv", "a;b"u8.ToArray()), "Importa");
        Assert.StartsWith("/proof?", sent.Address, StringComparison.Ordinal);
        Assert.Equal("/users/import", (await visitor.Submit(sent, "Conferma", ("La sua password", PlatformApp.Password))).Address);
    }

    [Fact]
    public void Each_act_that_wants_a_proof_is_known() =>
        Assert.Equal(
            ["AddAccount", "AddApiClient", "AddSigningKey", "AssignRole", "ChangeClientScopes", "CorrectAccount", "DeactivateAccount", "DecideAssignment", "EndAssignment",
            "ExportHeldData", "GrantDelegation", "LooksAtPerson", "ReactivateAccount", "RemovePasskey", "ResetPassword", "ResetSecondFactor", "RevokeApiClient",
            "RevokeSigningKey", "RotateApiKey", "SearchAudit", "SetFiscalCode", "StartAccountsImport"],
            Rooms.Requests.Where(r => r.IsAssignableTo(typeof(IAsksProof))).Select(r => r.Name).Order(StringComparer.Ordinal));

    private static Task<Guid> Anna(PlatformApp app) =>
        app.Send(new CreateAccount("anna", PlatformApp.Password, "Anna Prova", "anna@example.org", "it", [new(Role.Sisp, new(ScopeKind.Asl, "010301"))]));

    private static Task<Screen> Assign(Visitor visitor, Screen account) =>
        visitor.Submit(account, "Aggiungi", ("Profilo", nameof(Role.Sisp)), ("Ambito", "Asl:010205"), ("Dal", "2021-11-15"));

    private static Task<int> Roles(PlatformApp app, Guid account) => app.Db<UserManagementDb, int>(db => db.Assignments.CountAsync(a => a.AccountId == account));
}
