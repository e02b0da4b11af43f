using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Requests;

/// <summary>Who asked says what was missing; the request is proposed again.</summary>
[Requires(TestingModule.MayRequest)]
internal sealed record CompleteSwabRequest : ICommand<Unit>
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public string? Reason { get; init; }
    public List<string> Symptoms { get; init; } = [];
    public DateOnly? SymptomsSince { get; init; }
    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<CompleteSwabRequest>
    {
        public Validator()
        {
            RuleFor(r => r.Reason).NotEmpty().WithMessage("Scelga il motivo.");
            RuleFor(r => r.Note).NotEmpty().WithMessage("Scriva quanto è stato chiesto.")
                .MaximumLength(RequestSwab.NoteLength).WithMessage("Al massimo 500 caratteri.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<CompleteSwabRequest, Unit>
    {
        public async Task<Unit> Handle(CompleteSwabRequest request, CancellationToken cancellationToken)
        {
            var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayRequest)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (swab.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            var today = region.DayOf(clock.GetUtcNow());
            var wish = Wish.Of(region.Swabs, today, swab.TestType, request.Reason!, request.Symptoms, request.SymptomsSince, request.Note);
            swab.Complete(wish, today, user.Act(clock));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
