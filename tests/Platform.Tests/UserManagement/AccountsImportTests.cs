using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.AuditLog;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.UserManagement;

public sealed class AccountsImportTests
{
    private const string Header = "user_name,display_name,email,role,scope,valid_from,valid_to";

    [Theory, OnEachEngine]
    public async Task A_fiscal_code_is_valid_and_of_one_user_only(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = await app.SignedIn(As.Administrator());
        string[] file =
        [
            Header + ",fiscal_code",
            "anna,Anna Verdi,anna@example.org,sisp,010301,,,RSSMRA80A01L219M",
            "bruno,Bruno Neri,bruno@example.org,sisp,010301,,,RSSMRA80A01L219M",
            "carla,Carla Bo,carla@example.org,sisp,010301,,,RSSMRA80A01L219X",
            "anna,Anna Verdi,anna@example.org,lab_operator,LAB-001,,,",
            "dario,Dario Bo,dario@example.org,sisp,010301,,,",
        ];
        Assert.Equal(["3 fiscal_code", "4 fiscal_code"], Faults(await Import(app, administrator, file)));
        Assert.Equal("RSSMRA80A01L219M", await app.Db<UserManagementDb, string?>(db => db.Accounts.Where(a => a.UserName == "anna").Select(a => a.FiscalCode).SingleAsync()));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        string[] later = [file[0], "dario,Dario Bo,dario@example.org,sisp,010301,,,VRDLCU70A01L219W", "anna,Anna Verdi,anna@example.org,sisp,010301,,,VRDLCU70A01L219W"];
        Assert.Equal(["3 fiscal_code"], Faults(await Import(app, administrator, later)));
        Assert.Equal("VRDLCU70A01L219W", await app.Db<UserManagementDb, string?>(db => db.Accounts.Where(a => a.UserName == "dario").Select(a => a.FiscalCode).SingleAsync()));
    }

    [Theory, OnEachEngine]
    public async Task The_right_rows_go_in_each_wrong_one_is_told_and_a_second_run_changes_nothing(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = await app.SignedIn(As.Administrator());
        var before = await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync());
        string[] file =
        [
            Header,
            "anna,Anna Verdi,anna@example.org,sisp,010301,,",
            "anna,Anna Verdi,anna@example.org,lab_operator,LAB-001,2021-11-20,30/11/2021",
            "bruno,Bruno Neri,bruno@example.org,local_administrator,Asl:010301,,",
            "carla,Carla Bo,non è un indirizzo,sisp,010301,,",
            "dario,Dario Bo,dario@example.org,sindaco,010301,,",
            "elena,Elena Bo,elena@example.org,sisp,LAB-001,,",
            "fabio,Fabio Bo,anna@example.org,sisp,010301,,",
            "anna,Anna Verdi,altra@example.org,sisp,010203,,",
            "gina,Gina Bo,gina@example.org,sisp,010301,2021-12-10,2021-12-01",
            "ivo!,Ivo Bo,ivo@example.org,sisp,010301,,",
            "lia,Lia Bo,lia@example.org,hotspot,HS-001,,2030-01-01",
        ];
        var done = await Import(app, administrator, file);
        Assert.Contains("Importazione finita: 11 righe", done.Text, StringComparison.Ordinal);
        Assert.Equal(["5 email", "6 role", "7 scope", "8 email", "9 user_name", "10 valid_to", "11 user_name", "12 valid_to"], Faults(done));
        Assert.Equal(before + 2, await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync()));
        Assert.Equal(2, await app.Db<NotificationsDb, int>(db => db.Mails.CountAsync()));
        var roles = await app.Db<UserManagementDb, List<AssignmentRow>>(db => db.Assignments.Where(r => db.Accounts.Any(a => a.Id == r.AccountId && a.PasswordHash == null)).ToListAsync());
        Assert.Equal([Role.LabOperator, Role.LocalAdministrator, Role.Sisp], roles.Select(r => r.Role).OrderBy(r => r.ToString()));
        Assert.Equal(AssignmentState.Awaiting, roles.Single(r => r.Role == Role.LocalAdministrator).State);
        Assert.Equal(2, await app.Db<UserManagementDb, int>(db => db.AuditLines.CountAsync(l => l.What == "users.AccountsImport" && l.Subject == AuditSubject.Account)));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await Import(app, administrator, file);
        Assert.Equal(8, Faults(again).Count);
        Assert.Equal(before + 2, await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync()));
        Assert.Equal(2, await app.Db<NotificationsDb, int>(db => db.Mails.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task An_organisation_s_administrator_brings_in_her_own_people_and_sees_her_own_files(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var torino = await app.SignedIn(As.LocalAdministrator(ScopeKind.Asl, "010301"));
        var done = await Import(app, torino, [Header, "mia,Mia,mia@example.org,sisp,010301,,", "altra,Altra,altra@example.org,sisp,010203,,", "capo,Capo,capo@example.org,administrator,010,,"]);
        Assert.Equal(["3 scope", "4 scope"], Faults(done));
        var lab = await app.SignedIn(As.LocalAdministrator(ScopeKind.Lab, "LAB-001"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await lab.Open(done.Address)).Status);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await (await app.SignedIn(As.Administrator())).Open(done.Address)).Status);
    }

    [Fact]
    public async Task Two_thousand_people_are_brought_in_and_nobody_s_password_is_made()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var administrator = await app.SignedIn(As.Administrator());
        var file = Enumerable.Range(1, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"utente{i},Utente {i},utente{i}@example.org,sisp,010301,,")).Prepend(Header).ToArray();
        Assert.Contains("Importazione finita: 2000 righe", (await Import(app, administrator, file)).Text, StringComparison.Ordinal);
        Assert.Equal(2000, await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync(a => a.PasswordHash == null)));
        Assert.Equal(2000, await app.Db<NotificationsDb, int>(db => db.Mails.CountAsync()));
        Assert.Equal(2000, await app.Db<UserManagementDb, int>(db => db.AccessLinks.CountAsync()));
    }

    private static async Task<Screen> Import(PlatformApp app, Visitor visitor, string[] lines)
    {
        var form = (await visitor.Open("/users/import")).Attach("Form.File", "utenti.csv", Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        var received = await visitor.Submit(form, "Importa");
        Assert.StartsWith("/users/import/", received.Address, StringComparison.Ordinal);
        await app.Drain();
        return await visitor.Open(received.Address);
    }

    private static List<string> Faults(Screen screen) =>
        [.. screen.Page.QuerySelectorAll("#progress table tbody tr").Select(r => $"{r.Children[0].TextContent.Trim()} {r.Children[1].TextContent.Trim()}")];
}
