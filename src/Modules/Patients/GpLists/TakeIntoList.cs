using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.People;

namespace Platform.Patients.GpLists;

/// <summary>A doctor takes into her own list somebody who has no doctor, and whose data she has before her. Whoever has
/// a doctor already is answered like whoever does not exist: only the ASL moves people between lists.</summary>
[Requires(PatientsModule.Register)]
internal sealed record TakeIntoList : ICommand<Guid>
{
    public string? FiscalCode { get; init; }
    public string? FamilyName { get; init; }
    public DateOnly? BirthDate { get; init; }

    internal sealed class Validator : AbstractValidator<TakeIntoList>
    {
        public Validator()
        {
            RuleFor(c => c.FiscalCode).NotEmpty().WithMessage("Indichi il codice fiscale.");
            RuleFor(c => c.FamilyName).NotEmpty().WithMessage("Indichi il cognome.");
            RuleFor(c => c.BirthDate).NotNull().WithMessage("Indichi la data di nascita.");
        }
    }

    internal sealed class Handler(PatientsDb db, ICurrentUser user, IDatabaseEngine engine, Region region, TimeProvider clock)
        : IRequestHandler<TakeIntoList, Guid>
    {
        public async Task<Guid> Handle(TakeIntoList request, CancellationToken cancellationToken)
        {
            var own = user.ScopesOf(PatientsModule.Register).FirstOrDefault(s => s.Kind == ScopeKind.GpList).Code ?? throw Refusal.Forbidden();
            var code = PeopleSearch.Together(request.FiscalCode!);
            var family = SearchText.Of(request.FamilyName);
            var patient = await db.Patients.Include(p => p.Assignments).FirstOrDefaultAsync(
                p => db.HavingCode(code).Contains(p.Id) && p.FamilySearch == family && p.BirthDate == request.BirthDate!.Value, cancellationToken);
            var today = region.DayOf(clock.GetUtcNow());
            if (patient is null || patient.DiedOn is not null || (patient.GpCode is not null && patient.GpCode != own))
                throw new Refusal("nobody-without-doctor", "Nessuna persona senza medico ha questi dati. Se ha già un medico, il passaggio spetta all'ASL.");
            if (patient.GpCode == own)
                return patient.Id;

            await using var hold = await db.Database.BeginTransactionAsync(cancellationToken);
            var (doctor, onList) = await db.HoldList(own, today, cancellationToken);
            db.GpAssignments.Add(patient.AssignTo(Guid.CreateVersion7(clock.GetUtcNow()), doctor, onList, today, null, today));
            db.Tell(new PatientChanged(patient.Summary()));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                await hold.CommitAsync(cancellationToken);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                // The page that shows it saves its own audit lines.
                await hold.RollbackAsync(cancellationToken);
                db.ChangeTracker.Clear();
                throw Refusal.ChangedMeanwhile();
            }

            return patient.Id;
        }
    }
}
