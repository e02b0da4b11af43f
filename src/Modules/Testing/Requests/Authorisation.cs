using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;

namespace Platform.Testing.Requests;

/// <summary>The public-health office decides on what was proposed to it.</summary>
internal static class Authorisation
{
    /// <summary>The reason's data name the roles that may only propose; who is also of the public-health office decides herself.</summary>
    public static bool IsNeeded(SwabReason reason, ICurrentUser user) =>
        user.Assignments.Any(a => reason.ProposedBy.Contains(a.Role)) && user.Assignments.All(a => a.Role != Role.Sisp);

    /// <summary>The proposal to decide on, with its history.</summary>
    /// <exception cref="Refusal"><c>not-found</c>, <c>changed-meanwhile</c>.</exception>
    public static async Task<SwabRequest> ToDecide(this TestingDb db, ICurrentUser user, Guid id, int version, CancellationToken cancellation)
    {
        var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayAuthorise)
            .SingleOrDefaultAsync(r => r.Id == id, cancellation) ?? throw Refusal.NotFound();
        return swab.Version == version ? swab : throw Refusal.ChangedMeanwhile();
    }
}

/// <summary>Authorises a proposal: with the place that was kept for it, if its time has not passed.</summary>
[Requires(TestingModule.MayAuthorise)]
internal sealed record AuthoriseSwab : ICommand<SwabRequestState>
{
    public Guid Id { get; init; }
    public int Version { get; init; }

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<AuthoriseSwab, SwabRequestState>
    {
        public async Task<SwabRequestState> Handle(AuthoriseSwab request, CancellationToken cancellationToken)
        {
            var swab = await db.ToDecide(user, request.Id, request.Version, cancellationToken);
            var act = user.Act(clock);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var held = await db.Slots.AsNoTracking().SingleOrDefaultAsync(s => s.Id == swab.SlotId, cancellationToken);
            if (held is not null && (held.Closed || held.StartsAt <= act.At))
            {
                await db.GiveBackPlace(held.Id, cancellationToken);
                held = null;
            }

            swab.Authorise(held, act);
            if (held is not null)
                db.Tell(new SwabRequested(swab.Id, swab.PatientId, swab.TestType, swab.HotspotCode, held.StartsAt, swab.RequestedBy));
            db.Tell(new SwabDecided(swab.Id, swab.PatientId, swab.RequestedBy, swab.State, act.At));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return swab.State;
        }
    }
}

/// <summary>Refuses a proposal, or sends it back for what is missing; a place that was kept is free again.</summary>
[Requires(TestingModule.MayAuthorise)]
internal sealed record DeclineSwab : ICommand<Unit>
{
    public Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>What is missing, or why not.</summary>
    public string? Why { get; init; }

    /// <summary>More information is needed; otherwise it is refused.</summary>
    public bool ToComplete { get; init; }

    internal sealed class Validator : AbstractValidator<DeclineSwab>
    {
        public Validator()
        {
            RuleFor(r => r.Why).NotEmpty().WithMessage("Scriva che cosa manca, o perché non si autorizza.")
                .MaximumLength(RequestMove.NoteLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<DeclineSwab, Unit>
    {
        public async Task<Unit> Handle(DeclineSwab request, CancellationToken cancellationToken)
        {
            var swab = await db.ToDecide(user, request.Id, request.Version, cancellationToken);
            var act = user.Act(clock);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            if (swab.SlotId is { } slot)
                await db.GiveBackPlace(slot, cancellationToken);
            if (request.ToComplete)
                swab.AskMore(request.Why!.Trim(), act);
            else
                swab.Refuse(request.Why!.Trim(), act);
            db.Tell(new SwabDecided(swab.Id, swab.PatientId, swab.RequestedBy, swab.State, act.At));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Unit.Value;
        }
    }
}
