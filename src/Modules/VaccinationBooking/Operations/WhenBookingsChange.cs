using Platform.BuildingBlocks.Messaging;
using Platform.VaccinationBooking.Contracts;

namespace Platform.VaccinationBooking.Operations;

/// <summary>The receipt goes to who has left an address, many together.</summary>
internal sealed class WhenVaccinationsBooked(VaccinationDb db, BookingMail mail) : IGroupReaction<VaccinationsBooked>
{
    public async Task React(IReadOnlyList<Told<VaccinationsBooked>> told, CancellationToken cancellation)
    {
        await mail.Post([.. told.SelectMany(t => t.Event.Bookings).Select(b => (StableId.Of(b, "receipt"), b))], BookingMailKind.Booked, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenVaccinationsMoved(VaccinationDb db, BookingMail mail) : IGroupReaction<VaccinationsMoved>
{
    public async Task React(IReadOnlyList<Told<VaccinationsMoved>> told, CancellationToken cancellation)
    {
        await mail.Post([.. told.SelectMany(t => t.Event.Bookings.Select(b => (StableId.Of(t.Id, "moved " + b), b)))], BookingMailKind.Moved, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}

internal sealed class WhenVaccinationsCancelled(VaccinationDb db, BookingMail mail) : IGroupReaction<VaccinationsCancelled>
{
    public async Task React(IReadOnlyList<Told<VaccinationsCancelled>> told, CancellationToken cancellation)
    {
        await mail.Post([.. told.SelectMany(t => t.Event.Bookings.Select(b => (StableId.Of(b, "cancelled"), b)))], BookingMailKind.Cancelled, cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
