using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Persistence;

namespace Platform.UserManagement.AuditLog;

/// <summary>On PostgreSQL the log is parted by months (UTC), so that a search reads the newest first and a month that is over its term leaves at
/// once. What no month has been made for waits in one more part, and is moved when its month is made: no line is ever refused. On the other
/// engines it is one table.</summary>
internal static class AuditMonths
{
    private const string Table = "users.audit_lines";
    private const string Others = "users.audit_lines_other";

    /// <summary>Made before they begin: a month in which no job ran loses nothing.</summary>
    private const int Ahead = 3;

    /// <summary>Makes the table that the migration has just made into one of months.</summary>
    public static void Part(MigrationBuilder migration)
    {
        if (migration.ActiveProvider?.Contains("Npgsql", StringComparison.Ordinal) != true)
            return;
        migration.Sql($"""
            ALTER TABLE {Table} RENAME TO audit_lines_whole;
            CREATE TABLE {Table} (LIKE users.audit_lines_whole) PARTITION BY RANGE (at);
            DROP TABLE users.audit_lines_whole;
            ALTER TABLE {Table} ADD CONSTRAINT "PK_audit_lines" PRIMARY KEY (at, sequence);
            CREATE TABLE {Others} PARTITION OF {Table} DEFAULT;
            """);
        foreach (var month in From(TimeProvider.System.GetUtcNow().UtcDateTime))
            migration.Sql(Make(month));
    }

    /// <returns>How many months were made.</returns>
    public static async Task<int> Make(UserManagementDb db, IDatabaseEngine engine, DateTime now, CancellationToken cancellation)
    {
        if (!Parts(engine))
            return 0;
        var waiting = await db.Database.SqlQueryRaw<DateTime>($"SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS \"Value\" FROM {Others}").ToListAsync(cancellation);
        var before = await Count(db, cancellation);
        foreach (var month in waiting.Select(MonthOf).Union(From(now)))
            await db.Database.ExecuteSqlRawAsync(Make(month), cancellation);
        return await Count(db, cancellation) - before;
    }

    /// <summary>Takes a month out, with its lines. Within the transaction of the caller.</summary>
    public static async Task Drop(UserManagementDb db, IDatabaseEngine engine, DateTime month, CancellationToken cancellation)
    {
        var end = month.AddMonths(1);
        if (Parts(engine))
            await db.Database.ExecuteSqlRawAsync(Leave(month), cancellation);
        else
            await db.LineRows.Where(l => l.At >= month && l.At < end).ExecuteDeleteAsync(cancellation);
    }

    public static DateTime MonthOf(DateTime at) => new(at.Year, at.Month, 1, 0, 0, 0, DateTimeKind.Utc);

    private static bool Parts(IDatabaseEngine engine) => engine.Name == "PostgreSql";

    private static IEnumerable<DateTime> From(DateTime now) => Enumerable.Range(0, Ahead).Select(MonthOf(now).AddMonths);

    private static string Name(DateTime month) => string.Create(CultureInfo.InvariantCulture, $"{Table}_{month:yyyy_MM}");

    private static Task<int> Count(UserManagementDb db, CancellationToken cancellation) =>
        db.Database.SqlQueryRaw<int>($"SELECT count(*)::int AS \"Value\" FROM pg_inherits WHERE inhparent = '{Table}'::regclass").SingleAsync(cancellation);

    private static string Leave(DateTime month) => $"ALTER TABLE {Table} DETACH PARTITION {Name(month)}; DROP TABLE {Name(month)}";

    // The lock first: of two hosts, the second finds the month made.
    private static string Make(DateTime month) => string.Create(CultureInfo.InvariantCulture, $"""
        DO $$ BEGIN
            LOCK TABLE {Table} IN SHARE ROW EXCLUSIVE MODE;
            IF to_regclass('{Name(month)}') IS NULL THEN
                CREATE TABLE {Name(month)} (LIKE {Table});
                WITH moved AS (DELETE FROM {Others} WHERE at >= '{month:yyyy-MM-dd}+00' AND at < '{month.AddMonths(1):yyyy-MM-dd}+00' RETURNING *)
                    INSERT INTO {Name(month)} SELECT * FROM moved;
                ALTER TABLE {Table} ATTACH PARTITION {Name(month)} FOR VALUES FROM ('{month:yyyy-MM-dd}+00') TO ('{month.AddMonths(1):yyyy-MM-dd}+00');
            END IF;
        END $$
        """);
}

/// <summary>Each night the months to come are made, and what waited for one is moved there.</summary>
internal sealed class MakeAuditMonths(UserManagementDb db, IDatabaseEngine engine, TimeProvider clock) : IScheduledJob
{
    public static string Name => "users.make-audit-months";
    public static string Title => "Prepara i mesi a venire del registro degli accessi";
    public static string Cron => "0 10 1 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation) =>
        new("{0} mesi preparati", await AuditMonths.Make(db, engine, clock.GetUtcNow().UtcDateTime, cancellation));
}
