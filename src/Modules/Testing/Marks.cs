using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Testing.Contracts;

namespace Platform.Testing;

/// <summary>How the states look.</summary>
internal static class Marks
{
    public static StateKind Of(SwabRequestState state) => state switch
    {
        SwabRequestState.Booked or SwabRequestState.CheckedIn => StateKind.Neutral,
        SwabRequestState.MoreInformation or SwabRequestState.Requested or SwabRequestState.Failed => StateKind.Warning,
        SwabRequestState.Reported => StateKind.Done,
        SwabRequestState.Cancelled or SwabRequestState.Refused => StateKind.Stopped,
        _ => StateKind.Waiting,
    };

    public static StateKind Of(PoolState state) => state switch
    {
        PoolState.Waiting => StateKind.Waiting,
        PoolState.Negative => StateKind.Negative,
        _ => StateKind.Warning,
    };
}
