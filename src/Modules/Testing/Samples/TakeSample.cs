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

/// <summary>The sample was taken at the hotspot: it gets its lab and its accession number.</summary>
/// <returns>The accession number; of a sample taken already, the one it has.</returns>
[Requires(TestingModule.MayTakeSamples)]
internal sealed record TakeSample(Guid Id) : ICommand<SampleTaken>
{
    internal sealed class Handler(TestingDb db, ICurrentUser user, Region region, IDatabaseEngine engine, TimeProvider clock)
        : IRequestHandler<TakeSample, SampleTaken>
    {
        public async Task<SampleTaken> Handle(TakeSample request, CancellationToken cancellationToken)
        {
            var swab = await db.Requests.Include(r => r.Moves).Within(SwabRequest.Scope, user, TestingModule.MayTakeSamples)
                .SingleOrDefaultAsync(r => r.Id == request.Id, cancellationToken) ?? throw Refusal.NotFound();
            if (swab.AccessionNumber is { } known)
                return new(known, Already: true);
            var asl = await db.Hotspots.Where(h => h.Code == swab.HotspotCode).Select(h => h.AslCode).SingleAsync(cancellationToken);
            var lab = await db.LabForSampleOf(asl, cancellationToken)
                ?? throw new Refusal("no-lab", "Nessun laboratorio è configurato per questa regione.");
            var act = user.Act(clock);
            var year = region.LocalOf(act.At).Year;
            await db.OpenCounter(lab.Code, year, engine.IsDuplicate, cancellationToken);

            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var number = AccessionNumber.Make(lab.Prefix, year, await db.NextNumber(lab.Code, year, cancellationToken));
            swab.Collect(lab, number, act);
            db.Tell(new SampleCollected(swab.Id, swab.PatientId, number, lab.Code, act.At));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new(number, Already: false);
        }
    }
}

internal sealed record SampleTaken(string AccessionNumber, bool Already);
