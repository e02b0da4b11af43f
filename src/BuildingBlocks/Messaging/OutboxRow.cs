namespace Platform.BuildingBlocks.Messaging;

/// <summary>An event that waits for delivery, written in the transaction of the change it tells.</summary>
public sealed class OutboxRow
{
    public const int TypeLength = 200;
    public const int ErrorLength = 400;

    public required Guid Id { get; init; }
    public required string Type { get; init; }
    public required string Payload { get; init; }
    public required DateTime At { get; init; }
    public Guid? ActorId { get; init; }

    /// <summary>The trace it began in (W3C traceparent), so that one trace spans all rooms.</summary>
    public string? Trace { get; init; }

    public int Attempts { get; set; }

    /// <summary>Not to be tried before this instant; null once sent or given up.</summary>
    public DateTime? DueAt { get; set; }

    public Guid? ClaimedBy { get; set; }
    public DateTime? ClaimedUntil { get; set; }
    public DateTime? SentAt { get; set; }

    /// <summary>After the last attempt; an operator sees it and may send it again.</summary>
    public DateTime? GivenUpAt { get; set; }

    /// <summary>Kind of the last failure and the reaction that failed, never its message.</summary>
    public string? Error { get; set; }
}

/// <summary>The mark that a reaction has done its work for an event.</summary>
public sealed class InboxRow
{
    public const int ReactionLength = 200;

    public required Guid EventId { get; init; }
    public required string Reaction { get; init; }
    public required DateTime At { get; init; }
}
