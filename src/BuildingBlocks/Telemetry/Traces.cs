using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.BuildingBlocks.Telemetry;

/// <summary>The platform's own source of spans and its meter; tags carry ids and names of use cases only.</summary>
public static class Traces
{
    public const string Name = "Platform";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    /// <summary>Seconds a request of the pipeline took, by its name and outcome.</summary>
    public static readonly Histogram<double> Requests =
        Meter.CreateHistogram<double>("platform.request.duration", "s", "Duration of commands and queries");
}
