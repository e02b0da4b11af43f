using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.Notifications;
using Platform.Tests.Harness;

namespace Platform.Tests.BuildingBlocks;

/// <summary>The night when the database goes away, or another takes its place.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task While_the_database_is_away_everybody_is_told_to_come_back_and_then_all_goes_on()
    {
        Assert.SkipUnless(Engines.Listed.Contains(Engine.PostgreSql), "SQLite is a file of the host's own: it does not go away.");
        await using var app = await PlatformApp.Start(Engine.PostgreSql);
        var visitor = await app.SignedIn(As.Sisp("010301"));
        using var http = visitor.Http;
        var server = await PostgresServer.Instance;
        var name = await app.Db<NotificationsDb, string>(db => Task.FromResult(db.Database.GetDbConnection().Database));

        await server.Execute($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        await server.Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var page = await http.GetAsync("/patients");
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (page.StatusCode, page.Headers.RetryAfter?.Delta));
            Assert.Contains("Servizio momentaneamente non disponibile", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            using var call = new HttpRequestMessage(HttpMethod.Get, "/api/v1/referti/messages/1") { Headers = { Authorization = new("Bearer", "a-key-to-be-looked-up") } };
            using var api = await http.SendAsync(call);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json"), (api.StatusCode, api.Content.Headers.ContentType?.MediaType));
        }

        await server.Execute($"ALTER DATABASE {name} ALLOW_CONNECTIONS true");
        using var after = await http.GetAsync("/patients");
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }
}
