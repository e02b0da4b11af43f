using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>Who looked at, or changed, whose data: the newest first. Shows ids and names of acts, no person's data. That somebody's data were
/// looked at says something of her: reading the log leaves lines in the log.</summary>
[Requires(UserManagementModule.ReadAudit)]
internal sealed record SearchAudit(Guid? SubjectId, string? Actor, DateOnly? Day) : ListQuery<AuditRow>
{
    private static readonly Orders<AuditLine> Order = new Orders<AuditLine>(l => l.Sequence).By("line", l => l.Sequence);

    public override string StandingSort => "-line";

    internal sealed class Handler(UserManagementDb db, Region region) : IRequestHandler<SearchAudit, Listing<AuditRow>>
    {
        public async Task<Listing<AuditRow>> Handle(SearchAudit request, CancellationToken cancellationToken)
        {
            var lines = db.AuditLines.AsNoTracking();
            if (request.SubjectId is { } subject)
            {
                // All the ids that are hers, whichever of them was asked for.
                var survivor = await db.MergedPatients.Where(m => m.MergedPatientId == subject).Select(m => (Guid?)m.PatientId)
                    .FirstOrDefaultAsync(cancellationToken) ?? subject;
                var ids = await db.MergedPatients.Where(m => m.PatientId == survivor).Select(m => m.MergedPatientId).ToListAsync(cancellationToken);
                ids.Add(survivor);
                lines = lines.Where(l => ids.Contains(l.SubjectId));
            }

            if (Guid.TryParse(request.Actor, out var id))
                lines = lines.Where(l => l.ActorId == id);
            else if (request.Actor?.Trim() is { Length: > 0 } name)
                lines = lines.Where(l => l.Actor == name);
            if (request.Day is { } day && day < DateOnly.MaxValue)
            {
                var (from, to) = (region.UtcOf(day, TimeOnly.MinValue), region.UtcOf(day.AddDays(1), TimeOnly.MinValue));
                lines = lines.Where(l => l.At >= from && l.At < to);
            }

            return await lines.List(request, Order, sorted => sorted.Select(l => new AuditRow(
                l.Sequence, l.At, l.ActorId, l.Actor, l.Address, l.Action, l.What, l.Subject, l.SubjectId)), cancellationToken);
        }
    }
}

internal sealed record AuditRow(
    long Sequence, DateTime At, Guid? ActorId, string Actor, string? Address, string Action, string What, AuditSubject Subject, Guid SubjectId) : IOfPatient
{
    public Guid? PatientOfRow => Subject == AuditSubject.Person ? SubjectId : null;
    public Guid? RecordOfRow => Subject == AuditSubject.Account ? null : SubjectId;
}
