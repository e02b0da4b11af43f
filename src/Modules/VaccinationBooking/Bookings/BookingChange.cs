namespace Platform.VaccinationBooking.Bookings;

internal enum BookingChangeKind
{
    Moved,
    Cancelled,

    /// <summary>E-mail or telephone: what they were is not kept.</summary>
    Contacts,
}

/// <summary>What happened to a booking after it was made. Its id is of the asker's making: sent again, it is the same change.</summary>
internal sealed class BookingChange
{
    public const int WhyLength = 200;
    public const int ByLength = 120;

    public required Guid Id { get; init; }
    public required Guid BookingId { get; init; }
    public required BookingChangeKind Kind { get; init; }

    /// <summary>That was moved or given up; null where it is about the whole booking.</summary>
    public int? Dose { get; init; }

    public Guid? FromSlotId { get; init; }
    public Guid? ToSlotId { get; init; }

    /// <summary>UTC.</summary>
    public DateTime? FromAt { get; init; }

    public DateTime? ToAt { get; init; }
    public required DateTime At { get; init; }

    /// <summary>The operator's account; null for the citizen herself and for the platform.</summary>
    public Guid? ById { get; init; }

    public required string ByName { get; init; }

    /// <summary>Why an operator did it.</summary>
    public string? Why { get; init; }

    /// <summary>The operation that moved many.</summary>
    public Guid? CauseId { get; init; }
}
