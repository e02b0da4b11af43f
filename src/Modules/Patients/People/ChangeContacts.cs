using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Facts;

namespace Platform.Patients.People;

/// <summary>She moved, or is reached otherwise. The ASL follows the residence, that of the domicile sees her too.</summary>
[Requires(PatientsModule.Register)]
internal sealed record ChangeContacts : ICommand<ContactsChanged>
{
    public Guid Id { get; init; }

    /// <summary>Of the data that were on the screen.</summary>
    public int Version { get; init; }

    public string? Residence { get; init; }
    public string? Domicile { get; init; }
    public string? Address { get; init; }
    public string? Email { get; init; }
    public string? Phone { get; init; }

    internal DeclaredContacts Reach => new(Residence, Address, Email, Phone, Domicile);

    internal sealed class Validator : AbstractValidator<ChangeContacts>
    {
        public Validator(PersonCheck check) =>
            RuleFor(c => c).Custom((form, context) =>
            {
                foreach (var misfit in check.Reach(form.Reach).Wrong)
                    context.AddFailure(misfit.Field, misfit.Reason);
            });
    }

    internal sealed class Handler(PatientsDb db, PersonCheck check, Story story, Region region, ICurrentUser user) : IRequestHandler<ChangeContacts, ContactsChanged>
    {
        public async Task<ContactsChanged> Handle(ChangeContacts request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Register)
                .FirstOrDefaultAsync(p => p.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (patient.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            var before = patient.Summary();
            if (patient.Reach(check.Reach(request.Reach).Contacts!))
            {
                story.TellMoves(before, patient, region);
                db.Tell(new PatientChanged(patient.Summary()));
                await db.SaveChangesAsync(cancellationToken);
            }

            return new(await db.Patients.Within(Patient.Scope, user, PatientsModule.Read).AnyAsync(p => p.Id == request.Id, cancellationToken));
        }
    }
}

/// <param name="StillVisible">False when she now belongs to another ASL.</param>
internal sealed record ContactsChanged(bool StillVisible);
