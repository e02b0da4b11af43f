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

namespace Platform.Patients.Grants;

/// <summary>The ASL in charge takes a person's visibility back, at once.</summary>
[Requires(PatientsModule.Grant)]
internal sealed record RevokeGrant : ICommand<Unit>
{
    public Guid PatientId { get; init; }
    public Guid Id { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<RevokeGrant>
    {
        public Validator() => RuleFor(c => c.Reason).Must(r => Words.Tidy(r) is { Length: <= Grants.Grant.ReasonLength })
            .WithMessage("Indichi il motivo, in 300 caratteri al massimo.");
    }

    internal sealed class Handler(PatientsDb db, Story story, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<RevokeGrant, Unit>
    {
        public async Task<Unit> Handle(RevokeGrant request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Grant)
                .FirstOrDefaultAsync(p => p.Id == request.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            var grant = patient.Grants.FirstOrDefault(g => g.Id == request.Id) ?? throw Refusal.NotFound();
            var held = grant.InForce;
            grant.Revoke(Words.Tidy(request.Reason)!, user.DisplayName, clock.GetUtcNow().UtcDateTime);
            story.Tell(patient.Id, FactKind.GrantRevoked, region.FindAsl(grant.AslCode)?.Name ?? grant.AslCode, grant.RevokedWhy!);
            if (held)
                db.Tell(new PatientChanged(patient.Summary()));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
