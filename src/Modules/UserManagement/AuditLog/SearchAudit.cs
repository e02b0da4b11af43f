using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.UserManagement.AuditLog;

/// <summary>Who looked at, or changed, whose data: the newest first. Shows ids and names of acts, no person's data. That somebody's data were
/// looked at says something of her: reading the log leaves lines in the log.</summary>
[Requires(UserManagementModule.ReadAudit)]
internal sealed record SearchAudit(Guid? SubjectId, string? Actor, DateOnly? Day) : ListQuery<AuditRow>, IAsksProof
{
    /// <summary>The file: what is read on the screen leaves its line.</summary>
    bool IAsksProof.AsksProof => Whole;

    // By time, which every index ends with: a day of anybody is then a piece of an index, read in its order.
    private static readonly Orders<LineRow> Order = new Orders<LineRow>(l => l.Sequence).By("at", l => l.At);

    public override string StandingSort => "-at";

    internal sealed class Handler(UserManagementDb db, Region region) : IRequestHandler<SearchAudit, Listing<AuditRow>>
    {
        public async Task<Listing<AuditRow>> Handle(SearchAudit request, CancellationToken cancellationToken)
        {
            var lines = db.LineRows.AsNoTracking();
            IReadOnlyList<IQueryable<LineRow>>? each = null;
            if (request.SubjectId is { } subject)
                lines = lines.OfSubjects(await db.IdsOf(subject, cancellationToken));

            if (request.Day is { } day && day < DateOnly.MaxValue)
            {
                var (from, to) = (region.UtcOf(day, TimeOnly.MinValue), region.UtcOf(day.AddDays(1), TimeOnly.MinValue));
                lines = lines.Where(l => l.At >= from && l.At < to);
            }

            if (request.Actor?.Trim() is { Length: > 0 } who)
            {
                var actors = Guid.TryParse(who, out var id) ? db.AuditActors.Where(a => a.ActorId == id) : db.AuditActors.Where(a => a.Name == who);
                var found = await actors.Select(a => a.Id).ToListAsync(cancellationToken);
                (lines, each) = (lines.OfActors(found), lines.EachOfActors(found));
            }

            return await lines.ListByTime(request, Order, sorted => sorted.InWords(db).Select(l => new AuditRow(
                l.Sequence, l.At, l.ActorId, l.Actor, l.Address, l.Action, l.What, l.Fields, l.Why, l.Subject, l.SubjectId)), cancellationToken, parts: each);
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record AuditRow(
    long Sequence, DateTime At, Guid? ActorId, string Actor, string? Address, string Action, string What, string? Fields, string? Why, AuditSubject Subject, Guid SubjectId) : IOfPatient
{
    public Guid? PatientOfRow => Subject == AuditSubject.Person ? SubjectId : null;
    public Guid? RecordOfRow => Subject == AuditSubject.Account ? null : SubjectId;
}

internal static class Subjects
{
    /// <summary>All the ids that are hers, whichever of them is asked for.</summary>
    public static async Task<List<Guid>> IdsOf(this UserManagementDb db, Guid subject, CancellationToken cancellation)
    {
        var survivor = await db.MergedPatients.Where(m => m.MergedPatientId == subject).Select(m => (Guid?)m.PatientId).FirstOrDefaultAsync(cancellation) ?? subject;
        return [survivor, .. await db.MergedPatients.Where(m => m.PatientId == survivor).Select(m => m.MergedPatientId).ToListAsync(cancellation)];
    }
}
