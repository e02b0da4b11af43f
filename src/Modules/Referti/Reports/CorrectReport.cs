using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Contracts;
using Platform.Referti.Proposals;

namespace Platform.Referti.Reports;

/// <summary>The laboratory corrects a report it released: a new version, with its reason; the old one stays.</summary>
[Requires(RefertiModule.Correct)]
internal sealed record CorrectReport : ICommand<Written>, IResultForm
{
    public Guid Id { get; init; }
    public Guid ReportId { get; init; }

    /// <summary>Of the row as it was shown.</summary>
    public int SeenVersion { get; init; }

    public ReportResult? Result { get; init; }
    public DateTime? CollectedAt { get; init; }
    public DateTime? ReceivedAt { get; init; }
    public DateTime? ReportedAt { get; init; }
    public string? Details { get; init; }
    public string? Note { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<CorrectReport>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(r => r.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(ReportVersion.ReasonLength).WithMessage("Il motivo è troppo lungo.");
            Include(new ResultFormValidator<CorrectReport>(region, clock));
        }
    }

    internal sealed class Handler(RefertiDb db, Releasing releasing, Region region, TimeProvider clock) : IRequestHandler<CorrectReport, Written>
    {
        public async Task<Written> Handle(CorrectReport request, CancellationToken cancellationToken)
        {
            if (await releasing.Before(request.Id, cancellationToken) is { } twin)
                return twin;
            var report = await releasing.Seen(request.ReportId, request.SeenVersion, cancellationToken);
            var patient = await releasing.PatientOf(report.PatientId, cancellationToken);
            var finding = Releasing.Continue(report, request.AsFinding(request.Id, report.TestType, region));
            var (now, reason) = (clock.GetUtcNow().UtcDateTime, request.Reason!.Trim());
            if (!releasing.WantsTwo(report.LabCode))
            {
                db.Tell(report.Correct(finding, patient, releasing.Me, reason, now));
                return await releasing.Save(request.Id, new(report.Id, false), Refusal.ChangedMeanwhile(), cancellationToken);
            }

            report.CheckStands();
            db.Proposals.Add(ProposedResult.OfReport(report, ProposalAct.Correct, finding, patient, reason, releasing.Me, now));
            return await releasing.Save(request.Id, new(request.Id, true), Releasing.AlreadyProposed(), cancellationToken);
        }
    }
}
