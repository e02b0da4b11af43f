using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.QuickSwabs.Archive;

/// <summary>The public-health office asks to read one person's negative tests back, and says why. Nothing is looked up yet.</summary>
[Requires(QuickSwabsModule.MayAskArchive)]
internal sealed record AskArchive : ICommand<Guid>, IPaced
{
    public Guid Id { get; init; }
    public string? FiscalCode { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<AskArchive>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(c => c.FiscalCode).NotEmpty().WithMessage("Scriva il codice fiscale della persona.").MaximumLength(20).WithMessage("Il codice è troppo lungo.");
            RuleFor(c => c.Reason).NotEmpty().WithMessage("Scriva perché serve.").MaximumLength(ArchiveReading.ReasonLength).WithMessage("Al massimo 300 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, Archivist archivist, ICurrentUser user, TimeProvider clock) : IRequestHandler<AskArchive, Guid>
    {
        public async Task<Guid> Handle(AskArchive request, CancellationToken cancellationToken)
        {
            if (await db.Readings.AnyAsync(r => r.Id == request.Id, cancellationToken))
                return request.Id;
            db.Readings.Add(new()
            {
                Id = request.Id, Finder = archivist.FinderOf(request.FiscalCode!), Reason = request.Reason!.Trim(), AskedBy = user.Id!.Value, AskedByName = user.DisplayName,
                AskedAt = clock.GetUtcNow().UtcDateTime,
            });
            await db.SaveChangesAsync(cancellationToken);
            return request.Id;
        }
    }
}

/// <summary>The privacy officer decides; a leave lasts some days.</summary>
[Requires(QuickSwabsModule.MayAllowArchive)]
internal sealed record DecideArchive(Guid Id, int Version, bool Allow) : ICommand<Unit>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<DecideArchive, Unit>
    {
        public async Task<Unit> Handle(DecideArchive request, CancellationToken cancellationToken)
        {
            var reading = await db.Readings.SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var state = request.Allow ? ReadingState.Allowed : ReadingState.Refused;
            if (reading.State == state && reading.DecidedByName == user.DisplayName)
                return Unit.Value; // The form came twice.
            if (reading.State != ReadingState.Asked || reading.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            if (reading.AskedBy == user.Id)
                throw new Refusal("own-request", "La richiesta è sua: deve decidere un'altra persona.");
            var now = clock.GetUtcNow();
            (reading.State, reading.DecidedAt, reading.DecidedByName) = (state, now.UtcDateTime, user.DisplayName);
            reading.Until = request.Allow ? now.UtcDateTime.AddDays(region.QuickSwabs.Limit(QuickSwabRules.ArchiveReadingDays, region.DayOf(now))) : null;
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>One's own requests to the archive, the newest first.</summary>
[Requires(QuickSwabsModule.MayAskArchive)]
internal sealed record MyReadings : IQuery<IReadOnlyList<ArchiveReading>>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user) : IRequestHandler<MyReadings, IReadOnlyList<ArchiveReading>>
    {
        public async Task<IReadOnlyList<ArchiveReading>> Handle(MyReadings request, CancellationToken cancellationToken) =>
            await db.Readings.AsNoTracking().Where(r => r.AskedBy == user.Id).OrderByDescending(r => r.AskedAt).Take(100).ToListAsync(cancellationToken);
    }
}

/// <summary>All requests to the archive, those to decide first.</summary>
[Requires(QuickSwabsModule.MayAllowArchive)]
internal sealed record AllReadings : IQuery<IReadOnlyList<ArchiveReading>>
{
    internal sealed class Handler(QuickSwabsDb db) : IRequestHandler<AllReadings, IReadOnlyList<ArchiveReading>>
    {
        public async Task<IReadOnlyList<ArchiveReading>> Handle(AllReadings request, CancellationToken cancellationToken) =>
            await db.Readings.AsNoTracking().OrderBy(r => r.State == ReadingState.Asked ? 0 : 1).ThenByDescending(r => r.AskedAt).Take(200).ToListAsync(cancellationToken);
    }
}

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
