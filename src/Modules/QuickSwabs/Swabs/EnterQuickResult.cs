using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>Somebody has read the cassette.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record EnterQuickResult : ICommand<Unit>
{
    public Guid Id { get; init; }
    public QuickSwabResult? Result { get; init; }

    internal sealed class Validator : AbstractValidator<EnterQuickResult>
    {
        public Validator() => RuleFor(c => c.Result).NotNull().WithMessage("Scelga l'esito.").IsInEnum().WithMessage("Scelga l'esito.");
    }

    internal sealed class Handler(QuickSwabsDb db, SwabDesk desk, ICurrentUser user, TimeProvider clock) : IRequestHandler<EnterQuickResult, Unit>
    {
        public async Task<Unit> Handle(EnterQuickResult request, CancellationToken cancellationToken)
        {
            var swab = await db.Swabs.Include(s => s.Versions).Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest)
                .SingleOrDefaultAsync(s => s.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (swab is { State: QuickSwabState.Reported, Told: 1 } && swab.Result == request.Result && swab.Versions[0].ById == user.Id)
                return Unit.Value; // The form came twice.
            await desk.Read(swab, request.Result!.Value, clock.GetUtcNow().UtcDateTime, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
