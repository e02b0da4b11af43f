using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Platform.Tests.Harness;

/// <summary>A PostgreSQL that the run starts from the installed binaries and stops at its end, or the one that
/// <c>PLATFORM_TEST_POSTGRES</c> names (a connection string whose login may create databases).</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly string? Given = Environment.GetEnvironmentVariable("PLATFORM_TEST_POSTGRES");
    private static readonly string? Binaries = FindBinaries();
    private static readonly Lazy<Task<PostgresServer>> Running = new(StartOnce);

    private readonly string? folder;
    private readonly string connectionString;

    private PostgresServer(string? folder, string connectionString)
    {
        (this.folder, this.connectionString) = (folder, connectionString);
    }

    public static bool IsInstalled => Given is not null || Binaries is not null;

    public static Task<PostgresServer> Instance => Running.Value;

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Database = database }.ToString();

    public async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Called once at the end of the run.</summary>
    public static async ValueTask StopIfRunning()
    {
        if (Running.IsValueCreated)
            await (await Running.Value).DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is null)
            return;
        await Run("pg_ctl", "-D", Path.Combine(folder, "data"), "-m", "immediate", "-w", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<PostgresServer> StartOnce()
    {
        if (Given is not null)
            return new PostgresServer(null, Given);
        if (Binaries is null)
            throw new InvalidOperationException("PostgreSql is listed for the tests and is not installed.");
        var folder = Path.Combine(Path.GetTempPath(), "platform-postgres-" + Guid.CreateVersion7().ToString("N"));
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
            await Process.Start("chown", ["postgres", folder]).WaitForExitAsync();
        var port = FreePort();
        await Run("initdb", "-D", Path.Combine(folder, "data"), "-U", "platform", "--auth=trust", "--encoding=UTF8", "--no-sync", "--locale=C.UTF-8");
        // Nothing here outlives the run: durability is bought nowhere and measured elsewhere.
        var options = $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off "
            + "-c full_page_writes=off -c max_connections=400 -c shared_buffers=256MB -c autovacuum=off "
            + Environment.GetEnvironmentVariable("PLATFORM_POSTGRES_OPTIONS");
        await Run("pg_ctl", "-D", Path.Combine(folder, "data"), "-l", Path.Combine(folder, "log"), "-o", options, "-w", "start");
        return new PostgresServer(folder, $"Host=127.0.0.1;Port={port};Username=platform;Maximum Pool Size=40;Include Error Detail=false");
    }

    // The server's programs refuse to run as root.
    private static async Task Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Binaries!, program);
        var start = Environment.UserName == "root"
            ? new ProcessStartInfo("runuser", ["-u", "postgres", "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = Path.GetTempPath();
        // The server inherits these; were they ours, the run would wait for it to close them.
        start.RedirectStandardOutput = program != "pg_ctl";
        start.RedirectStandardError = program != "pg_ctl";
        using var process = Process.Start(start)!;
        var said = program == "pg_ctl" ? "" : await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {said}");
    }

    private static string? FindBinaries()
    {
        var places = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(d => Path.Combine(d, "bin"))
            : [];
        return places.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "pg_ctl")));
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
