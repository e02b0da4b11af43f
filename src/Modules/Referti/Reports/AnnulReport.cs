using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Proposals;

namespace Platform.Referti.Reports;

/// <summary>The laboratory takes back a report it released: what it said holds no longer, and its sample waits again.</summary>
[Requires(RefertiModule.Correct)]
internal sealed record AnnulReport : ICommand<Written>
{
    public Guid Id { get; init; }
    public Guid ReportId { get; init; }
    public int SeenVersion { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<AnnulReport>
    {
        public Validator()
        {
            RuleFor(r => r.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(ReportVersion.ReasonLength).WithMessage("Il motivo è troppo lungo.");
        }
    }

    internal sealed class Handler(RefertiDb db, Releasing releasing, TimeProvider clock) : IRequestHandler<AnnulReport, Written>
    {
        public async Task<Written> Handle(AnnulReport request, CancellationToken cancellationToken)
        {
            if (await releasing.Before(request.Id, cancellationToken) is { } twin)
                return twin;
            var report = await releasing.Seen(request.ReportId, request.SeenVersion, cancellationToken);
            var patient = await releasing.PatientOf(report.PatientId, cancellationToken);
            var (now, reason) = (clock.GetUtcNow().UtcDateTime, request.Reason!.Trim());
            if (!releasing.WantsTwo(report.LabCode))
            {
                db.Tell(report.Annul(request.Id, patient, releasing.Me, reason, now));
                return await releasing.Save(request.Id, new(report.Id, false), Refusal.ChangedMeanwhile(), cancellationToken);
            }

            report.CheckStands();
            var annulled = report.Versions.MaxBy(v => v.Number)!.AsFinding(request.Id);
            db.Proposals.Add(ProposedResult.OfReport(report, ProposalAct.Annul, annulled, patient, reason, releasing.Me, now));
            return await releasing.Save(request.Id, new(request.Id, true), Releasing.AlreadyProposed(), cancellationToken);
        }
    }
}
