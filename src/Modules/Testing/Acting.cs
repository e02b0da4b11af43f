using Platform.BuildingBlocks.Security;
using Platform.Testing.Requests;

namespace Platform.Testing;

internal static class Acting
{
    /// <summary>The present user's act, now.</summary>
    public static Act Act(this ICurrentUser user, TimeProvider clock) =>
        new(clock.GetUtcNow().UtcDateTime, user.Id, user.DisplayName);
}
