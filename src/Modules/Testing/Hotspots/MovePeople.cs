using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;

namespace Platform.Testing.Hotspots;

/// <summary>How many were moved, and how many found no other place.</summary>
internal sealed record MovedPeople(int Moved, int WithoutPlace);

/// <summary>Whoever has, or waits for, a place in a closed slot gets the nearest free one, each in a transaction of her own: what
/// is interrupted goes on where it stopped. The most pressing reasons choose first.</summary>
internal sealed class MovePeople(TestingDb db, Region region, TimeProvider clock)
{
    private const int Tries = 10;

    /// <param name="cause">The closure, or the opening that ended: kept with each request, so that the list can be shown.</param>
    public async Task<MovedPeople> From(Guid cause, string hotspot, IReadOnlyCollection<Guid> slots, string why, Act act, CancellationToken cancellation)
    {
        var (moved, without) = (0, 0);
        var notBefore = act.At.AddMinutes(region.Swabs.Limit("notice_minutes", region.DayOf(clock.GetUtcNow())));
        var people = await db.Requests.AsNoTracking()
            .Where(r => r.SlotId != null && slots.Contains(r.SlotId.Value) && (r.State == SwabRequestState.Booked || r.State == SwabRequestState.Proposed))
            .OrderBy(r => r.Priority).ThenBy(r => r.SlotAt).ThenBy(r => r.Id)
            .Select(r => r.Id).ToListAsync(cancellation);
        foreach (var id in people)
        {
            switch (await Move(id, cause, hotspot, slots, why, act, notBefore, cancellation))
            {
                case true:
                    moved++;
                    break;
                case false:
                    without++;
                    break;
            }
        }

        return new(moved, without);
    }

    /// <returns>True moved, false without a place, null when she has no place there any more.</returns>
    private async Task<bool?> Move(
        Guid id, Guid cause, string hotspot, IReadOnlyCollection<Guid> slots, string why, Act act, DateTime notBefore, CancellationToken cancellation)
    {
        for (var again = 1; ; again++)
        {
            db.ChangeTracker.Clear();
            var swab = await db.Requests.Include(r => r.Moves).SingleAsync(r => r.Id == id, cancellation);
            if (swab.SlotId is not { } former || !slots.Contains(former) || swab.State is not (SwabRequestState.Booked or SwabRequestState.Proposed))
                return null;
            var at = swab.SlotAt!.Value;
            var nearest = await db.NearestFree(hotspot, at, notBefore, cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (nearest is null)
            {
                await db.GiveBackPlace(former, cancellation);
                swab.LosePlaceBy(cause, why, act);
            }
            else if (await db.ExchangePlaces(former, nearest.Id, cancellation))
            {
                swab.MovedBy(cause, nearest, why, act);
            }
            else
            {
                continue; // Somebody was quicker: the next one.
            }

            db.Tell(new AppointmentMoved(swab.Id, swab.PatientId, swab.RequestedBy, at, nearest?.HotspotCode, nearest?.StartsAt, ByClosure: true));
            try
            {
                await db.SaveChangesAsync(cancellation);
                await transaction.CommitAsync(cancellation);
                return nearest is not null;
            }
            catch (Refusal refusal) when (refusal.Code == "changed-meanwhile" && again < Tries)
            {
                // She was moved or cancelled by somebody else at this moment: look again.
            }
        }
    }
}
