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

/// <summary>The ASL puts a person on a doctor's list, from a day on; the list she was on ends the day before.</summary>
[Requires(PatientsModule.AssignDoctors)]
internal sealed record AssignDoctor : ICommand<Unit>
{
    public Guid PatientId { get; init; }

    /// <summary>Made by the form: sent twice, it assigns once.</summary>
    public Guid Id { get; init; }

    public string? DoctorCode { get; init; }

    /// <summary>First day.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; null for as long as nothing else is said.</summary>
    public DateOnly? Until { get; init; }

    internal sealed class Validator : AbstractValidator<AssignDoctor>
    {
        public Validator()
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c.DoctorCode).NotEmpty().WithMessage("Scelga un medico.");
            RuleFor(c => c.From).NotNull().WithMessage("Indichi il primo giorno di validità.");
            RuleFor(c => c.Until).Must((c, until) => until is null || c.From is null || until >= c.From)
                .WithMessage("La validità non può finire prima di cominciare.");
        }
    }

    internal sealed class Handler(PatientsDb db, ICurrentUser user, IDatabaseEngine engine, Region region, TimeProvider clock)
        : IRequestHandler<AssignDoctor, Unit>
    {
        public async Task<Unit> Handle(AssignDoctor request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.AssignDoctors).Include(p => p.Assignments)
                .FirstOrDefaultAsync(p => p.Id == request.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            if (patient.Assignments.Any(a => a.Id == request.Id))
                return Unit.Value;
            var today = region.DayOf(clock.GetUtcNow());
            var doctorBefore = patient.GpCode;
            await using var hold = await db.Database.BeginTransactionAsync(cancellationToken);
            var (doctor, onList) = await db.HoldList(request.DoctorCode!, request.From!.Value, cancellationToken);
            doctor.CheckWithin(user, PatientsModule.AssignDoctors);
            db.GpAssignments.Add(patient.AssignTo(request.Id, doctor, onList, request.From!.Value, request.Until, today));
            if (patient.GpCode != doctorBefore)
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

            return Unit.Value;
        }
    }
}
