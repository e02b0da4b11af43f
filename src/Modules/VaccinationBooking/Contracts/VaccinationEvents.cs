using Platform.BuildingBlocks.Messaging;

namespace Platform.VaccinationBooking.Contracts;

/// <summary>Places were booked, together in one commit. What was booked is in the module that tells it.</summary>
public sealed record VaccinationsBooked(Guid[] Bookings) : IEvent;

/// <summary>Booked doses have another place. The new one is in the module that tells it.</summary>
/// <param name="Cause">The operation of a centre or of the region that moved them; null when she asked for it.</param>
public sealed record VaccinationsMoved(Guid[] Bookings, Guid? Cause) : IEvent;

/// <summary>What was still to come of bookings was given up.</summary>
public sealed record VaccinationsCancelled(Guid[] Bookings, Guid? Cause) : IEvent;
