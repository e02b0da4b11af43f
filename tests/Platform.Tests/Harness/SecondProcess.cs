using System.Diagnostics;

namespace Platform.Tests.Harness;

/// <summary>A house that the platform speaks with, as a process of its own on a free port of this machine (a project of tests/).</summary>
internal sealed class SecondProcess : IAsyncDisposable
{
    private readonly Process process;

    private SecondProcess(Process process) => this.process = process;

    public string Address { get; private set; } = "";

    public static async Task<SecondProcess> Start(string project, params string[] options)
    {
        // Built beside the tests: same configuration, same framework.
        var own = AppContext.BaseDirectory;
        var program = Path.Combine(
            new[] { "Platform.Tests", "Platform.BrowserTests" }.Aggregate(own, (path, tests) => path.Replace($"{Path.DirectorySeparatorChar}{tests}{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}{project}{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
            project + ".dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(program) };
        foreach (var argument in (string[])[program, "--urls", "http://127.0.0.1:0", .. options])
            start.ArgumentList.Add(argument);
        var second = new SecondProcess(Process.Start(start)!);
        const string listens = "Now listening on: ";
        while (await second.process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf(listens, StringComparison.Ordinal);
            if (at < 0)
                continue;
            second.Address = line[(at + listens.Length)..].Trim();
            // Nobody reads the rest: it must not fill the pipe.
            _ = second.process.StandardOutput.ReadToEndAsync();
            return second;
        }

        throw new InvalidOperationException("It did not start: " + program);
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
    }
}
