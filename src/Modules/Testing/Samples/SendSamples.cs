using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Testing.Shipments;

namespace Platform.Testing.Samples;

/// <summary>Samples leave for their labs, all or none, in a box for each lab. Those that have left already stay as they are.</summary>
/// <returns>How many left, and their boxes.</returns>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record SendSamples : ICommand<SamplesSent>
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

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock) : IRequestHandler<SendSamples, SamplesSent>
    {
        public Task<SamplesSent> Handle(SendSamples request, CancellationToken cancellationToken) =>
            db.OnceMore(() => Send(request, cancellationToken));

        private async Task<SamplesSent> Send(SendSamples request, CancellationToken cancellationToken)
        {
            var ids = request.Ids.Distinct().ToList();
            var swabs = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .Where(r => ids.Contains(r.Id)).ToListAsync(cancellationToken);
            if (swabs.Count < ids.Count)
                throw Refusal.NotFound();
            if (swabs.Exists(s => s.AccessionNumber is null))
                throw new Refusal("sample-not-taken", "Uno dei campioni scelti non è ancora stato prelevato.");
            var act = user.Act(clock);
            var boxes = swabs.Where(s => s.State == SwabRequestState.Collected).GroupBy(s => (s.HotspotCode, LabCode: s.LabCode!)).ToList();
            var year = region.LocalOf(act.At).Year;
            var codes = boxes.Select(b => b.Key.LabCode).Distinct().ToList();
            var labs = await db.Labs.AsNoTracking().Where(l => codes.Contains(l.Code)).ToDictionaryAsync(l => l.Code, cancellationToken);
            foreach (var code in codes)
                await db.OpenCounter("D:" + code, year, engine.IsDuplicate, cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var shipments = new List<Shipment>();
            foreach (var box in boxes.OrderBy(b => b.Key.LabCode, StringComparer.Ordinal))
            {
                var shipment = new Shipment
                {
                    Id = Guid.CreateVersion7(clock.GetUtcNow()), Number = await db.NextNumber('D', labs[box.Key.LabCode], year, cancellationToken),
                    HotspotCode = box.Key.HotspotCode, LabCode = box.Key.LabCode, Tubes = box.Count(), SentAt = act.At, SentBy = act.ActorName,
                };
                shipments.Add(shipment);
                foreach (var swab in box)
                    swab.Send(shipment.Id, act);
            }

            db.Shipments.AddRange(shipments);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new(shipments.Sum(s => s.Tubes), [.. shipments.Select(s => s.Id)]);
        }
    }
}

/// <param name="Count">Tubes.</param>
internal sealed record SamplesSent(int Count, IReadOnlyList<Guid> Shipments);
