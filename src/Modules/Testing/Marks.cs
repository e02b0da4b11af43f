using Platform.BuildingBlocks.Web.TagHelpers;
using Platform.Testing.Contracts;

namespace Platform.Testing;

/// <summary>How the states look.</summary>
internal static class Marks
{
    public static StateKind Of(SwabRequestState state) => state switch
    {
        SwabRequestState.Requested or SwabRequestState.Booked => StateKind.Neutral,
        SwabRequestState.Reported => StateKind.Done,
        SwabRequestState.Cancelled => StateKind.Stopped,
        _ => StateKind.Waiting,
    };
}
