using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.People;
using Platform.Schools.Register;

namespace Platform.Schools.Cases;

/// <summary>What a rule set says of a class that nobody is in: typed facts, before the set is in force or after.</summary>
[Requires(SchoolsModule.MayTryRules)]
internal sealed record TryRules : ICommand<TryRulesAnswer>
{
    public string? Set { get; init; }
    public SchoolLevel? Level { get; init; }

    /// <summary>Positives, all within the window.</summary>
    public int Cases { get; init; } = 1;

    public DateOnly? LastExposure { get; init; }
    public DateOnly? Day { get; init; }

    internal sealed class Validator : AbstractValidator<TryRules>
    {
        public Validator()
        {
            RuleFor(t => t.Level).NotNull().WithMessage("Scelga l’ordine di scuola.").IsInEnum().WithMessage("Il valore non è valido.");
            RuleFor(t => t.Cases).InclusiveBetween(1, 40).WithMessage("I positivi vanno da 1 a 40.");
            RuleFor(t => t.Day).NotNull().WithMessage("Scriva il giorno.");
            RuleFor(t => t.LastExposure).LessThanOrEqualTo(t => t.Day).WithMessage("Il contatto non può venire dopo la decisione.");
        }
    }

    internal sealed class Handler(Region region) : IRequestHandler<TryRules, TryRulesAnswer>
    {
        public Task<TryRulesAnswer> Handle(TryRules request, CancellationToken cancellationToken)
        {
            var (rules, word, day) = (region.SchoolRules, RuleSet.WordOf(request.Level!.Value), request.Day!.Value);
            var set = request.Set is { Length: > 0 } code ? rules.Find(code, word) ?? throw Refusal.NotFound() : rules.SetOf(word, day);
            var exposed = request.LastExposure ?? day;
            var facts = new ClassFacts(request.Level.Value, day, [.. Enumerable.Repeat(exposed, request.Cases)], []);
            if (set is null || rules.Propose(set, facts) is not { } proposal)
                return Task.FromResult(new TryRulesAnswer(null, []));
            var lines = new[] { false, true }.SelectMany(staff => Enum.GetValues<Protection>().Select(p => new TriedLine(staff ? SchoolPart.Teacher : SchoolPart.Pupil, p, rules.RuleOf(set.Code, word, staff, p, proposal.Cases)!)));
            return Task.FromResult(new TryRulesAnswer(proposal, [.. lines]));
        }
    }
}

[Shows(FieldClass.Work)]
internal sealed record TriedLine(SchoolPart Part, Protection Protection, SchoolRule Rule);

[Shows(FieldClass.Work)]
internal sealed record TryRulesAnswer(Proposal? Proposal, IReadOnlyList<TriedLine> Lines);
