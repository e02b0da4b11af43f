using Platform.Tests.Harness;

[assembly: AssemblyFixture(typeof(Run))]

namespace Platform.Tests.Harness;

/// <summary>Begins and ends with the run.</summary>
public sealed class Run : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await PostgresServer.StopIfRunning();
        var left = Path.Combine(Path.GetTempPath(), "platform-tests");
        if (Directory.Exists(left))
            Directory.Delete(left, recursive: true);
    }
}
