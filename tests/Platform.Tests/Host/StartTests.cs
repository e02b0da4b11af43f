using System.Net;
using Platform.Tests.Harness;

namespace Platform.Tests.Host;

public sealed class StartTests
{
    [Theory, OnEachEngine]
    public async Task The_host_starts_over_migrated_databases_and_says_it_is_ready(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        Assert.NotEmpty(app.Modules);
        using var answer = await app.Anonymous().GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task What_goes_wrong_is_a_page_for_people_and_a_problem_for_machines()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var screen = await app.Visitor().Open("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, screen.Status);
        Assert.NotEmpty(screen.Text);

        using var answer = await app.Anonymous().GetAsync("/api/v1/no-such-thing");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/no-such-page")]
    [InlineData("/api/v1/no-such-thing")]
    [InlineData("/health/live")]
    public async Task Every_answer_tells_the_browser_what_it_must_not_do(string path)
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        using var answer = await app.Anonymous().GetAsync(path);
        Assert.Contains("default-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }
}
