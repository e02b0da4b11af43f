using System.Text.Json;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Facts;
using Platform.Patients.People;
using Platform.Patients.Ties;

namespace Platform.Patients.Merges;

/// <summary>Two records turn out to be one person's: one survives and takes over what the other has, in every module; the
/// other's id answers with the survivor from then on.</summary>
[Requires(PatientsModule.Merge)]
internal sealed record MergePeople : ICommand<Guid>
{
    public Guid SurvivorId { get; init; }
    public int SurvivorVersion { get; init; }
    public Guid MergedId { get; init; }
    public int MergedVersion { get; init; }
    public string? Reason { get; init; }

    /// <summary>The two say different things of who she is, and it is known why.</summary>
    public bool SamePerson { get; init; }

    internal sealed class Validator : AbstractValidator<MergePeople>
    {
        public Validator()
        {
            RuleFor(c => c.SurvivorId).NotEqual(c => c.MergedId).WithMessage("Scelga due schede diverse.");
            RuleFor(c => c.Reason).Must(r => Words.Tidy(r) is { Length: <= Merges.Merge.ReasonLength }).WithMessage("Indichi il motivo, in 300 caratteri al massimo.");
        }
    }

    internal sealed class Handler(PatientsDb db, Story story, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<MergePeople, Guid>
    {
        public async Task<Guid> Handle(MergePeople request, CancellationToken cancellationToken)
        {
            // The same form again.
            if (await db.Merges.AnyAsync(m => m.MergedPatientId == request.MergedId && m.PatientId == request.SurvivorId, cancellationToken))
                return request.SurvivorId;
            var survivor = await Open(request.SurvivorId, request.SurvivorVersion, cancellationToken);
            var merged = await Open(request.MergedId, request.MergedVersion, cancellationToken);
            if (!request.SamePerson && Differ(survivor, merged))
                throw new Refusal("not-the-same", "Le due schede hanno codici fiscali, sesso o date di nascita diversi: controlli, e se è davvero la stessa persona lo confermi.");

            var now = clock.GetUtcNow();
            var today = region.DayOf(now);
            await using var whole = await db.Database.BeginTransactionAsync(cancellationToken);
            var ties = await db.Ties.Where(t => t.PatientId == merged.Id || t.ProxyPatientId == merged.Id).ToListAsync(cancellationToken);
            db.Merges.Add(new Merge
            {
                Id = Guid.CreateVersion7(now), PatientId = survivor.Id, MergedPatientId = merged.Id, Reason = Words.Tidy(request.Reason)!,
                At = now.UtcDateTime, ById = user.Id, ByName = user.DisplayName, Before = Picture(merged, survivor, ties),
            });
            merged.MergeInto(survivor, today);
            // The code leaves the one before it comes to the other: it is unique at every moment.
            var (code, keeps) = (survivor.FiscalCode, db.Entry(survivor).Property(p => p.FiscalCode));
            keeps.CurrentValue = keeps.OriginalValue;
            await db.SaveChangesAsync(cancellationToken);
            keeps.CurrentValue = code;

            foreach (var identity in merged.Identities.ToList())
                identity.MoveTo(survivor.Id);
            foreach (var grant in merged.Grants.ToList())
                grant.MoveTo(survivor.Id);
            foreach (var tie in ties)
            {
                if (tie.PatientId == survivor.Id || tie.ProxyPatientId == survivor.Id)
                    tie.EndOn(today);
                else
                    tie.Move(merged.Id, survivor.Id);
            }

            story.Tell(survivor.Id, FactKind.RecordMerged, $"{merged.FamilyName} {merged.GivenName}", Words.Tidy(request.Reason)!);
            db.ChangeTracker.DetectChanges();
            db.Tell(new PatientsMerged(survivor.Id, merged.Id));
            db.Tell(new PatientChanged(survivor.Summary()));
            await db.SaveChangesAsync(cancellationToken);
            await db.Facts.Where(f => f.PatientId == merged.Id).ExecuteUpdateAsync(set => set.SetProperty(f => f.PatientId, survivor.Id), cancellationToken);
            await db.Openings.Where(o => o.PatientId == merged.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.PatientId, survivor.Id), cancellationToken);
            await db.GrantRequests.Where(r => r.PatientId == merged.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.PatientId, survivor.Id), cancellationToken);
            await db.Merges.Where(m => m.PatientId == merged.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.PatientId, survivor.Id), cancellationToken);
            await db.Patients.IgnoreQueryFilters().Where(p => p.MergedInto == merged.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.MergedInto, survivor.Id), cancellationToken);
            await whole.CommitAsync(cancellationToken);
            return survivor.Id;
        }

        private async Task<Patient> Open(Guid id, int version, CancellationToken cancellation)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Merge).Include(p => p.Assignments)
                .FirstOrDefaultAsync(p => p.Id == id, cancellation) ?? throw Refusal.NotFound();
            return patient.Version == version ? patient : throw Refusal.ChangedMeanwhile();
        }

        internal static bool Differ(Patient one, Patient other) =>
            (one.FiscalCode is not null && other.FiscalCode is not null) || one.BirthDate != other.BirthDate || one.Sex != other.Sex;

        // Enough to part them again by hand.
        private static string Picture(Patient merged, Patient survivor, List<Tie> ties) => JsonSerializer.Serialize(new
        {
            Merged = merged.Summary(),
            merged.BirthPlaceCode,
            merged.Address,
            merged.RegisteredAt,
            Doctors = merged.Assignments.Select(a => new { a.Id, a.DoctorCode, a.ValidFrom, a.ValidTo }),
            Identities = merged.Identities.Select(i => new { i.Id, i.Value, i.ValidFrom, i.ValidTo }),
            Grants = merged.Grants.Select(g => g.Id),
            Ties = ties.Select(t => t.Id),
            Survivor = survivor.Summary(),
            SurvivorAddress = survivor.Address,
        }, EventCatalogue.Json);
    }
}
