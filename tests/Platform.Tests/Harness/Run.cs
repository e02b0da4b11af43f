using Platform.Tests.Harness;

[assembly: AssemblyFixture(typeof(Run))]

namespace Platform.Tests.Harness;

/// <summary>Begins and ends with the run.</summary>
public sealed class Run : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await PostgresServer.StopIfRunning();
        if (Directory.Exists(TestDatabase.Folder))
            Directory.Delete(TestDatabase.Folder, recursive: true);
    }
}
