using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.Lists;

/// <summary>So many exports of lists an hour for each user (<c>RateLimit:ExportsPerHour</c>, 0 for none): nobody carries a region away list by list.</summary>
internal sealed class ExportPace(IConfiguration configuration, TimeProvider clock)
{
    private const int Generous = 60;
    private const int Hour = 3600;

    private readonly CountedWindow window = new(configuration.GetValue("RateLimit:ExportsPerHour", Generous), clock, Hour);

    /// <exception cref="Refusal"><c>too-many-exports</c>.</exception>
    public void Take(ICurrentUser user)
    {
        if (!window.IsOff && !window.Take(user.Id?.ToString() ?? "").Allowed)
            throw new Refusal("too-many-exports", "Ha esportato {0} elenchi in un’ora: attenda, o chieda a chi gestisce la piattaforma.", window.Limit) { Kind = RefusalKind.TooMany };
    }
}
