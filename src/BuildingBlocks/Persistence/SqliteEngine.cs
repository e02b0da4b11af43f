using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Platform.BuildingBlocks.Persistence;

/// <summary>The embedded default: one file a module under <c>Database:Folder</c>. SQLite has a single
/// writer; transactions begin as writers (BEGIN IMMEDIATE) and wait for their turn.</summary>
public sealed class SqliteEngine(string folder) : IDatabaseEngine
{
    private const int SecondsToWaitForTheWriter = 30;
    private const int ConstraintUnique = 2067;
    private const int ConstraintPrimaryKey = 1555;

    public string Name => "Sqlite";
    public (DbProviderFactory Factory, string ConnectionString)? Server => null;

    public void Use(DbContextOptionsBuilder options, string module) =>
        options
            .UseSqlite(new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder, module + ".db"),
                DefaultTimeout = SecondsToWaitForTheWriter,
                ForeignKeys = true,
            }.ToString())
            .ConfigureWarnings(w => w.Ignore(SqliteEventId.SchemaConfiguredWarning));

    public bool IsDuplicate(Exception failure) =>
        Cause(failure) is { SqliteExtendedErrorCode: ConstraintUnique or ConstraintPrimaryKey };

    public async Task Prepare(ModuleDb db, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        // The mode is kept in the file: readers go on while the writer writes.
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
    }

    private static SqliteException? Cause(Exception failure) =>
        failure as SqliteException ?? failure.InnerException as SqliteException;
}
