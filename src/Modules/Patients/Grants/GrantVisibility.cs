using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.People;

namespace Platform.Patients.Grants;

/// <summary>The ASL in charge makes a person visible to another, for a reason and for a time. An ASL that sees her only
/// by such a grant cannot grant her on.</summary>
[Requires(PatientsModule.Grant)]
internal sealed record GrantVisibility : ICommand<Unit>
{
    public Guid PatientId { get; init; }

    /// <summary>Made by the form: sent twice, it grants once.</summary>
    public Guid Id { get; init; }

    public string? AslCode { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? Until { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<GrantVisibility>
    {
        public Validator(Region region)
        {
            RuleFor(c => c.Id).NotEmpty().WithMessage("Il modulo è incompleto: ricarichi la pagina.");
            RuleFor(c => c.AslCode).Must(a => region.FindAsl(a ?? "") is not null).WithMessage("Scelga l'ASL.");
            RuleFor(c => c.From).NotNull().WithMessage("Indichi il primo giorno di validità.");
            RuleFor(c => c.Until).NotNull().WithMessage("Indichi l'ultimo giorno di validità.");
            RuleFor(c => c.Reason).Must(r => Words.Tidy(r) is { Length: <= Grants.Grant.ReasonLength }).WithMessage("Indichi il motivo, in 300 caratteri al massimo.");
        }
    }

    internal sealed class Handler(PatientsDb db, Granting granting, ICurrentUser user, Region region) : IRequestHandler<GrantVisibility, Unit>
    {
        public async Task<Unit> Handle(GrantVisibility request, CancellationToken cancellationToken)
        {
            var patient = await db.Patients.Within(Patient.InCharge, user, PatientsModule.Grant)
                .FirstOrDefaultAsync(p => p.Id == request.PatientId, cancellationToken) ?? throw Refusal.NotFound();
            if (patient.Grants.Any(g => g.Id == request.Id))
                return Unit.Value;
            granting.Give(patient, request.Id, region.FindAsl(request.AslCode!)!, request.From!.Value, request.Until!.Value, Words.Tidy(request.Reason)!);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
