using System.Diagnostics;
using System.Text.Json;

namespace Platform.Tests.Patients;

/// <summary>The regional registry as a second process on a free port of this machine (tests/RegionalRegistry).</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly string file;

    private RegistryProcess(Process process, string file) => (this.process, this.file) = (process, file);

    public string Address { get; private set; } = "";

    public static async Task<RegistryProcess> Start(object[] people, params string[] options)
    {
        var file = Path.Combine(Path.GetTempPath(), $"registry-{Guid.CreateVersion7():N}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(people));
        // Built beside the tests: same configuration, same framework.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.FullName.Replace("Platform.Tests", "RegionalRegistry", StringComparison.Ordinal), "RegionalRegistry.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(program) };
        foreach (var argument in (string[])[program, "--urls", "http://127.0.0.1:0", "--people", file, .. options])
            start.ArgumentList.Add(argument);
        var registry = new RegistryProcess(Process.Start(start)!, file);
        const string listens = "Now listening on: ";
        while (await registry.process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(listens, StringComparison.Ordinal);
            if (at < 0)
                continue;
            registry.Address = line[(at + listens.Length)..].Trim();
            // Nobody reads the rest: it must not fill the pipe.
            _ = registry.process.StandardOutput.ReadToEndAsync();
            return registry;
        }

        throw new InvalidOperationException("The registry did not start: " + program);
    }

    public async Task Stop()
    {
        if (process.HasExited)
            return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        process.Dispose();
        File.Delete(file);
    }
}
