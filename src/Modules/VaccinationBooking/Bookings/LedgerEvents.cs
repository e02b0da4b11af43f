using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>What a group tells, in its own transaction: one event for all its bookings, and the audit's lines.</summary>
internal static class LedgerEvents
{
    public static void TellOf(this VaccinationDb db, IReadOnlyList<LedgerOrder> orders, Reckoning reckoning, CurrentUser user)
    {
        if (reckoning.Booked.Count > 0)
            db.Tell(new VaccinationsBooked([.. reckoning.Booked.Select(b => b.Id)]));
        var done = reckoning.Booked.Select(b => b.Id).Concat(reckoning.Held.Select(h => h.Id)).ToHashSet();
        foreach (var acts in orders.Where(o => done.Contains(o.Id)).GroupBy(o => (o.Who, o.By, o.Address, Booked: o.HoldUntil is null)))
        {
            if (acts.Key.Who is { } who)
                user.Become(who, acts.Key.Address ?? "");
            else
                user.BecomePlatform();
            db.Tell(new PersonDataTouched(
                "write", acts.Key.Booked ? "vaccination.Booking" : "vaccination.Hold", [.. acts.Select(o => o.PatientId).Distinct()], [],
                acts.Key.Who?.DisplayName ?? CitizensTouch.NameOf(acts.Key.By), acts.Key.Address, null));
        }
    }
}
