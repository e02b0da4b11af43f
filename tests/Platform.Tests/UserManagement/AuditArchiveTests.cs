using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.AuditLog;
using Platform.UserManagement.RetentionRuns;

namespace Platform.Tests.UserManagement;

public sealed class AuditArchiveTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("audit-archive").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory, OnEachEngine]
    public async Task Months_over_the_term_leave_for_a_file_and_the_chain_goes_on(Engine engine)
    {
        await using var app = await TwoYears(engine);
        Assert.Equal((12, 0), (await Lines(app), (await app.Send(new VerifyAudit())).Archived));

        // The term of five years: of 2021 the months up to November are over.
        app.Clock.Advance(new DateTimeOffset(2026, 12, 20, 3, 0, 0, TimeSpan.Zero) - app.Clock.GetUtcNow());
        await Run(app, ApplyRetention.Name);
        await app.Drain();
        var verdict = await app.Send(new VerifyAudit());
        Assert.Equal((3, ""), (verdict.Archived, verdict.Said));
        using var reader = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(folder, "audit-2021-11.csv.gz")), CompressionMode.Decompress));
        var rows = (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, rows.Length);
        Assert.Contains("Sisp 010301", rows[1], StringComparison.Ordinal);

        // That they left is in the chain, with the seal of the file; a second night finds nothing.
        Assert.Equal(1, await app.Db<UserManagementDb, int>(db => db.AuditLines.CountAsync(l => l.What == "users.AuditArchive" && l.Why!.StartsWith("audit-2021-11.csv.gz "))));
        await Run(app, ApplyRetention.Name);
        Assert.Equal(3, (await app.Send(new VerifyAudit())).Archived);

        // What is cut away beside the archive, or goes on from another end, is found as ever.
        await app.Db<UserManagementDb, int>(db => db.LineRows.Where(l => l.Sequence == 4).ExecuteDeleteAsync());
        Assert.Equal("Line 4 is missing.", (await app.Send(new VerifyAudit())).Said);
        await app.Db<UserManagementDb, int>(db => db.ArchivedLines.ExecuteDeleteAsync());
        Assert.Equal("Lines 1 to 4 are missing.", (await app.Send(new VerifyAudit())).Said);
    }

    [Theory, OnEachEngine]
    public async Task A_month_that_is_not_as_it_was_sealed_stays(Engine engine)
    {
        await using var app = await TwoYears(engine);
        await app.Db<UserManagementDb, int>(db => db.LineRows.Where(l => l.Sequence == 2).ExecuteUpdateAsync(set => set.SetProperty(l => l.SubjectId, Guid.Empty)));
        app.Clock.Advance(TimeSpan.FromDays(1855));
        await Run(app, ApplyRetention.Name);
        Assert.Equal(3, await app.Db<UserManagementDb, int>(db => db.AuditLines.CountAsync(l => l.Sequence <= 3)));
        Assert.Contains("audit_lines: audit-broken", await app.Db<UserManagementDb, string?>(db => db.JobRuns.Where(r => r.Job == ApplyRetention.Name).Select(r => r.OutcomeArguments).SingleAsync()), StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_line_beside_another_of_the_same_number_is_found(Engine engine)
    {
        await using var app = await TwoYears(engine);
        await app.Db<UserManagementDb, int>(async db =>
        {
            var forged = await AuditTests.Forged(db, 5, 5, Guid.CreateVersion7());
            db.LineRows.Add(new()
            {
                At = forged.At.AddSeconds(1), Sequence = 5, SubjectId = forged.SubjectId, Trace = forged.Trace, Actor = forged.Actor, Guise = forged.Guise, Act = forged.Act,
                Mark = forged.Mark, Hash = forged.Hash,
            });
            return await db.SaveChangesAsync();
        });
        Assert.Contains("Line 5 is inserted.", (await app.Send(new VerifyAudit())).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task On_PostgreSQL_each_month_has_a_part_of_its_own_made_before_it_begins()
    {
        Assert.SkipWhen(Engines.WhyNot(Engine.PostgreSql) is not null, "PostgreSql: no server binaries");
        await using var app = await TwoYears(Engine.PostgreSql);
        Assert.Equal(["audit_lines_other"], await PartsOfLines(app));
        await Run(app, MakeAuditMonths.Name);
        await Run(app, MakeAuditMonths.Name);
        var parts = await PartsOfLines(app);
        Assert.DoesNotContain("audit_lines_other", parts);
        Assert.Contains("audit_lines_2021_11", parts);
        Assert.Equal((12, ""), ((await app.Send(new VerifyAudit())).Intact, (await app.Send(new VerifyAudit())).Said));
        Assert.True(await app.Db<UserManagementDb, bool>(async db => (await db.Database.SqlQueryRaw<string?>("SELECT to_regclass('users.audit_lines_2022_04')::text AS \"Value\"").SingleAsync()) is not null));
        var plan = await app.Db<UserManagementDb, string>(async db => string.Join('\n', await db.Database.SqlQueryRaw<string>("EXPLAIN SELECT * FROM users.audit_lines WHERE at >= '2021-11-15+00' AND at < '2021-11-16+00' ORDER BY at DESC, sequence DESC LIMIT 50").ToListAsync()));
        Assert.Contains("audit_lines_2021_11", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("audit_lines_2022", plan, StringComparison.Ordinal);
    }

    private async Task<PlatformApp> TwoYears(Engine engine)
    {
        var app = await PlatformApp.Start(engine, ("Audit:ArchiveFolder", folder));
        for (var month = 0; month < 4; month++)
        {
            await using var scope = app.Scope(As.Sisp("010301"));
            var db = scope.ServiceProvider.GetRequiredService<NotificationsDb>();
            db.Audit("read", "test.Something", [.. Enumerable.Range(0, 3).Select(_ => Guid.CreateVersion7())]);
            await db.SaveChangesAsync();
            await app.Drain();
            app.Clock.Advance(TimeSpan.FromDays(31));
        }

        return app;
    }

    private static Task<List<string>> PartsOfLines(PlatformApp app) =>
        app.Db<UserManagementDb, List<string>>(db => db.Database.SqlQueryRaw<string>("SELECT DISTINCT c.relname::text AS \"Value\" FROM users.audit_lines l JOIN pg_class c ON c.oid = l.tableoid").ToListAsync());

    private static Task<int> Lines(PlatformApp app) => app.Db<UserManagementDb, int>(db => db.AuditLines.CountAsync());

    private static Task Run(PlatformApp app, string name) => app.Services.GetRequiredService<JobRunner>().Run(name, default);
}
