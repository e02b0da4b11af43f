using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.UserManagement.Contracts;

namespace Platform.Tests.BuildingBlocks;

public sealed class HomeAndOperationsTests
{
    [Theory, OnEachEngine]
    public async Task The_front_door_shows_the_service_to_strangers_and_ones_own_menu_to_those_inside(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var stranger = await app.Visitor().Open("/");
        Assert.Equal("/verify", stranger.Link("Verifica un referto"));
        Assert.Contains("Regione Piemonte", stranger.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(stranger.Page.QuerySelector("nav.menu"));
        Assert.Contains("Piedmont Region", (await app.Visitor("en").Open("/")).Page.Body!.TextContent, StringComparison.Ordinal);

        var administrator = await (await app.SignedIn(As.Administrator())).Open("/operations/jobs");
        Assert.Equal("/operations/jobs", administrator.Page.QuerySelector("nav.menu a[aria-current=page]")!.GetAttribute("href"));
        Assert.Contains("Amministratore, Regione Piemonte", administrator.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(stranger.Page.QuerySelector(".slim-inbox"));
        Assert.NotNull((await (await app.SignedIn(As.Sisp("010301"))).Open("/")).Page.QuerySelector(".slim-inbox"));
    }

    [Theory, OnEachEngine]
    public async Task A_delivery_that_was_given_up_waits_for_the_operator_who_sends_it_again(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var id = Guid.CreateVersion7();
        await app.Db<NotificationsDb, int>(db =>
        {
            db.Outbox.Add(new OutboxRow
            {
                Id = id, Type = "Platform.Gone.SomethingHappened", Payload = "{}", At = app.Clock.Now.UtcDateTime, DueAt = app.Clock.Now.UtcDateTime,
            });
            return db.SaveChangesAsync();
        });
        for (var attempt = 1; attempt <= Courier.Attempts; attempt++)
        {
            await app.Drain();
            app.Clock.Advance(Courier.PauseAfter(attempt));
        }

        var administrator = await app.SignedIn(As.Administrator());
        var page = await administrator.Open("/operations/deliveries");
        Assert.Contains("SomethingHappened", page.Text, StringComparison.Ordinal);
        Assert.Contains("Abbandonata", page.Text, StringComparison.Ordinal);
        var after = await administrator.Submit(page, "Riprova");
        Assert.Contains("Consegne rimesse in partenza: 1.", after.Text, StringComparison.Ordinal);
        var row = await app.Db<NotificationsDb, OutboxRow>(db => db.Outbox.AsNoTracking().SingleAsync(r => r.Id == id));
        Assert.Equal((0, (DateTime?)null, app.Clock.Now.UtcDateTime), (row.Attempts, row.GivenUpAt, row.DueAt!.Value));
    }

    [Theory, OnEachEngine]
    public async Task The_operator_runs_a_job_and_reads_its_outcome(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var administrator = await app.SignedIn(As.Administrator());
        var jobs = await administrator.Open("/operations/jobs");
        Assert.Contains("Invia le e-mail in attesa", jobs.Text, StringComparison.Ordinal);
        await administrator.Submit(jobs, "Esegui ora");
        Assert.Contains("Riuscita", (await administrator.Open("/operations/jobs")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task The_api_says_how_many_requests_are_left_and_refuses_beyond_them_until_the_next_minute(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine, ("RateLimit:PerMinute", "2"));
        using var machine = await app.LabSystem("LAB-001");
        for (var left = 1; left >= 0; left--)
        {
            using var answer = await machine.GetAsync("/api/v1/me");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("2", answer.Headers.GetValues("X-RateLimit-Limit").Single());
            Assert.Equal($"{left}", answer.Headers.GetValues("X-RateLimit-Remaining").Single());
            Assert.Equal("60", answer.Headers.GetValues("X-RateLimit-Reset").Single());
        }

        using var refused = await machine.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(60), refused.Headers.RetryAfter?.Delta);
        using var other = await app.LabSystem("LAB-002");
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Anonymous().GetAsync("/")).StatusCode);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await machine.GetAsync("/api/v1/me")).StatusCode);
    }

    [Theory, OnEachEngine]
    public async Task A_client_may_have_a_limit_of_its_own_and_an_installation_another_window(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var client = await app.Send(new CreateApiClient("LIS con un accordo", [new(Role.LabImport, new(ScopeKind.Lab, "LAB-001"))], null));
        await using var host = app.Beside(("RateLimit:PerMinute", "1"), ("RateLimit:WindowSeconds", "10"), ($"RateLimit:Clients:{client.Id}", "3"));
        using var machine = host.Anonymous();
        machine.DefaultRequestHeaders.Authorization = new("Bearer", client.Key);
        for (var call = 0; call < 3; call++)
            Assert.Equal(HttpStatusCode.OK, (await machine.GetAsync("/api/v1/me")).StatusCode);
        using var refused = await machine.GetAsync("/api/v1/me");
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (refused.StatusCode, refused.Headers.RetryAfter?.Delta <= TimeSpan.FromSeconds(10)));
        // Whoever shows no key, or a wrong one, is counted by her address.
        using var nobody = host.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await nobody.GetAsync("/api/v1/me")).StatusCode);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await machine.GetAsync("/api/v1/me")).StatusCode);
    }

    [Fact]
    public void A_count_of_a_minute_does_not_lose_what_comes_side_by_side()
    {
        var window = new CountedWindow(500, new TestClock());
        var allowed = 0;
        Parallel.For(0, 1000, _ => Interlocked.Add(ref allowed, window.Take("one").Allowed ? 1 : 0));
        Assert.Equal(500, allowed);
    }
}
