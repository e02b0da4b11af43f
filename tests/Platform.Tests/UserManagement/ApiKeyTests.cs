using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.ApiClients;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.UserManagement;

public sealed class ApiKeyTests
{
    private static readonly Assignment OfLab = new(Role.LabImport, new(ScopeKind.Lab, "LAB-001"));

    [Theory, OnEachEngine]
    public async Task What_cannot_be_a_key_is_refused_before_it_is_looked_up(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        using var http = app.Anonymous();
        // Twelve characters on, a sign of two halves is cut in two.
        http.DefaultRequestHeaders.TryAddWithoutValidation("X-Api-Key", "pk_aaaaaaaa\U0001F600bbbb");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/v1/me")).StatusCode);
    }

    [Theory, OnEachEngine]
    public async Task A_form_sent_several_times_at_once_makes_one_client_and_one_account(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var clients = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Said(() =>
            app.Send(new AddApiClient { Name = "LIS", Scope = "Lab:LAB-001" }, As.Administrator()))));
        Assert.Single(clients, c => c == "done");
        Assert.Equal(5, clients.Count(c => c == "client-exists"));

        var form = new AddAccount
        {
            Id = Guid.CreateVersion7(), UserName = "nuova", DisplayName = "Nuova Utente", Email = "nuova@example.org", Role = Role.Sisp, Scope = "Asl:010301",
        };
        var accounts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Said(() => app.Send(form, As.Administrator()))));
        Assert.All(accounts, a => Assert.Equal("done", a));
        Assert.Equal(1, await app.Db<UserManagementDb, int>(db => db.Accounts.CountAsync()));

        static async Task<string> Said(Func<Task> act)
        {
            try
            {
                await act();
                return "done";
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }
    }

    [Theory, OnEachEngine]
    public async Task The_right_key_opens_under_either_header_and_the_last_day_of_use_is_kept(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var client = await app.Send(new CreateApiClient("LIS", [OfLab], null));
        foreach (var (header, value) in new[] { ("Authorization", "Bearer " + client.Key), ("X-Api-Key", client.Key) })
        {
            using var http = app.Anonymous();
            http.DefaultRequestHeaders.Add(header, value);
            var me = await http.GetFromJsonAsync<JsonElement>("/api/v1/me");
            Assert.Equal("LIS", me.GetProperty("name").GetString());
            Assert.Equal("LAB-001", me.GetProperty("assignments")[0].GetProperty("code").GetString());
        }

        var row = await app.Db<UserManagementDb, ApiClient>(db => db.ApiClients.SingleAsync());
        Assert.Equal(new DateOnly(2021, 11, 15), row.LastUsedOn);
        var key = await app.Db<UserManagementDb, ApiKeyRow>(db => db.ApiKeys.SingleAsync());
        Assert.Equal(row.LastUsedOn, key.LastUsedOn);
        Assert.DoesNotContain(client.Key, key.Hash, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task No_key_a_wrong_key_and_a_revoked_key_are_refused_with_a_problem(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var client = await app.Send(new CreateApiClient("LIS", [OfLab], null));
        await app.Db<UserManagementDb, int>(db => db.ApiClients.ExecuteUpdateAsync(
            set => set.SetProperty(c => c.RevokedAt, app.Clock.Now.UtcDateTime)));
        foreach (var key in new[] { null, "pk_nobody_has_this_one", client.Key, client.Key[..ApiKey.PrefixLength] })
        {
            using var http = app.Anonymous();
            if (key is not null)
                http.DefaultRequestHeaders.Authorization = new("Bearer", key);
            using var answer = await http.GetAsync("/api/v1/me");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
        }
    }

    [Theory, OnEachEngine]
    public async Task A_session_opens_no_endpoint_and_a_key_opens_no_page(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var visitor = await app.SignedIn(As.Sisp("010301"));
        using var asPerson = await visitor.Http.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, asPerson.StatusCode);

        using var machine = await app.LabSystem("LAB-001");
        using var asMachine = await machine.GetAsync("/account");
        Assert.StartsWith("/sign-in", asMachine.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_key_is_never_logged(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var client = await app.Send(new CreateApiClient("LIS", [OfLab], null));
        using var http = app.Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", client.Key);
        (await http.GetAsync("/api/v1/me")).Dispose();
        Assert.DoesNotContain(app.Log, line => line.Contains(client.Key, StringComparison.Ordinal));
    }
}
