using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Stock;

internal enum StockMoveKind
{
    Delivery,

    /// <summary>After a count: up or down.</summary>
    Correction,

    /// <summary>Given to a person; a dose noted by mistake comes back by one that counts up.</summary>
    Given,

    /// <summary>Thrown away: left over in a vial, broken, too old.</summary>
    Discarded,
}

/// <summary>A lot of a vaccine at a centre. <see cref="Doses"/> always equals the sum of its moves, is never negative, and changes only by
/// <see cref="StockLedger"/>.</summary>
[Shows(FieldClass.Work)]
internal sealed class StockLot
{
    public const int NumberLength = 30;

    /// <summary>As the centre's.</summary>
    public static readonly ScopeRule<Centre> Scope = Centre.Scope;

    public required Guid Id { get; init; }
    public required string CentreCode { get; init; }
    public required string VaccineCode { get; init; }
    public required string LotNumber { get; init; }

    /// <summary>The last day on which it may be given.</summary>
    public required DateOnly ExpiresOn { get; init; }

    public int Doses { get; init; }
}

/// <summary>Doses that came to a lot or went from it.</summary>
internal sealed class StockMove
{
    public const int NoteLength = 200;

    /// <summary>Made by the form: sent twice, it is one move.</summary>
    public required Guid Id { get; init; }

    public required Guid LotId { get; init; }
    public required StockMoveKind Kind { get; init; }

    /// <summary>Negative when they went.</summary>
    public required int Doses { get; init; }

    public required DateTime At { get; init; }
    public required string By { get; init; }
    public string? Note { get; init; }
}

/// <summary>A vial that was opened: its doses are to be given within some hours.</summary>
internal sealed class Vial
{
    public required Guid Id { get; init; }
    public required Guid LotId { get; init; }
    public required string CentreCode { get; init; }
    public required DateTime OpenedAt { get; init; }

    /// <summary>UTC; what is left then is thrown away.</summary>
    public required DateTime UseBy { get; init; }

    /// <summary>Doses still in it.</summary>
    public int Left { get; init; }

    public DateTime? EndedAt { get; init; }
}
