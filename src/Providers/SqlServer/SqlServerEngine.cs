using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Providers.SqlServer;

/// <summary>Production, any number of hosts: one database, a schema a module.</summary>
public sealed class SqlServerEngine(string connectionString) : IDatabaseEngine
{
    // sysmessages: 2627 a primary key or unique constraint, 2601 a unique index.
    private const int DuplicateKey = 2627;
    private const int DuplicateRowInIndex = 2601;
    private const int DatabaseExists = 1801;
    private const int CannotOpenDatabase = 4060;

    public string Name => "SqlServer";
    public (DbProviderFactory Factory, string ConnectionString)? Server => (SqlClientFactory.Instance, connectionString);

    public void Use(DbContextOptionsBuilder options, string module) =>
        options
            .UseSqlServer(connectionString, server => server.MigrationsHistoryTable("__migrations", module))
            .ReplaceService<IMigrationsSqlGenerator, SqlServerScripts>();

    public bool IsDuplicate(Exception failure) =>
        (failure as SqlException ?? failure.InnerException as SqlException)
            is { Number: DuplicateKey or DuplicateRowInIndex };

    public async Task Prepare(ModuleDb db, CancellationToken cancellation)
    {
        try
        {
            await using var own = new SqlConnection(connectionString);
            await own.OpenAsync(cancellation);
        }
        catch (SqlException failure) when (failure.Number == CannotOpenDatabase)
        {
            await CreateDatabase(cancellation);
        }
    }

    private async Task CreateDatabase(CancellationToken cancellation)
    {
        var address = new SqlConnectionStringBuilder(connectionString);
        var name = address.InitialCatalog.Replace("]", "]]", StringComparison.Ordinal);
        address.InitialCatalog = "master";
        // The failed opening would otherwise be remembered for the pool.
        SqlConnection.ClearAllPools();
        await using var server = new SqlConnection(address.ToString());
        await server.OpenAsync(cancellation);
        await using var create = server.CreateCommand();
        create.CommandText = $"CREATE DATABASE [{name}]";
        try
        {
            await create.ExecuteNonQueryAsync(cancellation);
        }
        catch (SqlException twin) when (twin.Number == DatabaseExists)
        {
            // Another host was quicker.
        }

        // Readers do not wait for writers, as on the other engines.
        create.CommandText = $"ALTER DATABASE [{name}] SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE";
        await create.ExecuteNonQueryAsync(cancellation);
    }
}
