using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The laboratory takes back a report it released: what it said holds no longer, and its sample waits again.</summary>
[Requires(RefertiModule.Correct)]
internal sealed record AnnulReport : ICommand<Guid>
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

    internal sealed class Handler(RefertiDb db, IMediator mediator, ICurrentUser user, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<AnnulReport, Guid>
    {
        public async Task<Guid> Handle(AnnulReport request, CancellationToken cancellationToken)
        {
            var report = await db.Reports.Include(r => r.Versions).Within(Report.ScopeOfLab, user, RefertiModule.Correct)
                .SingleOrDefaultAsync(r => r.Id == request.ReportId, cancellationToken) ?? throw Refusal.NotFound();
            if (report.Versions.Any(v => v.Id == request.Id))
                return report.Id; // The form came twice.
            if (report.Version != request.SeenVersion)
                throw Refusal.ChangedMeanwhile();
            var patient = await mediator.Send(new PatientById(report.PatientId), cancellationToken) ?? throw Refusal.NotFound();
            db.Tell(report.Annul(request.Id, patient, new(user.Id, user.DisplayName), request.Reason!.Trim(), clock.GetUtcNow().UtcDateTime));
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
