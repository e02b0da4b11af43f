using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Schools.Contracts;

namespace Platform.Schools.Cases;

/// <summary>The ASL decides on a class: as the rules propose, otherwise, or nothing.</summary>
[Requires(SchoolsModule.MayDecide)]
internal sealed record DecideClass : ICommand<Guid>
{
    private const int Longest = 60;

    /// <summary>Made by the form: sent twice, it is one decision.</summary>
    public Guid Id { get; init; }

    public Guid CaseId { get; init; }

    /// <summary>Of the case as it was looked at.</summary>
    public int Version { get; init; }

    public DecisionOutcome? Outcome { get; init; }

    /// <summary>Of the class, where it is changed.</summary>
    public ClassMeasure? Measure { get; init; }

    public DateOnly? Until { get; init; }
    public string? Reason { get; init; }

    /// <summary>Whose measure is another than proposed; who is not named keeps it.</summary>
    public List<ChangedMeasure> People { get; init; } = [];

    internal sealed class Validator : AbstractValidator<DecideClass>
    {
        public Validator()
        {
            RuleFor(d => d.Id).NotEmpty().WithMessage("Il valore non è valido.");
            RuleFor(d => d.Outcome).NotNull().WithMessage("Scelga se confermare, modificare o rifiutare.").IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(d => d.Measure).IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(d => d.Reason).NotEmpty().When(d => d.Outcome is DecisionOutcome.Changed or DecisionOutcome.Refused).WithMessage("Scriva il motivo.");
            RuleFor(d => d.Reason).MaximumLength(Decision.ReasonLength).WithMessage("Il motivo può avere al più {MaxLength} caratteri.");
            RuleForEach(d => d.People).ChildRules(p => p.RuleFor(c => c.Kind).IsInEnum().WithMessage("Il valore non è valido."));
        }
    }

    internal sealed class Handler(SchoolsDb db, OpenCase cases, CaseProposals proposals, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<DecideClass, Guid>
    {
        public async Task<Guid> Handle(DecideClass request, CancellationToken cancellationToken)
        {
            var of = await cases.Whole().Within(SchoolCase.Scope, user, SchoolsModule.MayDecide).SingleOrDefaultAsync(c => c.Id == request.CaseId, cancellationToken) ?? throw Refusal.NotFound();
            if (of.Decisions.Any(d => d.Id == request.Id))
                return request.Id;
            if (of.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            foreach (var change in request.People.Where(p => p.Exempt is not null))
            {
                foreach (var contact in of.Contacts.Where(c => c.PatientId == change.PatientId))
                    contact.Exempt = change.Exempt!.Value;
            }

            var now = clock.GetUtcNow();
            var today = region.DayOf(now);
            var proposal = await proposals.For(of, today, null, cancellationToken);
            if (proposal is null && request.Outcome == DecisionOutcome.Confirmed)
                throw new Refusal("no-rules", "Nessuna regola vale oggi per questa classe: decida lei, con il motivo.");
            var outcome = request.Outcome!.Value;
            var measure = outcome switch { DecisionOutcome.Refused => ClassMeasure.None, DecisionOutcome.Changed => request.Measure ?? proposal?.Measure ?? ClassMeasure.None, _ => proposal!.Measure };
            var until = outcome switch { DecisionOutcome.Refused => today, DecisionOutcome.Changed => request.Until ?? proposal?.Until ?? today, _ => proposal!.Until };
            if (until < today || until > today.AddDays(Longest) || request.People.Exists(p => p.Until < today || p.Until > today.AddDays(Longest)))
                throw new Refusal("days-impossible", "La misura va da oggi a non più di {0} giorni da oggi.", Longest) { Kind = RefusalKind.Unprocessable };
            var decision = new Decision
            {
                Id = request.Id, CaseId = of.Id, Number = of.Decided + 1, Outcome = outcome, RuleSet = proposal?.Set.Code, Cases = proposal?.Cases ?? of.Positives.Where(p => p.LostAt is null).DistinctBy(p => p.PatientId).Count(),
                Measure = measure, From = today, Until = until, Reason = outcome == DecisionOutcome.Confirmed ? null : request.Reason, DecidedAt = now.UtcDateTime, DecidedById = user.Id, DecidedBy = user.DisplayName,
            };
            if (outcome != DecisionOutcome.Refused)
                Fill(decision, of, proposal, request, now);
            of.Decide(decision);
            db.Tell(new ClassDecided(decision.Id, of.Id, of.ClassId, of.SchoolCode));
            await db.SaveChangesAsync(cancellationToken);
            return decision.Id;
        }

        private static void Fill(Decision decision, SchoolCase of, Proposal? proposal, DecideClass request, DateTimeOffset now)
        {
            var changes = request.Outcome == DecisionOutcome.Changed ? request.People.Where(p => p.Kind is not null).ToLookup(p => p.PatientId) : Enumerable.Empty<ChangedMeasure>().ToLookup(p => p.PatientId);
            var ill = of.Positives.Where(p => p.LostAt is null).Select(p => p.PatientId).ToHashSet();
            foreach (var (contact, i) in of.Contacts.Where(c => !ill.Contains(c.PatientId)).DistinctBy(c => c.PatientId).Select((c, i) => (c, i)))
            {
                var proposed = proposal?.People.FirstOrDefault(p => p.PatientId == contact.PatientId);
                (contact.Protection, contact.ProtectionDay) = (proposed?.Protection ?? Protection.None, decision.From);
                var change = changes[contact.PatientId].FirstOrDefault();
                var kind = change?.Kind ?? proposed?.Kind ?? MeasureKind.None;
                var asProposed = kind == proposed?.Kind;
                // A changed measure wants the tests that the rules want of others with the same.
                var model = asProposed ? proposed : proposal?.People.FirstOrDefault(p => p.Kind == kind);
                var until = change?.Until ?? model?.Until ?? (kind == MeasureKind.None ? null : decision.Until);
                decision.Add(new()
                {
                    Id = Guid.CreateVersion7(now.AddMilliseconds(i)), DecisionId = decision.Id, PatientId = contact.PatientId, Part = contact.Part, Kind = kind, Until = until, Protection = contact.Protection,
                    WithoutTestUntil = change?.Until is null ? model?.WithoutTestUntil : null, Tests = WantedTest.Written(model?.Tests ?? []), Reason = asProposed && change?.Until is null ? null : request.Reason,
                });
            }
        }
    }
}

internal sealed record ChangedMeasure
{
    public Guid PatientId { get; init; }
    public MeasureKind? Kind { get; init; }
    public DateOnly? Until { get; init; }

    /// <summary>Null where nothing is said of it.</summary>
    public bool? Exempt { get; init; }
}

/// <summary>The case is over before its days are.</summary>
[Requires(SchoolsModule.MayDecide)]
internal sealed record EndCase(Guid Id) : ICommand<Unit>
{
    internal sealed class Handler(SchoolsDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<EndCase, Unit>
    {
        public async Task<Unit> Handle(EndCase request, CancellationToken cancellationToken)
        {
            var of = await db.Cases.Within(SchoolCase.Scope, user, SchoolsModule.MayDecide).SingleOrDefaultAsync(c => c.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var now = clock.GetUtcNow().UtcDateTime;
            of.End(now);
            db.Tell(new SchoolCaseEnded(of.Id, of.ClassId, of.SchoolCode, now));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
