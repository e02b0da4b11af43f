using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Contracts;

public enum PoolState
{
    /// <summary>Its result is awaited.</summary>
    Waiting,

    /// <summary>Each member is negative.</summary>
    Negative,

    /// <summary>Positive or inconclusive: each member is examined singly.</summary>
    Split,
}

/// <summary>The pool with that number and its members (upper case, without blanks); null if there is none.</summary>
[BetweenModules]
public sealed record PoolOf(string Number) : IQuery<PoolSummary?>;

/// <param name="Number">P and eleven characters or more, on the pool's tube.</param>
public sealed record PoolSummary(Guid Id, string Number, string LabCode, TestType TestType, PoolState State, IReadOnlyList<SwabRequestSummary> Members);

/// <summary>What the lab found of a pool. Repeating it changes nothing.</summary>
[BetweenModules]
public sealed record ReportPool(string Number, bool Negative, DateTime At) : ICommand<PoolState>;

/// <summary>A pool was found negative (each member is), or must be taken apart (each member is examined singly).</summary>
/// <param name="Requests">The requests of its members.</param>
/// <param name="By">Who found it.</param>
public sealed record PoolResolved(Guid PoolId, string Number, string LabCode, TestType TestType, bool Negative, Guid[] Requests, DateTime At, Guid? By, string ByName) : IEvent;
