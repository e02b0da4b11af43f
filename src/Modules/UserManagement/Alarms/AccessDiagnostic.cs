using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Operations;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.Alarms;

/// <summary>What is unusual in who comes in and who looks at people (OWASP ASVS 8.1.4, 11.1.7): many refused sign-ins, somebody who looks at more
/// people in an hour than a person can care for, many people opened outside a scope. No name: who it was is in the log.</summary>
internal sealed class AccessDiagnostic(UserManagementDb db, Region region, TimeProvider clock) : IDiagnostic
{
    private const string Area = "Accessi insoliti";

    public async Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        int Limit(string what) => region.OperationLimits.Of(what, region.DayOf(now));
        var (quarter, hour) = (now.UtcDateTime.AddMinutes(-15), now.UtcDateTime.AddHours(-1));
        var refused = await db.SignIns.CountAsync(s => s.At >= quarter && !s.Succeeded, cancellation);
        // Of the last hour alone: a piece of the key. People's names and machines' are told apart by who has an account.
        var looked = await db.LineRows.Where(l => l.At >= hour).GroupBy(l => l.Actor).Select(g => new { Actor = g.Key, Lines = g.Count() })
            .Join(db.AuditActors.Where(a => db.Accounts.Any(account => account.Id == a.ActorId)), l => l.Actor, a => a.Id, (l, a) => new { l.Lines })
            .OrderByDescending(l => l.Lines).Select(l => (int?)l.Lines).FirstOrDefaultAsync(cancellation) ?? 0;
        var acts = await db.Set<AuditLog.AuditAct>().Where(a => a.Action == "open").Select(a => (short)a.Id).ToListAsync(cancellation);
        var opened = acts.Count == 0 ? 0 : await db.LineRows.CountAsync(l => l.At >= hour && acts.Contains(l.Act), cancellation);
        return
        [
            new("sign-ins-refused", Area, "{0} accessi respinti negli ultimi 15 minuti", [refused], refused >= Limit(OperationLimits.RefusedSignIns), "/operations"),
            new("looks-of-one", Area, "Chi ha visto più righe di persone nell’ultima ora ne ha viste {0}", [looked], looked >= Limit(OperationLimits.LooksOfOne), "/audit"),
            new("openings", Area, "{0} persone aperte fuori ambito nell’ultima ora", [opened], opened >= Limit(OperationLimits.Openings), "/audit"),
        ];
    }
}
