using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Preregistrations;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The sample of a person who is there is on the cassette: from now on the minutes count.</summary>
/// <returns>The test; of a repeated post with the same <see cref="Id"/>, the first one's.</returns>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record StartQuickSwab : QuickSwabOrder, ICommand<Guid>, IPaced
{
    /// <summary>What the person's own square said, if she had registered before.</summary>
    public Guid? Preregistration { get; init; }

    internal sealed class Validator : QuickSwabOrderValidator<StartQuickSwab>
    {
        public Validator() => RuleFor(c => c.PointCode).NotEmpty().WithMessage("Scelga il punto.");
    }

    internal sealed class Handler(QuickSwabsDb db, SwabDesk desk, PreregistrationDesk preregistrations, ICurrentUser user, TimeProvider clock) : IRequestHandler<StartQuickSwab, Guid>
    {
        public Task<Guid> Handle(StartQuickSwab request, CancellationToken cancellationToken) => db.OnceMore(() => Start(request, cancellationToken));

        private async Task<Guid> Start(StartQuickSwab request, CancellationToken cancellation)
        {
            if (await db.Swabs.Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest).AnyAsync(s => s.Id == request.Id, cancellation))
                return request.Id;
            var swab = await desk.Begin(request, clock.GetUtcNow().UtcDateTime, QuickSwabsModule.MayTest, cancellation);
            if (request.Preregistration is { } before)
                await preregistrations.Use(before, swab, cancellation);
            await db.SaveChangesAsync(cancellation);
            return swab.Id;
        }
    }
}
