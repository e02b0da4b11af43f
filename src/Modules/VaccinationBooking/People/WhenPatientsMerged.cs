using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Offers;

namespace Platform.VaccinationBooking.People;

/// <summary>Two records were one person's: her bookings, wishes and offers are the survivor's. Of two open bookings in a campaign one stands, that
/// in which she has begun or else the one that comes first; the places of the other are free, and its address is told. Of two
/// wishes the older stands.</summary>
internal sealed class WhenPatientsMerged(VaccinationDb db, PlaceLedger places, TimeProvider clock) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        var (survivor, merged) = (told.Event.Survivor, told.Event.Merged);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await Holds(survivor, merged, now, cancellation);

        // The registry tells the survivor's own data by itself.
        db.RemoveRange(await db.Vaccinees.Where(v => v.PatientId == merged).ToListAsync(cancellation));
        db.RemoveRange(await db.Categories.Where(c => c.PatientId == merged && db.Categories.Any(o => o.PatientId == survivor && o.Category == c.Category)).ToListAsync(cancellation));
        await Bookings(told.Id, survivor, merged, now, cancellation);
        await Wishes(survivor, merged, cancellation);
        await db.FactsOfBoth(merged, survivor, cancellation);
        await db.SaveChangesAsync(cancellation);
        await db.MoveRows(told.Event, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // What she was keeping, an offer's places too, is kept for the survivor, unless that one is keeping such places there already.
    private async Task Holds(Guid survivor, Guid merged, DateTime now, CancellationToken cancellation)
    {
        await db.Holds.Where(h => h.PatientId == merged && !db.Holds.Any(o => o.PatientId == survivor && o.CampaignCode == h.CampaignCode && o.Offered == h.Offered))
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.PatientId, survivor), cancellation);
        var ended = (await db.LetGo(await db.Holds.AsNoTracking().Where(h => h.PatientId == merged).ToListAsync(cancellation), now, cancellation)).ConvertAll(h => h.Id);
        var offers = await db.Offers.Where(o => ended.Contains(o.Id) && o.State == OfferState.Open).ToListAsync(cancellation);
        foreach (var offer in offers)
            offer.State = OfferState.Expired;
        foreach (var wish in await db.Wishes.Where(w => offers.Select(o => o.WishId).Contains(w.Id)).ToListAsync(cancellation))
            wish.State = WishState.Waiting;
    }

    private async Task Bookings(Guid told, Guid survivor, Guid merged, DateTime now, CancellationToken cancellation)
    {
        var open = await db.Bookings.AsNoTracking().Include(b => b.Appointments).Where(b => (b.PatientId == merged || b.PatientId == survivor) && b.OpenKey != null).ToListAsync(cancellation);
        foreach (var campaign in open.GroupBy(b => b.CampaignCode))
        {
            var kept = campaign.OrderBy(b => b.Appointments.Exists(Begun) ? 0 : 1).ThenBy(b => b.Appointments.Where(a => a.State != AppointmentState.Cancelled).Select(a => a.StartsAt).DefaultIfEmpty(DateTime.MaxValue).Min()).ThenBy(b => b.Id).First();
            // Whoever is in a centre at this moment finishes there.
            foreach (var other in campaign.Where(b => b.Id != kept.Id && !b.Appointments.Exists(a => a.State == AppointmentState.CheckedIn)))
                await places.Leave(new LeavePlaces(StableId.Of(told, other.Id.ToString()), other.Id, Why: "merge"), now);
            var key = Booking.OpenKeyOf(kept.CampaignCode, survivor);
            if (kept.PatientId == merged)
                await db.Bookings.Where(b => b.Id == kept.Id && !db.Bookings.Any(o => o.OpenKey == key)).ExecuteUpdateAsync(set => set.SetProperty(b => b.OpenKey, key), cancellation);
        }
    }

    private static bool Begun(Appointment appointment) => appointment.State is AppointmentState.Done or AppointmentState.CheckedIn;

    private async Task Wishes(Guid survivor, Guid merged, CancellationToken cancellation)
    {
        var open = await db.Wishes.Where(w => (w.PatientId == merged || w.PatientId == survivor) && w.OpenKey != null).ToListAsync(cancellation);
        foreach (var same in open.GroupBy(w => (w.CampaignCode, w.Kind)))
        {
            var kept = same.OrderBy(w => w.State == WishState.Offered ? 0 : 1).ThenBy(w => w.Since).First();
            foreach (var other in same.Where(w => w != kept))
                (other.State, other.OpenKey) = (WishState.Ended, null);
            // The key of the other is free before it is taken.
            await db.SaveChangesAsync(cancellation);
            kept.OpenKey = PlaceWish.OpenKeyOf(kept.CampaignCode, survivor, kept.Kind);
        }
    }
}
