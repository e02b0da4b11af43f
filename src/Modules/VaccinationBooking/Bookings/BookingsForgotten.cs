using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.VaccinationBooking.Offers;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>Bookings of which no dose came, with their appointments, changes and statements; wishes for a place that are at an end, with their offers.
/// What belongs to a dose stays with it, but for the address and the telephone that nobody needs any more.</summary>
internal sealed class BookingsForgotten(VaccinationDb db, Forgetting forgetting) : IForgets
{
    public string What => Retention.VaccinationBookings;

    public async Task<int> Forget(DateTime before, CancellationToken cancellation)
    {
        var held = await forgetting.HeldBack(cancellation);
        await db.Bookings.Where(b => b.EndedAt < before && (b.Email != null || b.Phone != null) && !held.Contains(b.PatientId))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Email, (string?)null).SetProperty(b => b.Phone, (string?)null), cancellation);
        var over = db.Bookings.AsNoTracking()
            .Where(b => b.State == BookingState.Cancelled && b.EndedAt < before && !held.Contains(b.PatientId) && !db.Arrivals.Any(a => a.BookingId == b.Id))
            .OrderBy(b => b.EndedAt).ThenBy(b => b.Id).Select(b => new Forgotten(b.Id, b.PatientId));
        var gone = await forgetting.InBatches(db, What, over, async ids =>
        {
            await db.ConsentStatements.Where(c => ids.Contains(c.BookingId)).ExecuteDeleteAsync(cancellation);
            await db.BookingChanges.Where(c => ids.Contains(c.BookingId)).ExecuteDeleteAsync(cancellation);
            await db.Appointments.Where(a => ids.Contains(a.BookingId)).ExecuteDeleteAsync(cancellation);
            await db.Bookings.Where(b => ids.Contains(b.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
        var wishes = db.Wishes.AsNoTracking().Where(w => (w.State == WishState.Ended || w.State == WishState.Accepted) && w.Since < before && !held.Contains(w.PatientId))
            .OrderBy(w => w.Since).ThenBy(w => w.Id).Select(w => new Forgotten(w.Id, w.PatientId));
        return gone + await forgetting.InBatches(db, What, wishes, async ids =>
        {
            await db.Offers.Where(o => ids.Contains(o.WishId)).ExecuteDeleteAsync(cancellation);
            await db.Wishes.Where(w => ids.Contains(w.Id)).ExecuteDeleteAsync(cancellation);
        }, cancellation);
    }
}
