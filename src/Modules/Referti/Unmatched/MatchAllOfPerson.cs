using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

/// <summary>One decision for all that names the same person in the same words: each result becomes a report of hers, with the sample
/// of its number where that is hers, or her only open one for that test. What only a laboratory can say, and what contradicts,
/// stays.</summary>
[Requires(RefertiModule.WorkQueue)]
internal sealed record MatchAllOfPerson : ICommand<MatchedOfPerson>
{
    /// <summary>The result on the screen.</summary>
    public Guid Id { get; init; }

    public Guid? PatientId { get; init; }
    public bool DifferencesSeen { get; init; }

    internal sealed class Validator : AbstractValidator<MatchAllOfPerson>
    {
        public Validator()
        {
            RuleFor(m => m.PatientId).NotNull().WithMessage("Scelga la persona o la richiesta.");
        }
    }

    internal sealed class Handler(RefertiDb db, IMediator mediator, ICurrentUser user) : IRequestHandler<MatchAllOfPerson, MatchedOfPerson>
    {
        public async Task<MatchedOfPerson> Handle(MatchAllOfPerson request, CancellationToken cancellationToken)
        {
            var item = await db.Unmatched.AsNoTracking().Within(UnmatchedReport.Scope, user, RefertiModule.WorkQueue)
                .SingleOrDefaultAsync(u => u.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            var others = await db.OthersLike(item, user, cancellationToken);
            var (matched, left) = (0, 0);
            foreach (var one in others.Prepend(item).Where(u => u.State == UnmatchedState.Open))
            {
                try
                {
                    await mediator.Send(new MatchUnmatched
                    {
                        Id = one.Id, SeenVersion = one.Version, PatientId = request.PatientId, DifferencesSeen = request.DifferencesSeen,
                        RequestId = await RequestOf(one, request.PatientId!.Value, cancellationToken),
                    }, cancellationToken);
                    matched++;
                }
                catch (Exception refused) when (refused is Refusal or ValidationException)
                {
                    // What was prepared for it must not ride along with the next one's save.
                    db.ChangeTracker.Clear();
                    left++;
                }
            }

            return matched > 0 ? new(matched, left) : throw new Refusal("none-matched", "Nessuno di questi messaggi si può abbinare così: li apra uno per uno.");
        }

        private async Task<Guid?> RequestOf(UnmatchedReport one, Guid patient, CancellationToken cancellation)
        {
            var reading = one.ReadingOf();
            var open = (await mediator.Send(new OpenSwabRequestsOf(patient), cancellation))
                .Where(r => r.CollectedAt is not null && r.TestType == reading.TestType && (r.LabCode is null || r.LabCode == one.LabCode)).ToList();
            var ofNumber = open.Where(r => r.AccessionNumber is { } number && reading.Numbers.Select(Placing.AsPrinted).Contains(number)).ToList();
            return ofNumber.Count == 1 ? ofNumber[0].Id : open.Count == 1 ? open[0].Id : null;
        }
    }
}

internal sealed record MatchedOfPerson(int Matched, int Left);
