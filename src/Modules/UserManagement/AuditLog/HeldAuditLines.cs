using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;

namespace Platform.UserManagement.AuditLog;

/// <summary>Who saw a person's data, among what is held on her.</summary>
internal sealed class HeldAuditLines(UserManagementDb db) : IHeldElsewhere
{
    public async Task<HeldTable> Of(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var lines = await db.LineRows.AsNoTracking().OfSubjects([.. ids]).InWords(db).OrderBy(l => l.Sequence)
            .Select(l => new { l.At, l.Actor, l.ActingAs, l.Action, l.What, l.Why }).ToListAsync(cancellation);
        return new(db.Schema, "audit_lines", [.. lines.Select(l => new Dictionary<string, object?>
        {
            ["at"] = l.At, ["actor"] = l.Actor, ["acting_as"] = l.ActingAs, ["action"] = l.Action, ["what"] = l.What, ["why"] = l.Why,
        })]);
    }
}
