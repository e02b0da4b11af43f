using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>Samples leave the hotspot for their labs, all or none. Those that have left already stay as they are.</summary>
/// <returns>How many left.</returns>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record SendSamples : ICommand<int>
{
    public List<Guid> Ids { get; init; } = [];

    internal sealed class Validator : AbstractValidator<SendSamples>
    {
        public Validator()
        {
            RuleFor(r => r.Ids).NotEmpty().WithMessage("Scelga almeno un campione.")
                .Must(ids => ids.Count <= 500).WithMessage("Al massimo 500 campioni per volta.");
        }
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, TimeProvider clock) : IRequestHandler<SendSamples, int>
    {
        public async Task<int> Handle(SendSamples request, CancellationToken cancellationToken)
        {
            var ids = request.Ids.Distinct().ToList();
            var swabs = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .Where(r => ids.Contains(r.Id)).ToListAsync(cancellationToken);
            if (swabs.Count < ids.Count)
                throw Refusal.NotFound();
            if (swabs.Exists(s => s.AccessionNumber is null))
                throw new Refusal("sample-not-taken", "Uno dei campioni scelti non è ancora stato prelevato.");
            var act = user.Act(clock);
            var leaving = swabs.Where(s => s.State == SwabRequestState.Collected).ToList();
            leaving.ForEach(s => s.Send(act));
            await db.SaveChangesAsync(cancellationToken);
            return leaving.Count;
        }
    }
}
