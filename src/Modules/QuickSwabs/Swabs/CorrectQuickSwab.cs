using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Contracts;

namespace Platform.QuickSwabs.Swabs;

/// <summary>The result was written down wrongly. The former one stays to be seen.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record CorrectQuickSwab : ICommand<Unit>
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public QuickSwabResult? Result { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<CorrectQuickSwab>
    {
        public Validator()
        {
            RuleFor(c => c.Result).NotNull().WithMessage("Scelga l'esito.").IsInEnum().WithMessage("Scelga l'esito.");
            RuleFor(c => c.Reason).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(SwabVersion.ReasonLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(QuickSwabsDb db, SwabDesk desk, ICurrentUser user) : IRequestHandler<CorrectQuickSwab, Unit>
    {
        public async Task<Unit> Handle(CorrectQuickSwab request, CancellationToken cancellationToken)
        {
            var swab = await db.ToChange(user, request.Id, cancellationToken);
            var reason = request.Reason!.Trim();
            if (swab.Version == request.Version + 1 && swab.Versions[^1] is { Kind: SwabVersionKind.Correction } last && (last.Result, last.Reason, last.ById) == (request.Result, reason, user.Id))
                return Unit.Value; // The form came twice.
            if (swab.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            await desk.Correct(swab, request.Result!.Value, reason, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

/// <summary>The test is void: it was another person's, or never done.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record AnnulQuickSwab : ICommand<Unit>
{
    public Guid Id { get; init; }
    public int Version { get; init; }
    public string? Reason { get; init; }

    internal sealed class Validator : AbstractValidator<AnnulQuickSwab>
    {
        public Validator() =>
            RuleFor(c => c.Reason).NotEmpty().WithMessage("Scriva il motivo.").MaximumLength(SwabVersion.ReasonLength).WithMessage("Al massimo 200 caratteri.");
    }

    internal sealed class Handler(QuickSwabsDb db, SwabDesk desk, ICurrentUser user) : IRequestHandler<AnnulQuickSwab, Unit>
    {
        public async Task<Unit> Handle(AnnulQuickSwab request, CancellationToken cancellationToken)
        {
            var swab = await db.ToChange(user, request.Id, cancellationToken);
            if (swab.State == QuickSwabState.Annulled && swab.Version == request.Version + 1 && swab.Versions[^1].ById == user.Id)
                return Unit.Value; // The form came twice.
            if (swab.Version != request.Version)
                throw Refusal.ChangedMeanwhile();
            var former = swab.Result;
            swab.Annul(request.Reason!.Trim(), desk.Act());
            // Of one without a result nobody has heard.
            if (former is { } heard and not QuickSwabResult.Invalid)
                db.Tell(new QuickSwabAnnulled(swab.Id, swab.Told, swab.PatientId!.Value, heard, desk.Act().At));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        }
    }
}

internal static class Changing
{
    public static async Task<QuickSwab> ToChange(this QuickSwabsDb db, ICurrentUser user, Guid id, CancellationToken cancellation) =>
        await db.Swabs.Include(s => s.Versions.OrderBy(v => v.Number)).Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest)
            .SingleOrDefaultAsync(s => s.Id == id, cancellation) ?? throw Refusal.NotFound();
}
