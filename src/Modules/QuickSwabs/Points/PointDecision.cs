using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.QuickSwabs.Points;

internal enum PointDecisionKind
{
    Admission,
    Suspension,
    Readmission,
}

/// <summary>An ASL has admitted a point to quick swabs, suspended it, or taken it back. Nothing is overwritten: the last one holds.</summary>
[Shows(FieldClass.Work)]
internal sealed class PointDecision
{
    public const int ReasonLength = 200;

    public static readonly ScopeRule<PointDecision> Scope = new ScopeRule<PointDecision>().By(ScopeKind.Asl, d => d.PointAsl);

    /// <summary>Made by the client: the same at each repetition.</summary>
    public required Guid Id { get; init; }

    public required string PointCode { get; init; }
    public required string PointAsl { get; init; }

    /// <summary>From 1, for each point.</summary>
    public required int Number { get; init; }

    public required PointDecisionKind Kind { get; init; }

    /// <summary>For who works there, too.</summary>
    public required string Reason { get; init; }

    /// <summary>UTC; it holds from then on.</summary>
    public required DateTime At { get; init; }

    public required string ByName { get; init; }
}

/// <summary>A place that may be a point, with what its ASL has decided of it, in order.</summary>
/// <param name="OfRegion">The region pack has it among its points: it needs no admission.</param>
[Shows(FieldClass.Work)]
internal sealed record PointStanding(SwabPoint Point, bool OfRegion, IReadOnlyList<PointDecision> Decisions)
{
    public PointDecision? Last => Decisions.Count > 0 ? Decisions[^1] : null;

    public bool IsAdmitted => OfRegion || Decisions.Count > 0;

    public bool IsSuspended => Last is { Kind: PointDecisionKind.Suspension };

    public bool IsAtWork => IsAdmitted && !IsSuspended;

    /// <summary>The law of a moment: what was done before a suspension may still be sent after it.</summary>
    /// <exception cref="Refusal"><c>point-suspended</c>, <c>not-found</c>.</exception>
    public SwabPoint CheckAtWork(DateTime at)
    {
        var last = Decisions.LastOrDefault(d => d.At <= at);
        if (last is null && !OfRegion)
            throw Refusal.NotFound();
        return last is not { Kind: PointDecisionKind.Suspension } ? Point
            : throw new Refusal("point-suspended", "L'ASL ha sospeso il punto dai test rapidi: {0}", last.Reason);
    }

    /// <exception cref="Refusal"><c>point-decided</c>.</exception>
    public void Check(PointDecisionKind kind)
    {
        if (kind != (!IsAdmitted ? PointDecisionKind.Admission : IsSuspended ? PointDecisionKind.Readmission : PointDecisionKind.Suspension))
            throw new Refusal("point-decided", "Nello stato in cui si trova il punto questa operazione non è possibile.");
    }
}
