using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>No sample at the hotspot or at the visit, and why: whoever asked finds it among what is to be repeated.</summary>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record NoSample : ICommand<Unit>
{
    public Guid Id { get; init; }
    public Failure? Why { get; init; }
    public string? Note { get; init; }

    internal sealed class Validator : AbstractValidator<NoSample>
    {
        public Validator()
        {
            RuleFor(r => r.Why).Must(w => w is { } why && why.IsBeforeSample()).WithMessage("Scelga perché non c'è il campione.");
            RuleFor(r => r.Note).MaximumLength(RequestMove.NoteLength).WithMessage("Al massimo 200 caratteri.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<NoSample, Unit>
    {
        public Task<Unit> Handle(NoSample request, CancellationToken cancellationToken) => db.OnceMore(async () =>
        {
            var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (swab.State == SwabRequestState.Failed && swab.Failure == request.Why)
                return Unit.Value; // The form came twice.
            var act = user.Act(clock);
            swab.NoSample(request.Why!.Value, request.Note?.Trim(), act);
            db.Tell(new SampleFailed(swab.Id, swab.PatientId, swab.RequestedBy, swab.Failure!.Value.ToString(), act.At));
            await db.SaveChangesAsync(cancellationToken);
            return Unit.Value;
        });
    }
}
