using System.Net.Http.Headers;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.ApiClients;

namespace Platform.Tests.UserManagement;

public sealed class ChainClientTests
{
    private static readonly Identity OfChain = As.LocalAdministrator(ScopeKind.Pharmacy, "FAR-001") with
    {
        Assignments = [new(Role.LocalAdministrator, new(ScopeKind.Pharmacy, "FAR-001")), new(Role.LocalAdministrator, new(ScopeKind.Pharmacy, "FAR-002"))],
    };

    [Theory, OnEachEngine]
    public async Task A_chain_of_pharmacies_has_one_client_for_all_its_own_and_no_other(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var made = await app.Send(new AddApiClient { Name = "Catena", Scope = "Pharmacy:FAR-001", Others = "far-002" }, OfChain);
        var client = await app.Send(new ApiClientDetail(made.Id), OfChain);
        Assert.Equal((Role.PharmacySystem, "FAR-001,FAR-002"), (client.Role, string.Join(',', client.Scopes.Select(s => s.Code).Order())));
        var me = await Me(app, made.Key);
        Assert.Contains("FAR-001", me, StringComparison.Ordinal);
        Assert.Contains("FAR-002", me, StringComparison.Ordinal);

        foreach (var who in new[] { As.LocalAdministrator(ScopeKind.Pharmacy, "FAR-001"), As.LocalAdministrator(ScopeKind.School, "TOIC99001A") })
        {
            Assert.Empty(await app.Send(new ApiClientList(), who));
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new RevokeApiClient(made.Id), who))).Kind);
        }

        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new AddApiClient { Name = "Altra", Scope = "Pharmacy:FAR-001", Others = "FAR-003" }, OfChain))).Kind);
        Assert.Equal("not-yours-to-give", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ChangeClientScopes { ClientId = made.Id, Codes = "FAR-001 FAR-003" }, OfChain))).Code);
        await app.Send(new ChangeClientScopes { ClientId = made.Id, Codes = "FAR-002" }, OfChain);
        Assert.DoesNotContain("FAR-001", await Me(app, made.Key), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Asl:010301", "")]
    [InlineData("Pharmacy:FAR-001", "TOIC99001A")]
    [InlineData("Pharmacy:FAR-001", "FAR-999")]
    [InlineData("", "FAR-001")]
    public async Task Only_facilities_of_one_kind_that_have_machines(string scope, string others)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new AddApiClient { Name = "Altra", Scope = scope, Others = others }, As.Administrator()));
    }

    [Fact]
    public async Task A_school_system_is_made_on_the_screen()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var administrator = await app.SignedIn(As.Administrator());
        var made = await administrator.Submit(await administrator.Open("/users/api-clients"), "Crea il client", ("Nome del client", "Registro elettronico"),
            ("Struttura", "School:TOIC99001A"), ("Altre strutture della catena", "TOIC99002A"));
        Assert.Contains("Istituto comprensivo di Torino 1 (dimostrativo) e altre 1", made.Text, StringComparison.Ordinal);
        var page = await administrator.Open(made.Link("Registro elettronico"));
        Assert.Contains("Sistema scolastico", page.Text, StringComparison.Ordinal);
        Assert.Contains("cambiate", (await administrator.Submit(page, "Salva le strutture", ("Codici delle strutture", "TOIC99002A"))).Text, StringComparison.Ordinal);
    }

    private static async Task<string> Me(PlatformApp app, string key)
    {
        using var http = app.Anonymous();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await http.GetStringAsync(new Uri("/api/v1/me", UriKind.Relative));
    }
}
