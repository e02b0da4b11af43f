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
using Platform.Testing.Contracts;

namespace Platform.Referti.Reports;

/// <summary>The laboratory releases the result of a sample it holds.</summary>
[Requires(RefertiModule.Enter)]
internal sealed record EnterResult : ICommand<Guid>, IResultForm
{
    /// <summary>Made by the form: sent twice, it is one release.</summary>
    public Guid Id { get; init; }

    public Guid RequestId { get; init; }
    public ReportResult? Result { get; init; }
    public DateTime? CollectedAt { get; init; }
    public DateTime? ReceivedAt { get; init; }
    public DateTime? ReportedAt { get; init; }
    public string? Details { get; init; }
    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<EnterResult>
    {
        public Validator(Region region, TimeProvider clock)
        {
            RuleFor(r => r.Id).NotEmpty().WithMessage("Ricarichi la pagina e riprovi.");
            Include(new ResultFormValidator<EnterResult>(region, clock));
        }
    }

    internal sealed class Handler(RefertiDb db, IMediator mediator, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<EnterResult, Guid>
    {
        public async Task<Guid> Handle(EnterResult request, CancellationToken cancellationToken)
        {
            if (await db.Versions.AsNoTracking().Where(v => v.Id == request.Id && v.AuthorId == user.Id).Select(v => v.ReportId).ToListAsync(cancellationToken)
                is [var released])
            {
                return released; // The form came twice.
            }

            var held = await mediator.Send(new SampleOfLab(request.RequestId), cancellationToken);
            var swab = await mediator.Send(new SwabRequestById(request.RequestId), cancellationToken) ?? throw Refusal.NotFound();
            var patient = await mediator.Send(new PatientById(swab.PatientId), cancellationToken) ?? throw Refusal.NotFound();
            var lab = held.Sample.LabCode;
            var now = clock.GetUtcNow().UtcDateTime;
            var author = new Author(user.Id, user.DisplayName);
            var finding = request.AsFinding(request.Id, swab.TestType, region);
            var key = Report.KeyOf(held.Sample.AccessionNumber, swab.TestType, null);
            var before = await db.Reports.Include(r => r.Versions)
                .Where(r => r.RequestId == swab.Id && r.TestType == swab.TestType || r.LabCode == lab && r.SampleKey == key)
                .OrderBy(r => r.FirstIssuedAt).FirstOrDefaultAsync(cancellationToken);
            Guid id;
            if (before is not null)
            {
                if (before.LabCode != lab)
                    throw new Refusal("already-reported", "Per questo campione c'è già un referto: lo corregga dalla sua pagina.");
                db.Tell(before.IssueAgain(finding, patient, author, now));
                id = before.Id;
            }
            else
            {
                if (held.State is not (SwabRequestState.Collected or SwabRequestState.Sent or SwabRequestState.Received))
                    throw new Refusal("not-awaited", "Questo campione non attende un esito.");
                var (report, told) = Report.Issue(Guid.CreateVersion7(clock.GetUtcNow()), finding, patient, swab, lab, held.Sample.AccessionNumber, null, false, author, now);
                db.Reports.Add(report);
                db.Tell(told);
                id = report.Id;
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                db.ChangeTracker.Clear();
                if (await db.Versions.AsNoTracking().Where(v => v.Id == request.Id && v.AuthorId == user.Id).Select(v => v.ReportId).ToListAsync(cancellationToken)
                    is [var twin])
                {
                    return twin; // The form came twice at once.
                }

                throw new Refusal("already-reported", "Per questo campione c'è già un referto: lo corregga dalla sua pagina.");
            }

            return id;
        }
    }
}
