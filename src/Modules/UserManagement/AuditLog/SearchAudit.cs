using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.AuditLog;

/// <summary>Who looked at, or changed, whose data: the newest first. Shows ids and names of acts, no person's data.</summary>
[Requires(UserManagementModule.ReadAudit)]
internal sealed record SearchAudit(Guid? SubjectId, string? Actor, DateOnly? Day, int Page) : IQuery<AuditPageAnswer>
{
    public const int Size = 50;

    internal sealed class Handler(UserManagementDb db, Region region) : IRequestHandler<SearchAudit, AuditPageAnswer>
    {
        public async Task<AuditPageAnswer> Handle(SearchAudit request, CancellationToken cancellationToken)
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

            var page = Math.Clamp(request.Page, 1, 10_000);
            // One more than is shown says whether there are more: counting all lines would cost too much.
            var rows = await lines.OrderByDescending(l => l.Sequence).Skip((page - 1) * Size).Take(Size + 1).ToListAsync(cancellationToken);
            return new([.. rows.Take(Size)], page, rows.Count > Size);
        }
    }
}

/// <summary>That somebody's data were looked at says something of her: reading the log leaves lines in the log.</summary>
internal sealed record AuditPageAnswer(IReadOnlyList<AuditLine> Lines, int Page, bool More) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Of(AuditSubject.Person);
    public IEnumerable<Guid> RecordsShown => Of(AuditSubject.Record);

    private IEnumerable<Guid> Of(AuditSubject subject) => Lines.Where(l => l.Subject == subject).Select(l => l.SubjectId);
}
