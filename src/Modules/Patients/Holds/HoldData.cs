using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.HeldData;
using Platform.Patients.Openings;

namespace Platform.Patients.Holds;

/// <summary>From now on nothing of hers is forgotten, until somebody says otherwise.</summary>
[Requires(PatientsModule.HoldData)]
internal sealed record HoldData : ICommand<Guid>
{
    public Guid Id { get; init; }
    public string? FiscalCode { get; init; }
    public HoldKind? Kind { get; init; }
    public string? Reason { get; init; }
    public DateOnly? Until { get; init; }

    internal sealed class Validator : AbstractValidator<HoldData>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(c => c.Id).NotEmpty();
            RuleFor(c => c.FiscalCode).MustBeWhole();
            RuleFor(c => c.Kind).NotNull().WithMessage("Scelga il tipo di sospensione.");
            RuleFor(c => c.Reason).Must(r => Words.Tidy(r) is { Length: >= 5 and <= RetentionHold.ReasonLength }).WithMessage("Indichi il motivo, ad esempio il numero della causa o il protocollo.");
            RuleFor(c => c.Until).Must(u => u is null || u >= region.DayOf(clock.GetUtcNow())).WithMessage("L'ultimo giorno non può essere passato.");
        }
    }

    internal sealed class Handler(PatientsDb db, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<HoldData, Guid>
    {
        public async Task<Guid> Handle(HoldData request, CancellationToken cancellationToken)
        {
            var patient = await db.OfWholeCode(request.FiscalCode!, cancellationToken)
                ?? throw new Refusal("unknown-code", "Nessuna persona dell'anagrafe ha questo codice fiscale.") { Kind = RefusalKind.Unprocessable };
            db.Holds.Add(new()
            {
                Id = request.Id, PatientId = patient.Id, Kind = request.Kind!.Value, Reason = Words.Tidy(request.Reason)!, At = clock.GetUtcNow().UtcDateTime,
                ByName = user.DisplayName, Until = request.Until,
            });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (Microsoft.EntityFrameworkCore.DbUpdateException twice) when (engine.IsDuplicate(twice))
            {
                // The same form, sent twice.
            }

            return request.Id;
        }
    }
}
