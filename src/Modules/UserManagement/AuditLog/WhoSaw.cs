using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>The audit's lines on a person, for herself: who in which role, not by which name. Who wants the name asks the privacy officer, who
/// weighs it (Garante and Court of Justice, C-579/21: employees are not recipients; their names only where she needs them).</summary>
internal sealed class WhoSaw(UserManagementDb db, ScopeNames names, Texts texts) : IWhoSaw
{
    private const int PageSize = 50;
    private const int LastPage = 200;

    public async Task<SeenPage> Of(Guid patientId, int page, CancellationToken cancellation)
    {
        var ids = await db.IdsOf(patientId, cancellation);
        var own = ids.Select(id => $"{Citizen} {id}").ToList();
        var herself = await db.AuditActors.Where(a => own.Contains(a.Name)).Select(a => a.Id).ToListAsync(cancellation);
        var lines = await db.LineRows.AsNoTracking().OfSubjects(ids).Where(l => !herself.Contains(l.Actor))
            .OrderByDescending(l => l.At).ThenByDescending(l => l.Sequence).Skip((Math.Clamp(page, 1, LastPage) - 1) * PageSize).Take(PageSize + 1)
            .InWords(db).OrderByDescending(l => l.At).ThenByDescending(l => l.Sequence)
            .Select(l => new { l.At, l.Actor, l.ActingAs, l.Action, l.What, l.Why }).ToListAsync(cancellation);
        return new(
            [.. lines.Take(PageSize).Select(l => new Seen(l.At, Who(l.Actor, l.ActingAs), AuditWords.Of(l.Action), AuditWords.KindOf(l.What), l.Why))],
            lines.Count > PageSize);
    }

    /// <summary>As the pages for citizens call who has signed in there.</summary>
    private const string Citizen = "citizen";

    private string Who(string actor, string? actingAs) =>
        actingAs is { Length: > 0 } roles ? AuditWords.RolesOf(roles, names)
        : actor.StartsWith(Citizen + " ", StringComparison.Ordinal) ? texts["Chi la rappresenta"].Value
        : actor == "platform" ? texts["La piattaforma, da sé"].Value
        : texts["Chi aveva il codice per il ritiro"].Value;
}
