using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Operations;

internal enum BulkKind
{
    /// <summary>A centre does not vaccinate for a day or more.</summary>
    CentreClosed,

    /// <summary>A vaccine is not given any more from a day on.</summary>
    VaccineStopped,

    /// <summary>The days between the doses of a vaccine are others than when people booked.</summary>
    IntervalChanged,
}

internal enum BulkState
{
    /// <summary>Who is concerned and where to is shown; nothing has changed.</summary>
    Prepared,
    Running,

    /// <summary>Stopped half way by hand: what is done stays, the rest waits.</summary>
    Halted,

    /// <summary>Everybody was looked at; for who has no place it goes on looking.</summary>
    Done,
    Discarded,
}

/// <summary>One supervised act that concerns many bookings: seen before it begins, watched while it runs, taken up where it was interrupted.</summary>
internal sealed class BulkOperation : IVersioned
{
    public const int WhyLength = 200;

    /// <summary>That of the centre's ASL; an operation on a vaccine is the region's.</summary>
    public static readonly ScopeRule<BulkOperation> Scope = new ScopeRule<BulkOperation>().By(ScopeKind.Asl, o => o.AslCode);

    public required Guid Id { get; init; }
    public required BulkKind Kind { get; init; }
    public BulkState State { get; set; }
    public string? AslCode { get; init; }
    public string? CentreCode { get; init; }
    public string? VaccineCode { get; init; }

    /// <summary>Of a stopped vaccine: which may be given as a second dose in its place; null for none.</summary>
    public string? OtherVaccine { get; init; }

    /// <summary>UTC, of appointments.</summary>
    public required DateTime From { get; init; }

    public required DateTime To { get; init; }
    public required string Why { get; init; }
    public required Guid? ById { get; init; }
    public required string ByName { get; init; }
    public required DateTime PreparedAt { get; init; }
    public DateTime? StartedAt { get; set; }
    public DateTime? EndedAt { get; set; }
    public int Total { get; set; }
    public int Version { get; set; }

    /// <summary>From now on the places concerned cannot be taken.</summary>
    public bool ClosesSlots => Kind is BulkKind.CentreClosed or BulkKind.VaccineStopped;

    public void Start(DateTime now)
    {
        if (State is BulkState.Running)
            return;
        if (State is not (BulkState.Prepared or BulkState.Halted))
            throw new Refusal("operation-over", "Questa operazione è già conclusa o scartata.");
        (State, StartedAt) = (BulkState.Running, StartedAt ?? now);
    }

    public void Halt() => State = State is BulkState.Running ? BulkState.Halted : throw new Refusal("operation-not-running", "Questa operazione non è in corso.");

    public void Discard() => State = State is BulkState.Prepared ? BulkState.Discarded : throw new Refusal("operation-begun", "Questa operazione è già cominciata: si può fermare, non scartare.");
}

internal enum BulkItemState
{
    Waiting,
    Moved,

    /// <summary>No place fits yet: she has been told to choose, and the search goes on.</summary>
    WithoutPlace,

    /// <summary>She has moved, cancelled or been vaccinated meanwhile.</summary>
    NotConcerned,
}

/// <summary>One booking that an operation concerns.</summary>
internal sealed class BulkItem
{
    public required Guid Id { get; init; }
    public required Guid OperationId { get; init; }
    public required Guid BookingId { get; init; }
    public BulkItemState State { get; set; }

    /// <summary>Of the first appointment concerned, UTC.</summary>
    public required DateTime At { get; init; }

    public required string FromCentre { get; init; }

    /// <summary>Where she would go, when it was prepared; where she went, once it is done.</summary>
    public string? ToCentre { get; set; }

    public DateTime? FirstAt { get; set; }
    public DateTime? SecondAt { get; set; }
    public DateTime? DoneAt { get; set; }
}
