using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;
using Platform.Providers.SqlServer;
using Platform.Tests.Harness;

namespace Platform.Tests.Walls;

/// <summary>The migrations are written by hand, without snapshot. In its place: a database made from them equals
/// one made from the model, on each engine.</summary>
public sealed class DriftTests
{
    [Theory, OnEachEngine]
    public async Task A_database_made_from_the_migrations_equals_one_made_from_the_model(Engine engine)
    {
        await using var migrated = await TestDatabase.Empty(engine);
        await using var modelled = await TestDatabase.Empty(engine);
        Assert.NotEmpty(Rooms.WithDb);
        var differences = new List<string>();
        foreach (var module in Rooms.WithDb)
        {
            await using var one = Rooms.Open(module, Over(migrated));
            await Over(migrated).Prepare(one, CancellationToken.None);
            await one.Database.MigrateAsync();
            var fromMigrations = await SchemaDescription.Of(one.Database.GetDbConnection(), engine, module.Name);

            await using var two = Rooms.Open(module, Over(modelled));
            await Over(modelled).Prepare(two, CancellationToken.None);
            await two.Database.ExecuteSqlRawAsync(two.Database.GenerateCreateScript().Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal));
            var fromModel = await SchemaDescription.Of(two.Database.GetDbConnection(), engine, module.Name);

            Assert.Contains("outbox", SchemaDescription.TablesIn(fromModel));
            Assert.Equal(two.Model.GetEntityTypes().Select(e => e.GetTableName()).Distinct().Count(), SchemaDescription.TablesIn(fromModel).Count);
            differences.AddRange(Differences(module.Name, fromMigrations, fromModel));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    [Fact]
    public void The_script_of_the_migrations_for_SQL_Server_says_what_the_script_of_the_model_says()
    {
        var differences = new List<string>();
        foreach (var module in Rooms.WithDb)
        {
            using var db = Rooms.Open(module, new SqlServerEngine("Server=nowhere;Database=platform"));
            var fromMigrations = SqlServerDdl.Lines(db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.NoTransactions));
            var fromModel = SqlServerDdl.Lines(db.Database.GenerateCreateScript());
            Assert.Contains($"table [{module.Name}].[outbox]", fromModel);
            Assert.Contains($"[{module.Name}].[outbox]: [payload] varchar(max) NOT NULL", fromModel);
            differences.AddRange(Differences(module.Name, fromMigrations, fromModel));
        }

        Assert.True(differences.Count == 0, string.Join(Environment.NewLine, differences));
    }

    [Fact]
    public async Task Two_tables_that_differ_are_told_apart()
    {
        var one = await Described("create table t (id text not null primary key, name text not null, of_id text references t (id) on delete cascade); create unique index ix on t (name)");
        Assert.Equal(["t"], SchemaDescription.TablesIn(one));
        foreach (var other in new[]
        {
            "create table t (id text not null primary key, name text, of_id text references t (id) on delete cascade); create unique index ix on t (name)",
            "create table t (id text not null primary key, name text not null default 'x', of_id text references t (id) on delete cascade); create unique index ix on t (name)",
            "create table t (id text not null primary key, name integer not null, of_id text references t (id) on delete cascade); create unique index ix on t (name)",
            "create table t (id text not null, name text not null, of_id text references t (id) on delete cascade, primary key (id, name)); create unique index ix on t (name)",
            "create table t (id text not null primary key, name text not null, of_id text references t (id)); create unique index ix on t (name)",
            "create table t (id text not null primary key, name text not null, of_id text references t (id) on delete cascade); create index ix on t (name)",
            "create table t (id text not null primary key, name text not null, of_id text references t (id) on delete cascade); create unique index ix on t (name, of_id)",
            "create table t (id text not null primary key, name text not null, of_id text references t (id) on delete cascade); create unique index ix on t (name) where name > 'b'",
            "create table t (id text not null primary key, name text not null, of_id text references t (id) on delete cascade); create unique index other on t (name)",
        })
        {
            Assert.NotEmpty(Differences("t", one, await Described(other)));
        }
    }

    [Fact]
    public void Two_scripts_that_differ_are_told_apart_and_two_in_another_order_are_not()
    {
        const string script = "CREATE TABLE [a].[t] (\n    [id] uniqueidentifier NOT NULL,\n    [name] nvarchar(80) NOT NULL,\n    CONSTRAINT [PK_t] PRIMARY KEY ([id])\n);\nGO\n\nCREATE INDEX [IX_t_name] ON [a].[t] ([name]);\nGO\n";
        const string turned = "CREATE TABLE [a].[t] (\n    [name] nvarchar(80) NOT NULL,\n    [id] uniqueidentifier NOT NULL,\n    CONSTRAINT [PK_t] PRIMARY KEY ([id])\n);\n\nCREATE INDEX [IX_t_name] ON [a].[t] ([name]);\n\nINSERT INTO [a].[__migrations] ([MigrationId])\nVALUES (N'0001');\n";
        Assert.Equal(SqlServerDdl.Lines(script), SqlServerDdl.Lines(turned));
        Assert.NotEmpty(Differences("a", SqlServerDdl.Lines(script), SqlServerDdl.Lines(script.Replace("(80)", "(81)", StringComparison.Ordinal))));
        Assert.NotEmpty(Differences("a", SqlServerDdl.Lines(script), SqlServerDdl.Lines(script.Replace("CREATE INDEX", "CREATE UNIQUE INDEX", StringComparison.Ordinal))));
    }

    private static IDatabaseEngine Over(TestDatabase database)
    {
        var settings = database.Settings.ToDictionary(s => s.Key, s => s.Value);
        return settings["Database:Provider"] == "Sqlite"
            ? new SqliteEngine(settings["Database:Folder"])
            : new PostgreSqlEngine(settings["ConnectionStrings:Platform"]);
    }

    private static IEnumerable<string> Differences(string module, SortedSet<string> fromMigrations, SortedSet<string> fromModel) =>
        fromMigrations.Except(fromModel).Select(l => $"{module}, only in the migrations: {l}")
            .Concat(fromModel.Except(fromMigrations).Select(l => $"{module}, only in the model: {l}"));

    private static async Task<SortedSet<string>> Described(string sql)
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
        return await SchemaDescription.Of(connection, Engine.Sqlite, "");
    }
}
