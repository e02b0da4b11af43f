using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Testing.Contracts;

namespace Platform.Testing.Pools;

/// <summary>Samples examined together. A negative pool answers for each of its samples; of any other, each is examined singly.</summary>
[Shows(FieldClass.Work)]
internal sealed class Pool : IVersioned
{
    public static readonly ScopeRule<Pool> Scope = new ScopeRule<Pool>().By(ScopeKind.Lab, p => p.LabCode);

    public required Guid Id { get; init; }

    /// <summary>P and a number like a sample's.</summary>
    public required string Number { get; init; }

    public required string LabCode { get; init; }
    public required TestType TestType { get; init; }
    public required int Members { get; init; }
    public required DateTime MadeAt { get; init; }
    public required string MadeBy { get; init; }
    public PoolState State { get; private set; }
    public DateTime? ResolvedAt { get; private set; }
    public string? ResolvedBy { get; private set; }
    public int Version { get; set; }

    /// <returns>False when that was known already.</returns>
    /// <exception cref="Refusal"><c>pool-resolved</c> when something else was found before.</exception>
    public bool Resolve(PoolState found, DateTime at, string by)
    {
        if (State == found)
            return false;
        if (State != PoolState.Waiting)
            throw new Refusal("pool-resolved", "L'esito di questo pool è già stato registrato, ed è diverso.");
        (State, ResolvedAt, ResolvedBy) = (found, at, by);
        return true;
    }
}
