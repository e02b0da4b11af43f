using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Platform.BuildingBlocks.Telemetry;
using Serilog;

namespace Platform.Host;

/// <summary>Logs by Serilog as configured; traces and metrics by OpenTelemetry when <c>Telemetry:Endpoint</c> names a collector.</summary>
internal static class Observability
{
    public static void AddLogging(this WebApplicationBuilder builder, CommandLine line)
    {
        _ = line;
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(
            new LoggerConfiguration().ReadFrom.Configuration(builder.Configuration).Enrich.FromLogContext().CreateLogger(), dispose: true);
    }

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Telemetry:Endpoint"] is not { Length: > 0 } endpoint)
            return;
        var resource = ResourceBuilder.CreateDefault().AddService("platform");
        void Export(OtlpExporterOptions options) => options.Endpoint = new Uri(endpoint);
        builder.Services.AddSingleton(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(Traces.Name, "Microsoft.AspNetCore", "Npgsql").AddOtlpExporter(Export).Build());
        builder.Services.AddSingleton(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(Traces.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql").AddOtlpExporter(Export).Build());
        builder.Services.AddHostedService<TelemetryAwake>();
    }

    // The container makes a singleton only when somebody asks: this asks, and closes both at the end.
    private sealed class TelemetryAwake(TracerProvider traces, MeterProvider metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            traces.ForceFlush(2000);
            metrics.ForceFlush(2000);
            return Task.CompletedTask;
        }
    }
}
