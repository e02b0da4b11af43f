using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.Providers.SqlServer;

namespace Platform.Host;

/// <summary>The engine by configuration.</summary>
internal static class Engines
{
    public static IDatabaseEngine Choose(IConfiguration configuration, IHostEnvironment environment) =>
        configuration["Database:Provider"] switch
        {
            "Sqlite" => new SqliteEngine(HomeFolder.Resolve(environment, configuration["Database:Folder"] ?? "data")),
            "PostgreSql" => new PostgreSqlEngine(ConnectionString(configuration)),
            "SqlServer" => new SqlServerEngine(ConnectionString(configuration)),
            var other => throw new InvalidOperationException(
                $"Database:Provider is «{other}»: it must be Sqlite, PostgreSql or SqlServer."),
        };

    private static string ConnectionString(IConfiguration configuration) =>
        configuration.GetConnectionString("Platform")
        ?? throw new InvalidOperationException("ConnectionStrings:Platform is missing: the server's engines need it.");
}
