using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Platform.Providers.SqlServer;
using Platform.Tests.Walls;

namespace Platform.Tests.Providers;

/// <summary>What can be seen of the SQL Server plug where there is no server; its scripts are in the drift test.</summary>
public sealed class SqlServerTests
{
    private static readonly SqlServerEngine Nowhere =
        new("Server=tcp:127.0.0.1,1;Database=platform;User Id=sa;Password=none;Encrypt=false;Connect Timeout=2;ConnectRetryCount=0");

    [Fact]
    public void It_has_a_script_for_every_schema()
    {
        Assert.NotEmpty(Rooms.WithDb);
        Assert.All(Rooms.WithDb, module =>
        {
            using var db = Rooms.Open(module, Nowhere);
            Assert.Equal("Microsoft.EntityFrameworkCore.SqlServer", db.Database.ProviderName);
            Assert.Contains($"CREATE TABLE [{module.Name}].[outbox]", db.Database.GenerateCreateScript(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_query_becomes_its_dialect()
    {
        using var db = Rooms.Open(Rooms.WithDb[0], Nowhere);
        var sql = db.Outbox.Where(r => r.Attempts > 2).OrderBy(r => r.At).Skip(20).Take(10).ToQueryString();
        Assert.Contains("OFFSET", sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_to_be_unreachable()
    {
        await using var db = Rooms.Open(Rooms.WithDb[0], Nowhere);
        var failure = await Assert.ThrowsAnyAsync<DbException>(() => Nowhere.Prepare(db, CancellationToken.None));
        Assert.False(Nowhere.IsDuplicate(failure));
    }

    [Fact]
    public async Task A_command_with_parameters_finds_all_the_assemblies_it_needs()
    {
        var (factory, address) = Nowhere.Server!.Value;
        await using var connection = factory.CreateConnection()!;
        connection.ConnectionString = address;
        await using var command = connection.CreateCommand();
        command.CommandText = "select @id";
        var id = command.CreateParameter();
        (id.ParameterName, id.Value) = ("@id", Guid.CreateVersion7());
        command.Parameters.Add(id);
        await Assert.ThrowsAsync<InvalidOperationException>(() => command.ExecuteScalarAsync());
        await Assert.ThrowsAnyAsync<DbException>(() => connection.OpenAsync());
        Assert.Equal(new Version(1, 0, 0, 0), System.Reflection.Assembly.Load("Microsoft.SqlServer.Server").GetName().Version);
    }
}
