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
}
