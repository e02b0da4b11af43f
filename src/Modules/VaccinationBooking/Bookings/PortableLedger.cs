using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>The ledger by the object mapper alone. On SQLite a transaction is the only writer; on a server whose rows it does not lock, the
/// guarded counts and unique keys let one of two rivals fail, and <c>Gathering</c> tries its orders again one by one.</summary>
internal sealed class PortableLedger(VaccinationDb db, CurrentUser user, Region region) : IBookingLedger
{
    public async Task<IReadOnlyList<LedgerAnswer>> Commit(IReadOnlyList<LedgerOrder> orders)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var reckoning = new Reckoning(region, await Read(orders));
        var answers = await reckoning.Decide(orders, Free);

        await db.Holds.Where(h => reckoning.LetGo.Contains(h.Id)).ExecuteDeleteAsync();
        foreach (var (slot, by) in reckoning.Changes)
        {
            var counted = await db.Slots.Where(s => s.Id == slot && s.Taken + by <= s.Capacity && s.Taken + by >= 0)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Taken + by));
            if (counted == 0)
                throw new LedgerRace();
        }

        db.AddRange(reckoning.Held);
        db.AddRange(reckoning.Booked);
        db.TellOf(orders, reckoning, user);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return answers;
    }

    private async Task<LedgerState> Read(IReadOnlyList<LedgerOrder> orders)
    {
        var people = orders.Select(o => o.PatientId).ToArray();
        var holds = await db.Holds.AsNoTracking().Where(h => people.Contains(h.PatientId)).ToListAsync();
        Guid[] places = [.. orders.SelectMany(o => new[] { o.First, o.Second ?? o.First }).Concat(holds.SelectMany(h => new[] { h.FirstSlotId, h.SecondSlotId ?? h.FirstSlotId })).Distinct()];
        return new(
            await db.Slots.Where(s => places.Contains(s.Id))
                .Select(s => new SlotState(s.Id, s.CampaignCode, s.CentreCode, s.VaccineCode, s.Dose, s.StartsAt, s.Capacity, s.Taken, s.Closed)).ToListAsync(),
            await db.Bookings.Where(b => people.Contains(b.PatientId))
                .Select(b => new StandingBooking(b.Id, b.Code, b.CampaignCode, b.PatientId, b.OpenKey != null, b.TicketNumber)).ToListAsync(),
            holds);
    }

    private async Task<IReadOnlyList<SlotState>> Free(IReadOnlyList<SlotDay> days)
    {
        var found = new List<SlotState>();
        foreach (var day in days)
        {
            found.AddRange(await db.Slots
                .Where(s => s.CampaignCode == day.Campaign && s.CentreCode == day.Centre && s.Dose == day.Dose && s.StartsAt >= day.From && s.StartsAt < day.Until
                    && s.VaccineCode == day.Vaccine && s.Taken < s.Capacity && !s.Closed)
                .Select(s => new SlotState(s.Id, s.CampaignCode, s.CentreCode, s.VaccineCode, s.Dose, s.StartsAt, s.Capacity, s.Taken, s.Closed)).ToListAsync());
        }

        return found;
    }
}

/// <summary>Another host was quicker in the middle of the group: its orders are tried again.</summary>
internal sealed class LedgerRace() : Exception("Another transaction took what this group had found.");
