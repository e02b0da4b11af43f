using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Npgsql;
using Platform.Tests.Harness;

namespace Platform.Benchmarks;

/// <summary>The host as it is installed, in a process of its own, over a database of this run.</summary>
internal sealed class PlatformHost : IAsyncDisposable
{
    public const string Password = "Piemonte-2021";

    private Process process;
    private bool stopped;

    private PlatformHost(string database, string address, int demoPeople)
    {
        (Database, Address) = (database, address);
        process = Launch(database, ["--urls", address], demoPeople);
    }

    public string Database { get; }

    public string Address { get; }

    /// <param name="standing">On the database that an earlier run, or somebody's hand, has left.</param>
    public static async Task<PlatformHost> Start(string name, int demoPeople, bool standing = false)
    {
        var server = await PostgresServer.Instance;
        if (!standing)
        {
            await server.Execute($"DROP DATABASE IF EXISTS {name}");
            await server.Execute($"CREATE DATABASE {name}");
        }

        var host = new PlatformHost(server.ConnectionString(name), $"http://127.0.0.1:{FreePort()}", demoPeople);
        await host.Ready();
        return host;
    }

    /// <summary>At once, as if the power were cut, and its database goes on without it; nothing where it stands already.</summary>
    public async Task Stop()
    {
        if (stopped)
            return;
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        stopped = true;
    }

    /// <summary>After <see cref="Stop"/>, as an installation and no demonstration, which would first settle all that waits.</summary>
    public void StartAgain() => (process, stopped) = (Launch(Database, ["--urls", Address], demoPeople: 0), false);

    public (double Cpu, long PeakMemory) Used
    {
        get
        {
            process.Refresh();
            return (process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64);
        }
    }

    /// <summary>Resident now, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public async Task Ready()
    {
        using var http = new HttpClient { BaseAddress = new(Address) };
        for (var waited = 0; ; waited++)
        {
            if (process.HasExited || waited > 1200)
                throw new InvalidOperationException("The host did not start.");
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
            }

            await Task.Delay(250);
        }
    }

    /// <summary>One command of the command line, to its end.</summary>
    public async Task<(int ExitCode, double Seconds, double Cpu, long PeakMemory)> Run(params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var command = Launch(Database, arguments, 0);
        var (peak, cpu) = (0L, 0.0);
        while (!command.WaitForExit(200))
        {
            command.Refresh();
            if (!command.HasExited)
                (peak, cpu) = (Math.Max(peak, command.PeakWorkingSet64), Math.Max(cpu, command.TotalProcessorTime.TotalSeconds));
        }

        await command.WaitForExitAsync();
        return (command.ExitCode, clock.Elapsed.TotalSeconds, cpu, peak);
    }

    /// <summary>The same program for one command, such as an import.</summary>
    public static Process Launch(string database, string[] arguments, int demoPeople)
    {
        var program = Path.Combine(Root(), "src", "Host");
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(program, "bin", configuration, "net10.0", "Host.dll"), .. arguments])
        {
            WorkingDirectory = program, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // The load answers a socket on the thread that heard it; the host is to be measured as it is installed.
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        // Demonstration people exist in development alone.
        start.Environment["ASPNETCORE_ENVIRONMENT"] = demoPeople > 0 ? "Development" : "Production";
        start.Environment["Database__Provider"] = "PostgreSql";
        start.Environment["ConnectionStrings__Platform"] = database;
        start.Environment["Demo__Enabled"] = demoPeople > 0 ? "true" : "false";
        start.Environment["Demo__People"] = demoPeople.ToString(CultureInfo.InvariantCulture);
        start.Environment["Privacy__Keys__1"] = Crowd.Key;
        start.Environment["RateLimit__PerMinute"] = "100000000";
        start.Environment["Vaccination__AvailabilityPerMinute"] = "100000000";
        start.Environment["Serilog__MinimumLevel__Default"] = "Warning";
        // What a command told is the host's to deliver.
        start.Environment["Background__Enabled"] = arguments[0] == "--urls" ? "true" : "false";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Say(line.Data);
        process.ErrorDataReceived += (_, line) => Say(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public async Task<HttpClient> SignedIn(string userName)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new(Address), Timeout = TimeSpan.FromMinutes(10) };
        var page = await http.GetStringAsync("/sign-in");
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;
        var user = Regex.Match(page, "<input[^>]*name=\"([^\"]*UserName)\"").Groups[1].Value;
        var password = Regex.Match(page, "<input[^>]*type=\"password\"[^>]*name=\"([^\"]+)\"|<input[^>]*name=\"([^\"]+)\"[^>]*type=\"password\"");
        using var answer = await http.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, [user] = userName, [password.Groups[1].Value + password.Groups[2].Value] = Password,
        }));
        return answer.StatusCode is HttpStatusCode.Found or HttpStatusCode.SeeOther ? http : throw new InvalidOperationException($"{userName} was not let in: {answer.StatusCode}");
    }

    public async Task<T> Ask<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync()) ?? 0, typeof(T), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        NpgsqlConnection.ClearAllPools();
    }

    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Platform.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    private static void Say(string? line)
    {
        if (Environment.GetEnvironmentVariable("VERBOSE") is not null)
            Console.Error.WriteLine("  host: " + line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
