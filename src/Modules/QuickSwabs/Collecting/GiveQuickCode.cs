using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Collecting;

/// <summary>The desk hands the person the code with which she fetches her result. Each sheet has a code of its own.</summary>
[Requires(QuickSwabsModule.MayTest)]
internal sealed record GiveQuickCode(Guid Id) : ICommand<GivenCode>
{
    internal sealed class Handler(QuickSwabsDb db, ICurrentUser user, Region region, TimeProvider clock) : IRequestHandler<GiveQuickCode, GivenCode>
    {
        public async Task<GivenCode> Handle(GiveQuickCode request, CancellationToken cancellationToken)
        {
            var swab = await db.Swabs.AsNoTracking().Include(s => s.Versions).Within(QuickSwab.Desk, user, QuickSwabsModule.MayTest)
                .SingleOrDefaultAsync(s => s.Id == request.Id && s.PatientId != null, cancellationToken) ?? throw Refusal.NotFound();
            var (code, now) = (CollectionCode.Make(), clock.GetUtcNow());
            db.Codes.Add(CollectionCode.Of(swab, CollectionCodes.HashOf(code), now, region));
            await db.SaveChangesAsync(cancellationToken);
            return new(code, swab);
        }
    }
}

internal sealed record GivenCode(string Code, QuickSwab Swab);
