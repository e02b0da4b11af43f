using System.Text.Json;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.QuickSwabs.Archive;

/// <summary>What the archive holds of the person, for who has leave to read it.</summary>
[Requires(QuickSwabsModule.MayAskArchive)]
internal sealed record ReadArchive(Guid Id) : IQuery<ReadArchiveAnswer>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<ReadArchive, ReadArchiveAnswer>
    {
        public async Task<ReadArchiveAnswer> Handle(ReadArchive request, CancellationToken cancellationToken)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var reading = await db.Readings.AsNoTracking().SingleOrDefaultAsync(r => r.Id == request.Id && r.AskedBy == user.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (reading.State != ReadingState.Allowed || reading.Until <= now)
                throw new Refusal("no-leave", "Il responsabile della privacy non ha (o non ha più) permesso questa lettura.") { Kind = RefusalKind.Forbidden };
            var found = await db.Archived.AsNoTracking().Where(a => a.Finder == reading.Finder).OrderByDescending(a => a.CollectedAt).ToListAsync(cancellationToken);
            var ids = found.ConvertAll(f => f.Id);
            var points = await db.Swabs.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.PointCode, cancellationToken);
            return new([.. found.Select(f =>
            {
                var person = JsonSerializer.Deserialize<ArchivedPerson>(f.Person)!;
                return new ArchivedLine(f.Id, person.PatientId, person.FamilyName, person.GivenName, person.FiscalCode, person.BirthDate, f.CollectedAt, points.GetValueOrDefault(f.Id));
            })]);
        }
    }
}

[Shows(FieldClass.Identity, "FamilyName", "GivenName", "FiscalCode", "BirthDate")]
[Shows(FieldClass.Work)]
internal sealed record ArchivedLine(Guid SwabId, Guid PatientId, string FamilyName, string GivenName, string? FiscalCode, DateOnly? BirthDate, DateTime CollectedAt, string? PointCode);

[Shows(FieldClass.Work)]
internal sealed record ReadArchiveAnswer(IReadOnlyList<ArchivedLine> Lines) : IAboutPatients
{
    public IEnumerable<Guid> PatientsShown => Lines.Select(l => l.PatientId).Distinct();
}
