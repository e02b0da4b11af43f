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

namespace Platform.Patients.GpLists;

/// <summary>The ASL takes a person off her doctor's list after a day: a revocation, a refusal, a departure.</summary>
[Requires(PatientsModule.AssignDoctors)]
internal sealed record EndList : ICommand<Unit>
{
    public Guid PatientId { get; init; }
    public DateOnly? LastDay { get; init; }

    internal sealed class Validator : AbstractValidator<EndList>
    {
        public Validator() => RuleFor(c => c.LastDay).NotNull().WithMessage("Indichi l'ultimo giorno di validità.");
    }

    internal sealed class Handler(PatientsDb db, Story story, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<EndList, Unit>
    {
        public async Task<Unit> Handle(EndList request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.AssignDoctors).Include(p => p.Assignments)
                .FirstOrDefaultAsync(p => p.Id == request.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            var before = patient.GpCode;
            var ended = patient.EndList(request.LastDay!.Value, region.DayOf(clock.GetUtcNow()));
            var doctor = await db.Doctors.FindAsync([ended.DoctorCode], cancellationToken);
            story.Tell(patient.Id, FactKind.ListEnded, $"{doctor!.FamilyName} {doctor.GivenName}", Words.Day(request.LastDay.Value));
            if (patient.GpCode != before)
                db.Tell(new PatientChanged(patient.Summary()));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
