using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Referti.Contracts;
using Platform.Referti.LabMessages;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <summary>A person says whose the result is and, where the message does not let it be read, the laboratory says what
/// it is. It becomes a report, or a version of one.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record MatchUnmatched : ICommand<Guid>
{
    public Guid Id { get; init; }

    /// <summary>Of the row as it was shown: somebody else may have worked on it.</summary>
    public int SeenVersion { get; init; }

    public Guid? PatientId { get; init; }
    public Guid? RequestId { get; init; }

    /// <summary>Only where the message does not let them be read.</summary>
    public ReportResult? Result { get; init; }

    public TestType? TestType { get; init; }

    /// <summary>What differs between message and registry was seen, and it is the same person.</summary>
    public bool DifferencesSeen { get; init; }

    /// <summary>Not a report by any hand: another message has to come, or it is discarded.</summary>
    private static readonly string[] NeverIssued =
        [WaitingReason.Preliminary, WaitingReason.CannotBeDone, WaitingReason.NothingToAnnul, Hl7.ProblemCodes.NoResult];

    private static readonly string[] LabOnly =
        [WaitingReason.ContradictsIssued, WaitingReason.AnnulledBefore, WaitingReason.DuplicateControlId, WaitingReason.FutureTime];

    public static bool MayIssue(UnmatchedReport item) =>
        item.State == UnmatchedState.Open && !NeverIssued.Contains(item.ReasonCode) && item.ReadingOf() is { IsAnnulment: false, Status: not Hl7.ObservationStatus.Preliminary };

    /// <summary>The content is in doubt, or a released report would change: only the laboratory may say.</summary>
    public static bool NeedsTheLab(UnmatchedReport item, ResultReading reading) =>
        LabOnly.Contains(item.ReasonCode) || reading.Doubt is not null || reading.Result is null || reading.TestType is null;

    internal sealed class Validator : AbstractValidator<MatchUnmatched>
    {
        public Validator()
        {
            RuleFor(m => m.PatientId).NotNull().When(m => m.RequestId is null).WithMessage("Scelga la persona o la richiesta.");
            RuleFor(m => m.Result).IsInEnum();
            RuleFor(m => m.TestType).IsInEnum();
        }
    }

    internal sealed class Handler(RefertiDb db, IMediator mediator, ICurrentUser user, Placing placing, Candidates candidates, Releasing releasing, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<MatchUnmatched, Guid>
    {
        public async Task<Guid> Handle(MatchUnmatched request, CancellationToken cancellationToken)
        {
            var item = await db.Unmatched.Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue)
                .SingleOrDefaultAsync(u => u.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (item is { State: UnmatchedState.Matched, ReportId: { } done } && item.DecidedBy == user.Id)
                return done; // The form came twice.
            if (item.Version != request.SeenVersion)
                throw Refusal.ChangedMeanwhile();
            var reading = item.ReadingOf();
            var byLab = user.ScopesOf(RefertiModule.Enter).Contains(new(ScopeKind.Lab, item.LabCode));
            var (result, type) = Content(request, item, reading, byLab);
            // What a person says of a sample is written where a second one reads it.
            if (NeedsTheLab(item, reading) && releasing.WantsTwo(item.LabCode))
                throw new Refusal("two-people", "In questo laboratorio l'esito si rilascia in due: lo inserisca dal campione, o lo corregga dal referto, poi scarti questo messaggio.");
            var (patient, swab) = await Whose(request, item, reading, cancellationToken);
            if (PersonComparison.Of(reading.Person, patient).Contradicts && !request.DifferencesSeen)
                throw new Refusal("differences-not-seen", "I dati del messaggio e dell'anagrafe sono diversi: confermi di averli confrontati.") { Kind = RefusalKind.Unprocessable };

            var message = await db.Messages.SingleAsync(m => m.Id == item.MessageId, cancellationToken);
            var author = new Author(user.Id, user.DisplayName);
            var outcome = await placing.PlaceWith(message, reading, patient, swab, Placing.FindingOf(message, reading, result, type), author, cancellationToken);
            item.Match(patient.Id, outcome.ReportId!.Value, author, clock.GetUtcNow().UtcDateTime);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException failure) when (engine.IsDuplicate(failure))
            {
                // The page that shows it saves its own audit lines.
                db.ChangeTracker.Clear();
                throw Refusal.ChangedMeanwhile();
            }

            return outcome.ReportId!.Value;
        }

        private static (ReportResult, TestType) Content(MatchUnmatched request, UnmatchedReport item, ResultReading reading, bool byLab)
        {
            if (item.State != UnmatchedState.Open)
                throw new Refusal("already-decided", "Questo messaggio è già stato trattato.");
            if (!MayIssue(item))
                throw new Refusal("never-a-report", "Questo messaggio non può diventare un referto: attende il definitivo, oppure va scartato.");
            if (!NeedsTheLab(item, reading))
                return (reading.Result!.Value, reading.TestType!.Value);
            if (!byLab)
                throw new Refusal("lab-must-say", "L'esito non è certo: lo può dire solo il laboratorio.");
            // A doubt on the content is settled by saying the content, never by passing on what was read in doubt.
            var result = request.Result ?? (reading.Doubt is null ? reading.Result : null)
                ?? throw new ValidationException([new(nameof(Result), "Indichi l'esito.")]);
            var type = request.TestType ?? reading.TestType ?? throw new ValidationException([new(nameof(TestType), "Indichi il tipo di esame.")]);
            return (result, type);
        }

        /// <summary>Only those whom the screen offered: found from the message, or within the operator's own sight.</summary>
        private async Task<(PatientSummary, SwabRequestSummary?)> Whose(MatchUnmatched request, UnmatchedReport item, ResultReading reading, CancellationToken cancellation)
        {
            var offered = await candidates.Of(reading, item.LabCode, null, cancellation);
            if (request.RequestId is { } id)
            {
                var swab = await mediator.Send(new SwabRequestById(id), cancellation) ?? throw Refusal.NotFound();
                var whose = await Person(swab.PatientId, offered, swab.LabCode == item.LabCode && user.ScopesOf("testing.lab").Contains(new(ScopeKind.Lab, item.LabCode)), cancellation);
                if (swab.CollectedAt is null)
                    throw new Refusal("not-collected", "La richiesta non ha un campione prelevato, o è annullata.");
                return (whose, swab);
            }

            return (await Person(request.PatientId!.Value, offered, false, cancellation), null);
        }

        private async Task<PatientSummary> Person(Guid id, IReadOnlyList<Candidate> offered, bool sampleIsHers, CancellationToken cancellation)
        {
            if (offered.FirstOrDefault(c => c.Patient.Id == id) is { } candidate)
                return candidate.Patient;
            if (sampleIsHers)
                return await mediator.Send(new PatientById(id), cancellation) ?? throw Refusal.NotFound();
            return user.May("patients.read") ? (await mediator.Send(new VisiblePatient(id), cancellation)).Patient : throw Refusal.NotFound();
        }
    }
}
