using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Collection;

/// <summary>A doctor, the public-health office, or who takes the swab gives the person a code of her own, for a request or for a
/// report that nobody asked for here. Each time another: only its hash is kept.</summary>
[Requires(RefertiModule.Collect)]
internal sealed record GiveCode : ICommand<GivenCode>, IPaced
{
    public Guid? RequestId { get; init; }
    public Guid? ReportId { get; init; }

    internal sealed class Validator : AbstractValidator<GiveCode>
    {
        public Validator()
        {
            RuleFor(g => g.RequestId).NotNull().When(g => g.ReportId is null).WithMessage("Scelga la richiesta o il referto.");
        }
    }

    internal sealed class Handler(RefertiDb db, IMediator mediator, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<GiveCode, GivenCode>
    {
        public async Task<GivenCode> Handle(GiveCode request, CancellationToken cancellationToken)
        {
            var (patientId, swab) = request.RequestId is { } asked ? await OfRequest(asked, cancellationToken) : await OfReport(request.ReportId!.Value, cancellationToken);
            var patient = await mediator.Send(new PatientById(patientId), cancellationToken) ?? throw Refusal.NotFound();
            var (row, code) = CollectionCode.Make(patient.Id, swab, request.ReportId, "paper", clock.GetUtcNow(), region);
            db.CollectionCodes.Add(row);
            await db.SaveChangesAsync(cancellationToken);
            return new(patient, code);
        }

        /// <summary>Whose person she is, or whose swab it is.</summary>
        private async Task<(Guid, Guid?)> OfRequest(Guid id, CancellationToken cancellation)
        {
            var swab = await mediator.Send(new SwabRequestById(id), cancellation) ?? throw Refusal.NotFound();
            if (!user.ScopesOf(RefertiModule.Collect).Contains(new(ScopeKind.Hotspot, swab.HotspotCode)))
            {
                if (!user.May("patients.read"))
                    throw Refusal.NotFound();
                await mediator.Send(new VisiblePatient(swab.PatientId), cancellation);
            }

            return swab.State == SwabRequestState.Cancelled
                ? throw new Refusal("request-cancelled", "La richiesta è annullata: non avrà un referto.")
                : (swab.PatientId, swab.Id);
        }

        private async Task<(Guid, Guid?)> OfReport(Guid id, CancellationToken cancellation)
        {
            var report = await db.Reports.AsNoTracking().Within(Report.Scope, user, RefertiModule.Collect)
                .SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw Refusal.NotFound();
            return (report.PatientId, report.RequestId);
        }
    }
}

internal sealed record GivenCode(PatientSummary Person, string Code);
