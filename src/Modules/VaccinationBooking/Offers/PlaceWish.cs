using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Offers;

internal enum WishKind
{
    /// <summary>"Tell me when a place opens near me."</summary>
    NearMe,

    /// <summary>Comes at once for a dose that would be left over at the end of the day.</summary>
    StandBy,
}

internal enum WishState
{
    Waiting,

    /// <summary>A place is kept for her until the offer expires.</summary>
    Offered,
    Accepted,
    Ended,
}

/// <summary>A person waits for a place. The line is fair and known: priority of her group, then the instant at which she asked; who lets an
/// offer expire goes behind the others, and after <see cref="Chances"/> the wish ends.</summary>
internal sealed class PlaceWish : IOfPatient
{
    public const int Chances = 3;
    public const int OpenKeyLength = 80;

    public required Guid Id { get; init; }
    public required string CampaignCode { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public required Guid GroupId { get; init; }
    public required int Priority { get; init; }
    public required WishKind Kind { get; init; }
    public WishState State { get; set; }

    /// <summary>Campaign, person and kind while it is open: one of each.</summary>
    public string? OpenKey { get; set; }

    /// <summary>Where she looks from, ISTAT.</summary>
    public required string MunicipalityIstat { get; init; }

    /// <summary>Where she stands in line: when she asked, or let an offer expire.</summary>
    public DateTime Since { get; set; }

    public int Expired { get; set; }
    public required string Email { get; init; }
    public required string Language { get; init; }

    public static string OpenKeyOf(string campaign, Guid patient, WishKind kind) => $"{Booking.OpenKeyOf(campaign, patient)}|{kind}";
}

internal enum OfferState
{
    Open,
    Accepted,
    Expired,
    Declined,
}

/// <summary>Places kept for who waits, for a while: a hold of the ledger that only she can turn into a booking.</summary>
internal sealed class PlaceOffer : IOfPatient
{
    /// <summary>To learn of it, think, and answer.</summary>
    public static readonly TimeSpan NearMeFor = TimeSpan.FromHours(4);

    public static readonly TimeSpan StandByFor = TimeSpan.FromMinutes(20);

    /// <summary>Of the hold, and of the booking to be.</summary>
    public required Guid Id { get; init; }

    public required Guid WishId { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public required string CampaignCode { get; init; }
    public required string CentreCode { get; init; }

    /// <summary>With which, and the fiscal code, she answers.</summary>
    public required string Code { get; init; }

    public required Guid FirstSlotId { get; init; }
    public Guid? SecondSlotId { get; init; }
    public required DateTime FirstAt { get; init; }
    public DateTime? SecondAt { get; init; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }
    public OfferState State { get; set; }
}
