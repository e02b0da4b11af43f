using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>The frame of every page: the region's names, who is signed in and as what, and the entries she may open.</summary>
internal sealed class PlatformFrame(
    Region region, Texts texts, ScopeNames names, ICurrentUser user, IEnumerable<Module> modules, IEnumerable<IUnreadCount> unread,
    IConfiguration configuration) : IPageFrame
{
    public async ValueTask<Frame> FrameFor(HttpContext context)
    {
        var italian = Texts.Italian;
        int? waiting = null;
        foreach (var counter in user.IsSignedIn ? unread : [])
            waiting = await counter.Count(context.RequestAborted) is { } count ? (waiting ?? 0) + count : waiting;
        return new Frame
        {
            ServiceName = italian ? region.ServiceName : region.ServiceNameEn,
            RegionName = italian ? region.Name : region.NameEn,
            User = user.IsSignedIn ? new SignedIn(user.DisplayName, RoleLine, waiting ?? 0) : null,
            Menu = Menu(context.Request.Path),
            Environment = configuration.GetValue<bool>("Demo:Enabled") ? texts["Dimostrazione: persone e dati di fantasia"].Value : null,
            Links = new FrameLinks { Inbox = waiting is null ? null : "/inbox" },
        };
    }

    private string RoleLine =>
        string.Join("; ", user.Assignments.Select(a => $"{names.Of(a.Role)}, {names.Of(a.Scope)}").Distinct());

    private List<FrameEntry> Menu(PathString path)
    {
        if (!user.IsSignedIn)
            return [];
        var mine = modules.SelectMany(m => m.Menu).Where(e => user.May(e.Permission)).OrderBy(e => e.Order).ToList();
        // Of "/testing" and "/testing/requests" the longer one holds the page.
        var here = mine.Where(e => path.StartsWithSegments(e.Url, StringComparison.OrdinalIgnoreCase)).MaxBy(e => e.Url.Length);
        return [.. mine.Select(e => new FrameEntry(texts[e.Text], e.Url, e == here))];
    }
}
