using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Bookings;

/// <summary>A person wants places: to keep them for some minutes, or to book them.</summary>
/// <param name="Id">Of the hold or booking to be; the same order sent again has the same.</param>
/// <param name="HoldUntil">UTC; null books.</param>
/// <param name="Second">Null for a single dose.</param>
/// <param name="Who">The account that acts; null for a citizen.</param>
/// <param name="Address">Network address of who acts, for the audit.</param>
/// <param name="ToBook">What is hers to book; null where nobody has looked: a first course.</param>
/// <param name="By">The citizen who has signed in and acts for her.</param>
/// <param name="SameDay">Where an hour is full meanwhile, the nearest free one of that day, centre and vaccine will do.</param>
internal sealed record LedgerOrder(
    Guid Id, string Campaign, Guid PatientId, Guid GroupId, Guid First, Guid? Second, DateTime At, DateTime? HoldUntil = null,
    BookingChannel Channel = BookingChannel.Citizen, long? Ticket = null, string? Email = null, string? Phone = null, string Language = "it",
    Identity? Who = null, string? Address = null, DosesToBook? ToBook = null, Guid? By = null, bool SameDay = false)
{
    /// <summary>Keeps a place for who stands in a list.</summary>
    public bool Offers => HoldUntil is not null && Channel == BookingChannel.Offer;
}

internal enum LedgerOutcome
{
    /// <summary>Held, or booked; said again to who asks again.</summary>
    Done,

    /// <summary>She has an open booking in this campaign.</summary>
    AlreadyBooked,

    /// <summary>A place is kept for her from a list already: one at a time.</summary>
    AlreadyOffered,

    /// <summary>She has used this number of the waiting room before.</summary>
    TicketUsed,

    /// <summary>No place is left, the slot is closed, or it has begun.</summary>
    SlotGone,

    /// <summary>The two slots do not make a booking: other centre, other vaccine, too near or too far from each other.</summary>
    SlotsDoNotFit,

    /// <summary>Not for her age, not the vaccine that she began with, too early, or not the dose that is due to her.</summary>
    NotForHer,
}

/// <param name="Id">Of the booking or hold that stands.</param>
/// <param name="Code">Of the booking.</param>
/// <param name="Dose">Whose slot is gone.</param>
/// <param name="First">Where she has her place, which may be at another hour than she wanted; null for what was done before.</param>
/// <param name="Second">Null for a single dose.</param>
/// <param name="WholeDay">Where the slot is gone: another hour of its day was looked for, and there is none.</param>
internal sealed record LedgerAnswer(
    LedgerOutcome Outcome, Guid Id, string? Code = null, int? Dose = null, SlotState? First = null, SlotState? Second = null, bool WholeDay = false);

/// <summary>Where places are taken: each group of orders in one transaction, all that is said is kept. What differs between the
/// engines is behind it; what is decided is <see cref="Reckoning"/>'s.</summary>
internal interface IBookingLedger
{
    /// <returns>An answer for each, in their order, after the commit.</returns>
    Task<IReadOnlyList<LedgerAnswer>> Commit(IReadOnlyList<LedgerOrder> orders);
}

/// <summary>A slot as it stands under the transaction's lock.</summary>
internal sealed record SlotState(
    Guid Id, string Campaign, string Centre, string Vaccine, int Dose, DateTime StartsAt, int Capacity, int Taken, bool Closed);

/// <summary>What the transaction found that concerns its orders.</summary>
/// <param name="Bookings">All of its people.</param>
internal sealed record LedgerState(
    IReadOnlyList<SlotState> Slots, IReadOnlyList<StandingBooking> Bookings, IReadOnlyList<Hold> Holds);

/// <summary>Where another hour is looked for.</summary>
/// <param name="From">UTC; not before the order.</param>
/// <param name="Until">UTC; the end of the day.</param>
/// <param name="Near">UTC; what was wanted.</param>
/// <param name="Slots">How many are enough.</param>
internal sealed record SlotDay(string Campaign, string Centre, string Vaccine, int Dose, DateTime From, DateTime Until, DateTime Near, int Slots);

internal sealed record StandingBooking(Guid Id, string Code, string Campaign, Guid PatientId, bool Open, long? Ticket);
