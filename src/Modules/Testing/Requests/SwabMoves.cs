using Platform.Testing.Contracts;
using static Platform.Testing.Contracts.SwabRequestState;

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
        new(null, Requested, "RequestSwab, RequestSwabs", "a doctor or the public-health office asks for a swab"),
        new(null, Proposed, "RequestSwab", "asked for by one whose requests for that reason the public-health office authorises"),
        new(Proposed, Requested, "AuthoriseSwab", "authorised"),
        new(Proposed, MoreInformation, "AskForInformation", "the public-health office needs to know more; a place held is free again"),
        new(Proposed, Refused, "RefuseSwab", "refused, with a reason; a place held is free again"),
        new(Proposed, Cancelled, "CancelSwabRequest", "withdrawn, with a reason; a place held is free again"),
        new(MoreInformation, Proposed, "CompleteSwabRequest", "completed by who asked, proposed again"),
        new(MoreInformation, Cancelled, "CancelSwabRequest", "withdrawn, with a reason"),
        new(Requested, Booked, "RequestSwab, RequestSwabs, AuthoriseSwab, MoveBooking", "a place in a slot is taken, in the same transaction"),
        new(Requested, Cancelled, "CancelSwabRequest, WithdrawSwabs", "withdrawn, with a reason"),
        new(Booked, Booked, "MoveBooking, MovePeople", "another place, taken and the former given back in the same transaction"),
        new(Booked, Requested, "MovePeople", "the hotspot is closed and no other place was free: to be booked again"),
        new(Booked, Cancelled, "CancelSwabRequest, WithdrawSwabs", "withdrawn, with a reason; the place is free again"),
        new(Booked, CheckedIn, "CheckIn", "the person is there"),
        new(Booked, Collected, "TakeSample", "the sample is taken: accession number, lab, label"),
        new(Booked, Failed, "NoSample", "no sample, and why: absent, not possible"),
        new(CheckedIn, Collected, "TakeSample", "the sample is taken: accession number, lab, label"),
        new(CheckedIn, Failed, "NoSample", "no sample, and why"),
        new(CheckedIn, Cancelled, "CancelSwabRequest, WithdrawSwabs", "withdrawn, with a reason"),
        new(Collected, Sent, "SendSamples, ReceiveSample", "it leaves for the lab; its arrival is proof that it left"),
        new(Collected, Failed, "RejectSample", "the lab cannot use it: broken, leaking, without label"),
        new(Sent, Received, "ReceiveSample, ReceiveShipment", "the lab has scanned it, or taken its shipment as a whole"),
        new(Sent, Failed, "RejectSample, GiveUpLostSamples", "the lab cannot use it, or it never arrived"),
        new(Received, Failed, "RejectSample", "the lab cannot use it"),
        new(Failed, Received, "ReceiveSample", "a sample given up has arrived after all"),
        new(Failed, Cancelled, "CancelSwabRequest", "no other sample is wanted"),
        new(Collected, Reported, "CloseSwabRequest", "a report was issued: a result is proof of arrival"),
        new(Sent, Reported, "CloseSwabRequest", "a report was issued: a result is proof of arrival"),
        new(Received, Reported, "CloseSwabRequest", "a report was issued"),
        new(Failed, Reported, "CloseSwabRequest", "a report was issued for a sample that had been given up"),
        new(Reported, Received, "ReopenSwabRequest", "the report was annulled: the sample waits again"),
    ];

    /// <summary>In which the person need not be asked for another sample. Named one by one: an index finds states, not their absence.</summary>
    public static readonly SwabRequestState[] Open = [Proposed, MoreInformation, Requested, Booked, CheckedIn, Collected, Sent, Received];

    private static readonly HashSet<(SwabRequestState?, SwabRequestState)> Pairs = [.. Allowed.Select(m => (m.From, m.To))];

    public static bool Allows(SwabRequestState? from, SwabRequestState to) => Pairs.Contains((from, to));
}
