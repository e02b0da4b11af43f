namespace Platform.VaccinationBooking.Bookings;

/// <summary>A booked dose wants another place, or both do: the old ones are kept until the new ones are sure.</summary>
/// <param name="Id">Of the change to be; the same order sent again has the same.</param>
/// <param name="To">The new slot of each dose that is moved.</param>
/// <param name="Mixed">The second dose may be of another vaccine than the first that was given.</param>
/// <param name="MovesAtMost">Of the citizen by herself; null for an operator, who is not counted.</param>
/// <param name="By">The citizen who has signed in and acts for her.</param>
internal sealed record MovePlaces(
    Guid Id, Guid Booking, IReadOnlyDictionary<int, Guid> To, int? MovesAtMost = null, string? Address = null, string? Why = null, Guid? Cause = null, bool Mixed = false,
    Guid? By = null);

/// <summary>What is still to come of a booking is given up: its places are free at once.</summary>
/// <param name="KeepMissed">What she has missed stays noted as missed.</param>
/// <param name="By">The citizen who has signed in and acts for her.</param>
internal sealed record LeavePlaces(Guid Id, Guid Booking, string? Address = null, string? Why = null, Guid? Cause = null, bool KeepMissed = false, Guid? By = null);

/// <summary>Another was quicker in the middle of it: it is tried again from what the other has left.</summary>
internal sealed class PlaceRace() : Exception("Another transaction changed what this one had found.");
