using Platform.BuildingBlocks.Messaging;

namespace Platform.VaccinationBooking.Contracts;

/// <summary>Places were booked, together in one commit. What was booked is in the module that tells it.</summary>
public sealed record VaccinationsBooked(Guid[] Bookings) : IEvent;
