using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Testing.Contracts;
using Platform.Testing.Labs;
using Platform.Testing.Requests;

namespace Platform.Testing.Samples;

/// <summary>The sample was taken, at the hotspot or at home: it gets its lab and its accession number. Another lab than the proposed
/// one is chosen with a reason.</summary>
/// <returns>The accession number; of a sample taken already, the one it has.</returns>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record TakeSample : ICommand<SampleTaken>
{
    public Guid Id { get; init; }

    /// <summary>Null for the proposed one.</summary>
    public string? LabCode { get; init; }

    public string? LabReason { get; init; }

    internal sealed class Validator : AbstractValidator<TakeSample>
    {
        public Validator() => RuleFor(r => r.LabReason).MaximumLength(RequestMove.NoteLength).WithMessage("Al massimo 200 caratteri.");
    }

    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<TakeSample, SampleTaken>
    {
        public Task<SampleTaken> Handle(TakeSample request, CancellationToken cancellationToken) =>
            db.OnceMore(() => Take(request, cancellationToken));

        private async Task<SampleTaken> Take(TakeSample request, CancellationToken cancellationToken)
        {
            var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (swab.AccessionNumber is { } known)
                return new(known, Already: true);
            var asl = await db.Hotspots.Where(h => h.Code == swab.HotspotCode).Select(h => h.AslCode).SingleAsync(cancellationToken);
            var open = await db.LabsForSampleOf(asl, clock.GetUtcNow().UtcDateTime).ToListAsync(cancellationToken);
            if (open.Count == 0)
                throw new Refusal("no-lab", "Nessun laboratorio può ricevere campioni: sono tutti fermi, o non ne è configurato nessuno.");
            var chosen = request.LabCode is { Length: > 0 } code
                ? open.Find(l => l.Code == code) ?? throw new Refusal("lab-stopped", "Il laboratorio scelto è fermo, o non esiste: ne scelga un altro.")
                : open[0];
            if (chosen.Code != open[0].Code && string.IsNullOrWhiteSpace(request.LabReason))
                throw new Refusal("lab-reason-missing", "Scriva perché il campione va a un laboratorio diverso da quello proposto.") { Kind = RefusalKind.Unprocessable };
            var lab = await db.Labs.SingleAsync(l => l.Code == chosen.Code, cancellationToken);
            var act = user.Act(clock);
            var year = region.LocalOf(act.At).Year;
            await db.OpenCounter(lab.Code, year, engine.IsDuplicate, cancellationToken);

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var number = AccessionNumber.Make(lab.Prefix, year, await db.NextNumber(lab.Code, year, cancellationToken));
            swab.Collect(lab, number, act, chosen.Code == open[0].Code ? null : request.LabReason!.Trim());
            db.Tell(new SampleCollected(swab.Id, swab.PatientId, number, lab.Code, act.At));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new(number, Already: false);
        }
    }
}

internal sealed record SampleTaken(string AccessionNumber, bool Already);
