using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>Production, any number of hosts: one database, a schema a module.</summary>
public sealed class PostgreSqlEngine(string connectionString) : IDatabaseEngine
{
    // A page of a list is read by an index; a parallel plan reads many times the rows, on the cores of everybody else.
    private const string NoParallelPlans = "max_parallel_workers_per_gather=0";

    // Planned once a connection: a short statement takes longer to plan than to run. Whoever puts a pooler in between says 0.
    private const int PreparedStatements = 200;

    private readonly string connectionString = Prepared(connectionString);

    public string Name => "PostgreSql";
    public (DbProviderFactory Factory, string ConnectionString)? Server => (NpgsqlFactory.Instance, connectionString);

    public void Use(DbContextOptionsBuilder options, string module) =>
        options.UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable("__migrations", module));

    public bool IsDuplicate(Exception failure) =>
        (failure as PostgresException ?? failure.InnerException as PostgresException)
            is { SqlState: PostgresErrorCodes.UniqueViolation };

    public async Task Prepare(ModuleDb db, CancellationToken cancellation)
    {
        await using var server = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Database = "postgres", Pooling = false }.ToString());
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database!;
        try
        {
            await using var own = new NpgsqlConnection(connectionString);
            await own.OpenAsync(cancellation);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await server.OpenAsync(cancellation);
            await using var create = server.CreateCommand();
            create.CommandText = $"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            try
            {
                await create.ExecuteNonQueryAsync(cancellation);
                create.CommandText = $"ALTER DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" SET {NoParallelPlans}";
                await create.ExecuteNonQueryAsync(cancellation);
            }
            catch (PostgresException twin) when (twin.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another host was quicker.
            }
        }
    }

    private static string Prepared(string connectionString)
    {
        var said = new DbConnectionStringBuilder { ConnectionString = connectionString };
        if (said.ContainsKey("Max Auto Prepare") || said.ContainsKey("MaxAutoPrepare"))
            return connectionString;
        // Nothing of ours leaves a state in its session (no SET, no lock of a session, no temporary table): there is nothing to reset.
        return new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = PreparedStatements, NoResetOnClose = true }.ToString();
    }
}
