using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Doses;

namespace Platform.VaccinationBooking.People;

/// <summary>Two records were one person's: her bookings are the survivor's. What the record that ends was holding is let go; should both
/// have an open booking in a campaign, both stand until somebody cancels one, for nobody here knows which she means to keep.</summary>
internal sealed class WhenPatientsMerged(VaccinationDb db) : IReaction<PatientsMerged>
{
    public async Task React(Told<PatientsMerged> told, CancellationToken cancellation)
    {
        var (survivor, merged) = (told.Event.Survivor, told.Event.Merged);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        foreach (var hold in await db.Holds.Where(h => h.PatientId == merged).ToListAsync(cancellation))
        {
            foreach (var slot in new[] { hold.FirstSlotId, hold.SecondSlotId }.OfType<Guid>().Order())
                await db.Slots.Where(s => s.Id == slot && s.Taken > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken - 1), cancellation);
            db.Remove(hold);
        }

        // The registry tells the survivor's own data by itself.
        db.RemoveRange(await db.Vaccinees.Where(v => v.PatientId == merged).ToListAsync(cancellation));
        db.RemoveRange(await db.Categories.Where(c => c.PatientId == merged && db.Categories.Any(o => o.PatientId == survivor && o.Category == c.Category)).ToListAsync(cancellation));
        foreach (var booking in await db.Bookings.Where(b => b.PatientId == merged && b.OpenKey != null).ToListAsync(cancellation))
        {
            var key = Booking.OpenKeyOf(booking.CampaignCode, survivor);
            if (!await db.Bookings.AnyAsync(b => b.OpenKey == key, cancellation))
                booking.OpenKey = key;
        }

        await db.FactsOfBoth(merged, survivor, cancellation);
        await db.SaveChangesAsync(cancellation);
        await db.MoveRows(told.Event, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
