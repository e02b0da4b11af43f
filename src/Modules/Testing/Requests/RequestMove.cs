using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>A move of a request: when, who, and why where a reason is asked for.</summary>
[Shows(FieldClass.Health, "Note")]
[Shows(FieldClass.Work, "Number", "State", "At", "ActorName")]
internal sealed class RequestMove
{
    public const int NoteLength = 200;

    public required Guid Id { get; init; }
    public required Guid RequestId { get; init; }

    /// <summary>Counts the moves of one request, from 1: several may share an instant.</summary>
    public required int Number { get; init; }

    public required SwabRequestState State { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime At { get; init; }

    /// <summary>Null when the platform moved it by itself.</summary>
    public required Guid? ActorId { get; init; }

    public required string ActorName { get; init; }
    public required string? Note { get; init; }
}

/// <summary>Who moves a request, and when (UTC).</summary>
internal sealed record Act(DateTime At, Guid? ActorId, string ActorName);
