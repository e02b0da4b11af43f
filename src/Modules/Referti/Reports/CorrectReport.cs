using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The laboratory corrects a report it released: a new version, with its reason; the old one stays.</summary>
[Requires(RefertiModule.Correct)]
internal sealed record CorrectReport : ICommand<Guid>, IResultForm
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

    internal sealed class Handler(RefertiDb db, IMediator mediator, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<CorrectReport, Guid>
    {
        public async Task<Guid> Handle(CorrectReport request, CancellationToken cancellationToken)
        {
            var report = await db.Reports.Include(r => r.Versions).Within(Report.ScopeOfLab, user, RefertiModule.Correct)
                .SingleOrDefaultAsync(r => r.Id == request.ReportId, cancellationToken) ?? throw Refusal.NotFound();
            if (report.Versions.Any(v => v.Id == request.Id))
                return report.Id; // The form came twice.
            if (report.Version != request.SeenVersion)
                throw Refusal.ChangedMeanwhile();
            var patient = await mediator.Send(new PatientById(report.PatientId), cancellationToken) ?? throw Refusal.NotFound();
            var current = report.Versions.MaxBy(v => v.Number)!;
            var finding = request.AsFinding(request.Id, report.TestType, region) with
            {
                TestCode = current.TestCode,
                SpecimenCode = current.SpecimenCode,
                SpecimenText = current.SpecimenText,
            };
            db.Tell(report.Correct(finding, patient, new(user.Id, user.DisplayName), request.Reason!.Trim(), clock.GetUtcNow().UtcDateTime));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                // Somebody else released this version's number a moment ago, or it was this very form.
                db.ChangeTracker.Clear();
                if (!await db.Versions.AnyAsync(v => v.Id == request.Id && v.ReportId == request.ReportId, cancellationToken))
                    throw Refusal.ChangedMeanwhile();
            }

            return request.ReportId;
        }
    }
}
