using FluentValidation;
using MediatR;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Contracts;

namespace Platform.Referti.Proposals;

/// <summary>Several negatives of samples are released together, after an explicit confirmation. Each is a release of its
/// own: one that cannot be released leaves the others alone.</summary>
[Requires(RefertiModule.Validate)]
internal sealed record ReleaseNegatives : ICommand<ReleasedNegatives>
{
    public const int Most = 100;

    public List<Guid> Ids { get; init; } = [];
    public bool Confirmed { get; init; }

    internal sealed class Validator : AbstractValidator<ReleaseNegatives>
    {
        public Validator()
        {
            RuleFor(r => r.Ids).NotEmpty().WithMessage("Scelga almeno un esito.").Must(ids => ids.Count <= Most).WithMessage("Al massimo cento esiti alla volta.");
            RuleFor(r => r.Confirmed).Equal(true).WithMessage("Confermi di averli riletti uno per uno.");
        }
    }

    internal sealed class Handler(RefertiDb db, SecondReading reading) : IRequestHandler<ReleaseNegatives, ReleasedNegatives>
    {
        public async Task<ReleasedNegatives> Handle(ReleaseNegatives request, CancellationToken cancellationToken)
        {
            var (released, left) = (0, 0);
            foreach (var id in request.Ids.Distinct())
            {
                try
                {
                    var proposal = await reading.Find(id, cancellationToken);
                    if (proposal is not { Act: ProposalAct.Enter, Result: ReportResult.NotDetected })
                        throw new Refusal("not-a-negative", "Insieme si convalidano solo gli esiti negativi.");
                    await reading.Release(proposal, cancellationToken);
                    released++;
                }
                catch (Refusal)
                {
                    // What was prepared for it must not ride along with the next one's save.
                    db.ChangeTracker.Clear();
                    left++;
                }
            }

            return new(released, left);
        }
    }
}

internal sealed record ReleasedNegatives(int Released, int Left);
