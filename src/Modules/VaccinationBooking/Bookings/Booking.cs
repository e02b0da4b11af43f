using System.Security.Cryptography;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Bookings;

internal enum BookingState
{
    Booked,

    /// <summary>Every dose was given.</summary>
    Completed,
    Cancelled,
}

internal enum BookingChannel
{
    Citizen,
    Operator,

    /// <summary>At the centre itself, without appointment.</summary>
    WalkIn,

    /// <summary>Of a place offered from a list.</summary>
    Offer,
}

internal enum AppointmentState
{
    Booked,
    CheckedIn,
    Done,
    NoShow,
    Cancelled,
}

/// <summary>A person's appointments in a campaign: one dose, or both, at one centre. She has one open booking a campaign: the
/// database itself sees to it (<see cref="OpenKey"/> is unique).</summary>
internal sealed class Booking : IVersioned, IOfPatient
{
    public const int CodeLength = 10;
    public const int OpenKeyLength = 60;
    public const int EmailLength = 254;
    public const int PhoneLength = 30;

    // Without what is mistaken for something else: 0 and O, 1 and I and L, 5 and S, 8 and B, 2 and Z.
    private const string Alphabet = "ACDEFGHJKMNPQRTUVWXY34679";

    /// <summary>Of the client's making: sent again, it is the same booking.</summary>
    public required Guid Id { get; init; }

    /// <summary>With which the citizen finds it again, together with her fiscal code: a random one.</summary>
    public required string Code { get; init; }

    public required string CampaignCode { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public required Guid GroupId { get; init; }
    public required string CentreCode { get; set; }
    public required string VaccineCode { get; set; }
    public BookingState State { get; set; }

    /// <summary>Campaign and person while it is open; null once it is over.</summary>
    public string? OpenKey { get; set; }

    public required BookingChannel Channel { get; init; }

    /// <summary>The number in the waiting room that let her in: it does so once.</summary>
    public long? TicketNumber { get; init; }

    /// <summary>The operator's account, where one booked.</summary>
    public Guid? BookedById { get; init; }

    public required DateTime BookedAt { get; init; }
    public string? Email { get; set; }
    public string? Phone { get; set; }

    /// <summary>In which messages are written: <c>it</c> or <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>How often she has moved it by herself.</summary>
    public int Moves { get; set; }

    public DateTime? EndedAt { get; set; }
    public int Version { get; set; }
    public List<Appointment> Appointments { get; init; } = [];

    public static string OpenKeyOf(string campaign, Guid patient) => $"{campaign}|{patient:N}";

    /// <returns>As <c>K7M3-QWX9-AR</c> is shown, without the dashes: 25^10, some 10^14.</returns>
    public static string NewCode() => RandomNumberGenerator.GetString(Alphabet, CodeLength);

    public static string Shown(string code) => code.Length == CodeLength ? $"{code[..4]}-{code[4..8]}-{code[8..]}" : code;
}

/// <summary>One dose of a booking, at its time.</summary>
internal sealed class Appointment
{
    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }

    /// <summary>1 or 2 within the booking.</summary>
    public required int Dose { get; init; }

    public required Guid SlotId { get; set; }

    /// <summary>UTC.</summary>
    public required DateTime StartsAt { get; set; }

    public AppointmentState State { get; set; }

    /// <summary>That it comes near; null again when it is moved.</summary>
    public DateTime? RemindedAt { get; set; }

    /// <summary>It keeps a place of its slot.</summary>
    public bool HoldsPlace => State is not AppointmentState.Cancelled;
}

/// <summary>Places kept for a person while she confirms, or offered to her from a list: they count as taken until they are booked, let go, or have expired.</summary>
internal sealed class Hold : IOfPatient
{
    public required Guid Id { get; init; }
    public required string CampaignCode { get; init; }
    public required Guid PatientId { get; init; }
    public Guid? PatientOfRow => PatientId;
    public required Guid GroupId { get; init; }
    public required Guid FirstSlotId { get; init; }
    public Guid? SecondSlotId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ExpiresAt { get; init; }

    /// <summary>From a list: it stands beside what she keeps by herself, and choosing other dates does not cost it.</summary>
    public bool Offered { get; init; }
}
