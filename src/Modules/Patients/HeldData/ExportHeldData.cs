using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.Patients.Openings;

namespace Platform.Patients.HeldData;

/// <summary>All that the platform holds on a person, as a file to be handed to her who asks for it (Regolamento (UE) 2016/679, artt. 15 and
/// 20). The reason, such as the number of her request, stays in the audit.</summary>
[BuildingBlocks.Security.Requires(PatientsModule.ExportHeld)]
internal sealed record ExportHeldData : ICommand<byte[]>, BuildingBlocks.Security.IAsksProof
{
    public string? FiscalCode { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<ExportHeldData>
    {
        public Validator()
        {
            RuleFor(c => c.FiscalCode).MustBeWhole();
            RuleFor(c => c.Reason).Must(r => Words.Tidy(r) is { Length: >= 5 and <= Opening.ReasonLength }).WithMessage("Indichi il motivo, ad esempio il protocollo della richiesta.");
        }
    }

    internal sealed class Handler(PatientsDb db, HeldOnPerson held, Region region, TimeProvider clock) : IRequestHandler<ExportHeldData, byte[]>
    {
        public async Task<byte[]> Handle(ExportHeldData request, CancellationToken cancellationToken)
        {
            var patient = await db.OfWholeCode(request.FiscalCode!, cancellationToken)
                ?? throw new Refusal("unknown-code", "Nessuna persona dell'anagrafe ha questo codice fiscale.") { Kind = RefusalKind.Unprocessable };
            List<Guid> ids = [patient.Id, .. await db.Patients.IgnoreQueryFilters().Where(p => p.MergedInto == patient.Id).Select(p => p.Id).ToListAsync(cancellationToken)];
            var tables = await held.Of(ids, cancellationToken);
            db.Audit("export", "patients.ExportHeldData", [patient.Id], why: Words.Tidy(request.Reason));
            await db.SaveChangesAsync(cancellationToken);
            return HeldFile.Zip("Dati conservati sulla persona", region.LocalOf(clock.GetUtcNow().UtcDateTime), tables);
        }
    }
}
