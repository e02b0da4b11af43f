using System.Net;
using Platform.Tests.Harness;
using Platform.Tests.Patients;

namespace Platform.Tests.BuildingBlocks;

public sealed class SealedSearchTests
{
    private const string Field = "Codice fiscale, nome o data di nascita";

    [Theory, OnEachEngine]
    public async Task Whom_one_searches_for_is_in_no_address(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        await app.Send(Registry.Mario, Registry.Sisp);
        await app.Send(Registry.Person("Verdi", "Anna", new(1970, 1, 2)), Registry.Sisp);
        var sisp = await app.SignedIn(Registry.Sisp);

        var found = await sisp.Submit(await sisp.Open("/patients"), "Cerca", (Field, "rossi mario"));
        Assert.StartsWith("/patients?", found.Address, StringComparison.Ordinal);
        Assert.DoesNotContain("rossi", found.Address, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Rossi Mario", found.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Verdi", found.Text, StringComparison.Ordinal);
        Assert.Equal("rossi mario", found.ValueOf(Field));

        var ordered = await sisp.Open(found.Link("Data di nascita"));
        Assert.DoesNotContain("rossi", ordered.Address, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Rossi Mario", ordered.Text, StringComparison.Ordinal);
        var export = await sisp.Http.GetStringAsync(found.Link("CSV"));
        Assert.Contains("Rossi", export, StringComparison.Ordinal);
        Assert.DoesNotContain("Verdi", export, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seal_that_is_not_ours_finds_nobody_and_a_search_leads_nowhere_else()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        await app.Send(Registry.Mario, Registry.Sisp);
        var sisp = await app.SignedIn(Registry.Sisp);
        var screen = await sisp.Open("/patients?Q=~AAAA");
        Assert.Equal(HttpStatusCode.OK, screen.Status);
        Assert.Contains("Nessun assistito trovato", screen.Text, StringComparison.Ordinal);

        screen.Page.QuerySelector("input[name=_to]")!.SetAttribute("value", "https://example.org/");
        Assert.Equal(HttpStatusCode.BadRequest, (await sisp.Submit(screen, "Cerca")).Status);
    }

    [Theory]
    [InlineData("/referti?From=2021-02-31&format=csv")]
    [InlineData("/testing/requests?Day=2021-02-31&format=csv")]
    public async Task A_day_that_does_not_exist_is_said_and_exports_nothing(string address)
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var screen = await (await app.SignedIn(Registry.Sisp)).Open(address);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, screen.Status);
        Assert.Contains("2021-02-31", screen.Text, StringComparison.Ordinal);
    }
}
