using Platform.BuildingBlocks.Messaging;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>While a crowd books, receipts and audit wait in the outbox for its end.</summary>
internal sealed class BookingRush(BookingPulse pulse) : IRush
{
    public string Module => VaccinationDb.SchemaName;

    public bool IsOn => pulse.IsRush;
}
