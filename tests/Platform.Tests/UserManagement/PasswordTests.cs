using System.Security.Cryptography;
using System.Text;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Contracts;
using Platform.UserManagement.Sessions;

namespace Platform.Tests.UserManagement;

/// <summary>Which passwords are refused, how they are kept, how long one lasts that somebody else made.</summary>
public sealed class PasswordTests : IDisposable
{
    private const string Password = "una-frase-lunga-7";

    private readonly string folder = Directory.CreateTempSubdirectory("passwords").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("password1234", true)]
    [InlineData("P4ssw0rd!2021", true)]
    [InlineData("Piemonte-2021", true)]
    [InlineData("PiattaformaCovid19", true)]
    [InlineData("TorinoTorino99", true)]
    [InlineData("123456789012", true)]
    [InlineData("qwertyuiop123", true)]
    [InlineData("aaaabbbbccccdddd", true)]
    [InlineData("Anna.Bianchi.1980", true)]
    [InlineData("Cittàditorino!!", true)]
    [InlineData("una frase mia, lunga", false)]
    [InlineData("k7mp-x2qr-9vbn-h4td", false)]
    [InlineData("il gatto di Torino dorme", false)]
    [InlineData("correct horse battery staple", false)]
    public void What_is_obvious_is_found_whatever_digits_and_signs_are_put_to_it(string password, bool obvious) =>
        Assert.Equal(obvious, ObviousPassword.Is(password, ["ANNA", "BIANCHI", "PIEMONTE", "TORINO", "CITTA", "DI"]));

    [Fact]
    public void A_file_of_stolen_passwords_is_searched_by_halves_at_its_beginning_its_middle_and_its_end()
    {
        var file = Path.Combine(folder, "stolen.txt");
        string[] stolen = [.. Enumerable.Range(0, 500).Select(n => $"rubata numero {n}")];
        for (var size = 1; size <= 500; size += size < 5 ? 1 : 99)
        {
            // Counts of different lengths: lines are not all as long as each other.
            File.WriteAllText(file, string.Join("\r\n", stolen[..size].Select((p, n) => $"{Hash(p)}:{Math.Pow(7, n % 9)}").Order(StringComparer.Ordinal)));
            Assert.All(stolen[..size], p => Assert.True(StolenPasswords.Has(file, p), p));
            Assert.All(Enumerable.Range(0, 200), n => Assert.False(StolenPasswords.Has(file, $"di nessuno {n}")));
        }

        File.WriteAllText(file, "");
        Assert.False(StolenPasswords.Has(file, stolen[0]));
        File.WriteAllText(file, "password\nqwerty\n");
        Assert.Contains("not in the published form", Assert.Throws<InvalidOperationException>(() => StolenPasswords.Has(file, stolen[0])).Message, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task An_obvious_or_stolen_password_is_refused_where_one_is_chosen(Engine engine)
    {
        var file = Path.Combine(folder, "stolen.txt");
        await File.WriteAllLinesAsync(file, new[] { "la mia frase rubata", "un’altra" }.Select(p => $"{Hash(p)}:3").Order(StringComparer.Ordinal), TestContext.Current.CancellationToken);
        await using var app = await PlatformApp.Start(engine, ("Accounts:StolenPasswords", file));
        var anna = await Anna(app);
        async Task<string> Wrong(string password) => (await Assert.ThrowsAsync<ValidationException>(
            () => app.Send(new ChangePassword { Current = Password, New = password, Again = password }, anna))).Errors.Single().ErrorMessage;
        Assert.StartsWith("È fra le password che si provano per prime", await Wrong("Anna.Prova.2021"), StringComparison.Ordinal);
        Assert.StartsWith("Questa password è fra quelle rubate", await Wrong("la mia frase rubata"), StringComparison.Ordinal);
        await app.Send(new ChangePassword { Current = Password, New = "la mia frase nuova", Again = "la mia frase nuova" }, anna);
    }

    [Theory, OnEachEngine]
    public async Task A_pepper_is_mixed_in_and_replaced_at_the_next_sign_in(Engine engine)
    {
        var (one, two) = (Key(1), Key(2));
        await using var app = await PlatformApp.Start(engine, ("Accounts:Peppers:1", one));
        await Anna(app);
        Assert.StartsWith("1$", await Kept(app), StringComparison.Ordinal);
        await app.Visitor().SignIn("anna", Password);

        // Without its pepper a hash proves nothing; with a newer one beside it, it is sealed anew.
        await using (var without = app.Beside())
            Assert.Equal("sign-in-refused", (await Assert.ThrowsAsync<Refusal>(() => without.Send(new SignIn { UserName = "anna", Password = Password }))).Code);
        await using (var rotated = app.Beside(("Accounts:Peppers:1", one), ("Accounts:Peppers:2", two)))
        {
            await rotated.Visitor().SignIn("anna", Password);
            Assert.StartsWith("2$", await Kept(app), StringComparison.Ordinal);
        }

        await using var later = app.Beside(("Accounts:Peppers:2", two));
        await later.Visitor().SignIn("anna", Password);
        Assert.Throws<InvalidOperationException>(() => new Peppers(new ConfigurationBuilder()
            .AddInMemoryCollection([new("Accounts:Peppers:1", "short")]).Build()));
    }

    [Theory, OnEachEngine]
    public async Task A_password_that_an_administrator_made_lasts_seven_days(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var anna = await Anna(app);
        var shown = await app.Send(new ResetPassword(anna.Id), As.Administrator());
        app.Clock.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(Platform.UserManagement.SecondFactor.SignInStep.NewPassword, (await app.Send(new SignIn { UserName = "anna", Password = shown.Password! })).Next);
        app.Clock.Advance(TimeSpan.FromDays(0.2));
        Assert.Equal("sign-in-refused", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new SignIn { UserName = "anna", Password = shown.Password! }))).Code);

        var again = await app.Send(new ResetPassword(anna.Id), As.Administrator());
        await app.Visitor().ChooseFirstPassword("anna", again.Password!, "una password solo mia");
        app.Clock.Advance(TimeSpan.FromDays(100));
        await app.Visitor().SignIn("anna", "una password solo mia");
    }

    [Fact]
    public async Task A_field_for_a_password_can_be_looked_at_and_a_new_one_is_measured_where_there_is_script()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var page = (await (await app.SignedIn(As.Sisp("010301"))).Open("/account")).Page;
        var looks = page.QuerySelectorAll("button[data-look]");
        Assert.True(looks.Length >= 4);
        Assert.All(looks, look => Assert.True(look.HasAttribute("hidden") && page.GetElementById(look.GetAttribute("aria-controls")!) is not null));
        var strength = Assert.Single(page.QuerySelectorAll("[data-strength]"));
        Assert.Equal(4, strength.GetAttribute("data-words")!.Split('|').Length);
        Assert.Equal("new-password", page.GetElementById(strength.GetAttribute("data-strength")!)!.GetAttribute("autocomplete"));
    }

    private static async Task<Identity> Anna(PlatformApp app)
    {
        var anna = As.Sisp("010301");
        return anna with { Id = await app.Send(new CreateAccount("anna", Password, "Anna Prova", "anna@example.org", "it", anna.Assignments)) };
    }

    private static Task<string> Kept(PlatformApp app) => app.Db<UserManagementDb, string>(db => db.Accounts.Where(a => a.UserName == "anna").Select(a => a.PasswordHash!).SingleAsync());

    private static string Key(byte of) => Convert.ToBase64String(Enumerable.Repeat(of, 32).ToArray());

#pragma warning disable CA5350 // the form of the published lists
    private static string Hash(string password) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
}
