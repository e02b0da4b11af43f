using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Tests.Harness;

namespace Platform.Tests.Host;

/// <summary>Traces and metrics leave by OTLP, over gRPC, for the collector that the configuration names.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Traces_and_metrics_reach_the_collector_and_name_no_person()
    {
        await using var collector = await Collector.Start();
        await using (var app = await PlatformApp.Start(Engine.Sqlite, ("Telemetry:Endpoint", collector.Address)))
        {
            var visitor = await app.SignedIn(As.Administrator());
            await visitor.Open("/users");
        }

        Assert.All(collector.Taken, t => Assert.Contains("platform", t.Text, StringComparison.Ordinal));
        Assert.Contains(collector.Taken, t => t.Path == "/opentelemetry.proto.collector.trace.v1.TraceService/Export" && t.Text.Contains("AccountList", StringComparison.Ordinal));
        Assert.Contains(collector.Taken, t => t.Path == "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" && t.Text.Contains("http.server.request.duration", StringComparison.Ordinal));
        Assert.DoesNotContain(collector.Taken, t => t.Text.Contains("administrator.010", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Takes each export of the protocol and answers that it has it: a message of gRPC, and its state after the body.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        private static readonly byte[] NothingMore = new byte[5];

        public ConcurrentQueue<(string Path, string Text)> Taken { get; } = new();

        public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public static async Task<Collector> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
            var app = builder.Build();
            var collector = new Collector(app);
            app.Run(collector.Take);
            await app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private async Task Take(HttpContext context)
        {
            Assert.Equal("application/grpc", context.Request.ContentType);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var message = body.ToArray();
            Assert.Equal(0, message[0]);
            Taken.Enqueue((context.Request.Path.Value!, Encoding.UTF8.GetString(message.AsSpan(5))));
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(NothingMore);
            context.Response.AppendTrailer("grpc-status", "0");
        }
    }
}
