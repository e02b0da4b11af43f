using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Defence;
using Platform.VaccinationBooking.Offers;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking;

/// <summary>What the description of the API shows: one citizen's way, with invented data. A test sends it and compares the answers.</summary>
internal static class Examples
{
    public static readonly (string, string) Campaign = ("campaign", "covid-60");
    public static readonly (string, string) Centre = ("centre", "CV-010301-1");

    private const string FiscalCode = "RSSMRA41A01L219K";
    private const string Code = "9MCC-CVPN-TX";
    private const string Sealed = "CfDJ8Kq3…";

    private static readonly Guid First = new("019a5c3e-7d10-7c2a-9b1e-5a0f6c4d2b11");
    private static readonly Guid Second = new("019a5c3e-7d10-7c2a-9b1e-5a0f6c4d2b12");
    private static readonly Guid Id = new("019a5c40-11aa-7f35-8c66-1f2e3d4c5b6a");
    private static readonly DateTime Now = new(2021, 3, 27, 8, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime FirstAt = new(2021, 4, 8, 7, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime SecondAt = FirstAt.AddDays(35);

    public static readonly ChallengeAnswer Challenge = new(true, "k7w2mq4xcn3b." + Sealed, 15, "Quanto fa tre più quattro?");
    public static readonly TicketBody TakeNumber = new(FiscalCode, new Proof { Challenge = Challenge.Challenge, Work = "48213" });
    public static readonly TicketAnswer Ticket = new(Sealed, 1532);
    public static readonly TicketSaid TicketSaid = new(Sealed);
    public static readonly TicketStatusAnswer TicketStatus = new(WaitingRoomState.Open, 1532, 412, 18, false, Now.AddMinutes(-10));
    public static readonly RoomStatusAnswer Room = new(WaitingRoomState.Open, Now.AddMinutes(-10), 1120, 23.4, 48210, Now);
    public static readonly EntitlementBody AskEntitlement = new(FiscalCode, "8038000123456", Sealed, ["caregiver"], null);
    public static readonly EntitlementAnswer Entitlement = new(EntitlementState.Entitled, "Dai 60 anni", null, "Mario", "001272", 2, Sealed, DoseKind.First, 1, null, null);
    public static readonly CentresAnswer Centres = new(Now, 5, "Torino", false,
        [new(new("CV-010301-1", "Hub vaccinale Torino Nord", CentreKind.Hub, "001272", "10121", "Corso Salute 1", 45.07, 7.68, "010301", FirstAt, 118), "Torino", 1.2)]);

    public static readonly AvailabilityAnswer Availability = new(Now, 2, [new(First, "CV-010301-1", "comirnaty", 1, FirstAt, 6)]);
    public static readonly BookingBody Book = new(Sealed, First, Second, "mario@example.org", "333 1234567", "it", SameDay: true);
    public static readonly BookedAnswer Booked = new(Id, Code.Replace("-", "", StringComparison.Ordinal), FirstAt, SecondAt);
    public static readonly ProofBody Find = new(Code, FiscalCode);
    public static readonly FoundBooking Found = Booking(FirstAt, SecondAt, BookingState.Booked, AppointmentState.Booked, 3);
    public static readonly MoveBody Move = new(Code, FiscalCode, 1, First, null);
    public static readonly FoundBooking Moved = Booking(FirstAt.AddDays(1), SecondAt, BookingState.Booked, AppointmentState.Booked, 2);
    public static readonly FoundBooking Cancelled = Booking(FirstAt, SecondAt, BookingState.Cancelled, AppointmentState.Cancelled, 3);
    public static readonly ContactsBody Contacts = new(Code, FiscalCode, "mario@example.org", "333 7654321");
    public static readonly WishBody Wish = new(null, "covid-60", FiscalCode, "8038000123456", false, "Torino", "mario@example.org", "it");
    public static readonly WishAnswer OnTheList = new(WishState.Waiting, "Torino", 12);
    public static readonly ProofBody OpenOffer = new("K3QW-8ZTA-MP", FiscalCode);
    public static readonly OfferSheet Offer = new(OfferState.Open, "Hub vaccinale Torino Nord", "Corso Salute 1", "10121", "001272", "comirnaty", FirstAt, SecondAt, Now.AddHours(4));
    public static readonly AnswerBody AnswerOffer = new("K3QW-8ZTA-MP", FiscalCode, true);
    public static readonly OfferAnswer OfferTaken = new(OfferState.Accepted, Code, "CV-010301-1", FirstAt, SecondAt);

    private static FoundBooking Booking(DateTime first, DateTime second, BookingState state, AppointmentState doses, int movesLeft) => new(
        Id, Code, state, "covid-60", "Anti COVID-19", "Mario", "CV-010301-1", "Hub vaccinale Torino Nord", "Corso Salute 1", "10121", "001272", "comirnaty",
        [new(1, First, first, doses, state == BookingState.Booked), new(2, Second, second, doses, state == BookingState.Booked)],
        "mario@example.org", "333 1234567", "it", movesLeft, Sealed);
}
