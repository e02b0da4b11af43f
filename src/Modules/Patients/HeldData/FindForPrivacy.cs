using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Openings;

namespace Platform.Patients.HeldData;

/// <summary>The internal code of her who asks who saw her data: by her whole codice fiscale, and nothing else of her.</summary>
[Requires(PatientsModule.ExportHeld)]
internal sealed record FindForPrivacy(string? FiscalCode) : ICommand<Guid>
{
    internal sealed class Validator : AbstractValidator<FindForPrivacy>
    {
        public Validator() => RuleFor(q => q.FiscalCode).MustBeWhole();
    }

    internal sealed class Handler(PatientsDb db) : IRequestHandler<FindForPrivacy, Guid>
    {
        public async Task<Guid> Handle(FindForPrivacy request, CancellationToken cancellationToken)
        {
            var patient = await db.OfWholeCode(request.FiscalCode!, cancellationToken)
                ?? throw new Refusal("unknown-code", "Nessuna persona dell'anagrafe ha questo codice fiscale.") { Kind = RefusalKind.Unprocessable };
            db.Audit("read", "patients.FindForPrivacy", [patient.Id]);
            await db.SaveChangesAsync(cancellationToken);
            return patient.Id;
        }
    }
}
