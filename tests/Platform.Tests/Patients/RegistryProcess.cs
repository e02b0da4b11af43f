using System.Text.Json;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

/// <summary>The regional registry (tests/RegionalRegistry) over the people given.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private readonly SecondProcess process;
    private readonly string file;

    private RegistryProcess(SecondProcess process, string file) => (this.process, this.file) = (process, file);

    public string Address => process.Address;

    public static async Task<RegistryProcess> Start(object[] people, params string[] options)
    {
        var file = Path.Combine(Path.GetTempPath(), $"registry-{Guid.CreateVersion7():N}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(people));
        return new(await SecondProcess.Start("RegionalRegistry", ["--people", file, .. options]), file);
    }

    public Task Stop() => process.Stop();

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        File.Delete(file);
    }
}
