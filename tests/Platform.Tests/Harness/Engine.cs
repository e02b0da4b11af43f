using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Platform.Tests.Harness;

public enum Engine
{
    Sqlite,
    PostgreSql,
}

/// <summary>The test runs once on each engine that <c>PLATFORM_TEST_ENGINES</c> lists (default
/// <c>sqlite,postgresql</c>). An engine that is not there shows as skipped, by name; with <c>CI=true</c> the test
/// runs all the same and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEachEngineAttribute : DataAttribute
{
    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([.. Engines.Listed.Select(e => new TheoryDataRow<Engine>(e) { Skip = Engines.WhyNot(e) })]);
}

public static class Engines
{
    public static IReadOnlyList<Engine> Listed { get; } =
        [.. (Environment.GetEnvironmentVariable("PLATFORM_TEST_ENGINES") ?? "sqlite,postgresql")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(name => Enum.Parse<Engine>(name, ignoreCase: true))];

    public static bool InCi { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Why the engine's tests are skipped; null when they run.</summary>
    public static string? WhyNot(Engine engine) =>
        engine == Engine.PostgreSql && !InCi && !PostgresServer.IsInstalled
            ? "PostgreSql: no server binaries (install postgresql) and no PLATFORM_TEST_POSTGRES"
            : null;
}
