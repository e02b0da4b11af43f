using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Npgsql;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Tests.Harness;

/// <summary>A database of one test: fresh and cheap, copied from a template that was migrated once.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<Engine, Lazy<Task<TestDatabase>>> Templates = new();
    private static readonly SemaphoreSlim OneCopyAtATime = new(1);

    /// <summary>Of this run alone: another may be going on beside it.</summary>
    public static readonly string Folder = Path.Combine(Path.GetTempPath(), $"platform-tests-{Environment.ProcessId}");

    private readonly Engine engine;
    private readonly string name;
    private readonly string? folder;
    private readonly string? connectionString;

    private TestDatabase(Engine engine, string name, string? folder, string? connectionString)
    {
        (this.engine, this.name, this.folder, this.connectionString) = (engine, name, folder, connectionString);
    }

    /// <summary>The host's settings that lead to it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings =>
        engine == Engine.Sqlite
            ? [new("Database:Provider", "Sqlite"), new("Database:Folder", folder!)]
            : [new("Database:Provider", "PostgreSql"), new("ConnectionStrings:Platform", connectionString!)];

    /// <param name="migrate">Fills the template, once a run.</param>
    public static async Task<TestDatabase> Copy(Engine engine, Func<TestDatabase, Task> migrate)
    {
        var template = await Templates.GetOrAdd(engine, e => new(async () =>
        {
            var made = await Empty(e);
            await migrate(made);
            made.LetGo();
            return made;
        })).Value;
        var copy = await Empty(engine, template);
        return copy;
    }

    /// <summary>A database without any table.</summary>
    public static async Task<TestDatabase> Empty(Engine engine, TestDatabase? template = null)
    {
        var name = "test_" + Guid.CreateVersion7().ToString("N");
        if (engine == Engine.Sqlite)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
            foreach (var file in template is null ? [] : Directory.GetFiles(template.folder!))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            return new TestDatabase(engine, name, folder, null);
        }

        var server = await PostgresServer.Instance;
        await OneCopyAtATime.WaitAsync(); // The server copies from a template for one session at a time.
        try
        {
            await server.Execute($"CREATE DATABASE {name}" + (template is null ? "" : $" TEMPLATE {template.name} STRATEGY FILE_COPY"));
        }
        finally
        {
            OneCopyAtATime.Release();
        }

        return new TestDatabase(engine, name, null, server.ConnectionString(name));
    }

    public async ValueTask DisposeAsync()
    {
        LetGo();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
        else
            await (await PostgresServer.Instance).Execute($"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    }

    // Pools keep files and connections open.
    private void LetGo()
    {
        if (connectionString is not null)
        {
            using var connection = new NpgsqlConnection(connectionString);
            NpgsqlConnection.ClearPool(connection);
            // The host's own: the engine adds its ways to the connection string.
            using var own = new NpgsqlConnection(new PostgreSqlEngine(connectionString!).Server!.Value.ConnectionString);
            NpgsqlConnection.ClearPool(own);
        }
        else
        {
            foreach (var file in Directory.GetFiles(folder!, "*.db"))
            {
                using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
                {
                    DataSource = file, DefaultTimeout = 30, ForeignKeys = true,
                }.ToString());
                SqliteConnection.ClearPool(connection);
            }
        }
    }
}
