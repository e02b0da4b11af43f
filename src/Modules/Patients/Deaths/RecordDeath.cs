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

namespace Platform.Patients.Deaths;

/// <summary>She died: her doctor's list ends that day, and nothing new is begun for her in any module.</summary>
[Requires(PatientsModule.Register)]
internal sealed record RecordDeath : ICommand<Unit>
{
    public Guid Id { get; init; }
    public DateOnly? On { get; init; }

    internal sealed class Validator : AbstractValidator<RecordDeath>
    {
        public Validator() => RuleFor(c => c.On).NotNull().WithMessage("Indichi la data del decesso.");
    }

    internal sealed class Handler(PatientsDb db, Story story, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<RecordDeath, Unit>
    {
        public async Task<Unit> Handle(RecordDeath request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Register).Include(p => p.Assignments)
                .FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            patient.Die(request.On!.Value, region.DayOf(clock.GetUtcNow()));
            story.Tell(patient.Id, FactKind.Died, Words.Day(patient.DiedOn!.Value));
            db.Tell(new PatientDied(patient.Summary(), patient.DiedOn.Value));
            db.Tell(new PatientChanged(patient.Summary()));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>It was written down of the wrong person. Her doctor is to be assigned again.</summary>
[Requires(PatientsModule.AssignDoctors)]
internal sealed record WithdrawDeath : ICommand<Unit>
{
    public Guid Id { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<WithdrawDeath>
    {
        public Validator() => RuleFor(c => c.Reason).Must(r => Words.Tidy(r) is { Length: <= 300 }).WithMessage("Indichi il motivo, in 300 caratteri al massimo.");
    }

    internal sealed class Handler(PatientsDb db, Story story, ICurrentUser user) : IRequestHandler<WithdrawDeath, Unit>
    {
        public async Task<Unit> Handle(WithdrawDeath request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.AssignDoctors)
                .FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            patient.LiveAfterAll();
            story.Tell(patient.Id, FactKind.DeathWithdrawn, Words.Tidy(request.Reason)!);
            db.Tell(new PatientChanged(patient.Summary()));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
