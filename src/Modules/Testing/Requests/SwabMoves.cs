using Platform.Testing.Contracts;

namespace Platform.Testing.Requests;

/// <summary>One allowed move. <paramref name="From"/> is null for the beginning.</summary>
/// <param name="By">The use cases that make it.</param>
/// <param name="Means">What it means in the world, for docs/states.md.</param>
internal sealed record SwabMove(SwabRequestState? From, SwabRequestState To, string By, string Means);

/// <summary>All moves that a swab request can make: enforced by <see cref="SwabRequest"/> alone, shown in
/// docs/states.md, and compared with it by a test.</summary>
internal static class SwabMoves
{
    public static readonly IReadOnlyList<SwabMove> Allowed =
    [
        new(null, SwabRequestState.Requested, "RequestSwab", "a doctor or the public-health office asks for a swab"),
        new(SwabRequestState.Requested, SwabRequestState.Booked, "RequestSwab", "a place in a slot is taken, in the same transaction"),
        new(SwabRequestState.Requested, SwabRequestState.Cancelled, "CancelSwabRequest", "withdrawn, with a reason"),
        new(SwabRequestState.Booked, SwabRequestState.Cancelled, "CancelSwabRequest", "withdrawn, with a reason; the place is free again"),
        new(SwabRequestState.Booked, SwabRequestState.Collected, "TakeSample", "the sample is taken: accession number, lab, label"),
        new(SwabRequestState.Collected, SwabRequestState.Sent, "SendSamples, ReceiveSample", "it leaves for the lab; its arrival is proof that it left"),
        new(SwabRequestState.Sent, SwabRequestState.Received, "ReceiveSample", "the lab has scanned it"),
        new(SwabRequestState.Collected, SwabRequestState.Reported, "CloseSwabRequest", "a report was issued: a result is proof of arrival"),
        new(SwabRequestState.Sent, SwabRequestState.Reported, "CloseSwabRequest", "a report was issued: a result is proof of arrival"),
        new(SwabRequestState.Received, SwabRequestState.Reported, "CloseSwabRequest", "a report was issued"),
        new(SwabRequestState.Reported, SwabRequestState.Received, "ReopenSwabRequest", "the report was annulled: the sample waits again"),
    ];

    private static readonly HashSet<(SwabRequestState?, SwabRequestState)> Pairs = [.. Allowed.Select(m => (m.From, m.To))];

    public static bool Allows(SwabRequestState? from, SwabRequestState to) => Pairs.Contains((from, to));
}
