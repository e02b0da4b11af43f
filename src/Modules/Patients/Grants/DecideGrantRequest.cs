using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Facts;
using Platform.Patients.People;

namespace Platform.Patients.Grants;

/// <summary>The ASL in charge of a person says yes or no to another that asks to see her; of a no it says why.</summary>
[Requires(PatientsModule.Grant)]
internal sealed record DecideGrantRequest : ICommand<Unit>
{
    public Guid Id { get; init; }
    public bool Give { get; init; }
    public string? Why { get; init; }

    internal sealed class Validator : AbstractValidator<DecideGrantRequest>
    {
        public Validator() => RuleFor(c => c.Why).Must(r => Words.Tidy(r) is { Length: <= Grants.Grant.ReasonLength }).When(c => !c.Give)
            .WithMessage("Indichi il motivo, in 300 caratteri al massimo.");
    }

    internal sealed class Handler(PatientsDb db, Granting granting, Story story, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<DecideGrantRequest, Unit>
    {
        public async Task<Unit> Handle(DecideGrantRequest request, CancellationToken cancellationToken)
        {
            var asked = await db.GrantRequests.FirstOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Grant)
                .FirstOrDefaultAsync(p => p.Id == asked.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            var now = clock.GetUtcNow();
            var (today, asl) = (region.DayOf(now), region.FindAsl(asked.AslCode)!);
            if (request.Give)
            {
                // Its key is the request's: said twice, it is one.
                asked.Give(asked.Id, user.DisplayName, now.UtcDateTime);
                granting.Give(patient, asked.Id, asl, asked.ValidFrom > today ? asked.ValidFrom : today, asked.ValidTo, asked.Reason);
            }
            else
            {
                asked.Refuse(Words.Tidy(request.Why)!, user.DisplayName, now.UtcDateTime);
                story.Tell(patient.Id, FactKind.GrantRefused, asl.Name, asked.Why!);
            }

            db.Tell(new GrantDecided(asked.Id, patient.Id, region.FindAsl(patient.AslCode)?.Name ?? patient.AslCode, asked.AslCode, request.Give));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>Who asked needs it no more.</summary>
[Requires(PatientsModule.Grant)]
internal sealed record WithdrawGrantRequest(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(PatientsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<WithdrawGrantRequest, Unit>
    {
        public async Task<Unit> Handle(WithdrawGrantRequest request, CancellationToken cancellationToken)
        {
            var own = user.ScopesOf(PatientsModule.Grant).Where(s => s.Kind == ScopeKind.Asl).Select(s => s.Code).ToList();
            var asked = await db.GrantRequests.FirstOrDefaultAsync(r => r.Id == request.Id && own.Contains(r.AslCode), cancellationToken) ?? throw Refusal.NotFound();
            asked.Withdraw(user.DisplayName, clock.GetUtcNow().UtcDateTime);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
