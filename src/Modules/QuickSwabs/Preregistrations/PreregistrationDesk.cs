using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.QuickSwabs.Collecting;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Preregistrations;

/// <summary>A pre-registration becomes a test: its code fetches the result from then on, and what was said of herself is emptied.</summary>
internal sealed class PreregistrationDesk(QuickSwabsDb db, Region region, TimeProvider clock)
{
    public async Task Use(Guid id, QuickSwab swab, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var found = await db.Preregistrations.SingleOrDefaultAsync(p => p.Id == id && p.SwabId == null && p.ExpiresAt > now.UtcDateTime, cancellation);
        if (found is null)
            return; // Used or gone meanwhile: the test stands on what the desk has typed.
        (found.SwabId, found.PatientId, found.Said) = (swab.Id, swab.PatientId, "{}");
        db.Codes.Add(CollectionCode.Of(swab, found.CodeHash, now, region));
    }
}
