using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>The frame of every page: the region's names, who is signed in and as what, and the entries she may open.</summary>
internal sealed class PlatformFrame(
    Region region, Texts texts, ScopeNames names, ICurrentUser user, IEnumerable<Module> modules, IEnumerable<IHeaderCount> counters,
    IEnumerable<IMaintenanceNotices> maintenance, IConfiguration configuration) : IPageFrame
{
    public async ValueTask<Frame> FrameFor(HttpContext context)
    {
        var italian = Texts.Italian;
        var counts = new List<HeaderCount>();
        foreach (var counter in user.IsSignedIn ? counters : [])
        {
            if (await counter.Of(context.RequestAborted) is { } count)
                counts.Add(count);
        }

        var notices = new List<MaintenanceNotice>();
        foreach (var told in maintenance)
            notices.AddRange(await told.Shown(context.RequestAborted));
        return new Frame
        {
            ServiceName = italian ? region.ServiceName : region.ServiceNameEn,
            RegionName = italian ? region.Name : region.NameEn,
            User = user.IsSignedIn ? new SignedIn(user.DisplayName, RoleLine, counts) : null,
            Menu = Menu(context.Request.Path),
            ForCitizens = user.IsSignedIn ? [] : [.. modules.SelectMany(m => m.ForCitizens).OrderBy(l => l.Order).Select(l => new FrameEntry(texts[l.Text], l.Url, context.Request.Path == l.Url))],
            Environment = configuration.GetValue<bool>("Demo:Enabled") ? texts["Dimostrazione: persone e dati di fantasia"].Value : null,
            Maintenance = notices,
        };
    }

    private string RoleLine =>
        string.Join("; ", user.Assignments.Select(a => $"{names.Of(a.Role)}, {names.Of(a.Scope)}").Distinct());

    /// <summary>More would run over into a second line.</summary>
    private const int MostInARow = 7;

    private List<FrameEntry> Menu(PathString path)
    {
        if (!user.IsSignedIn)
            return [];
        var mine = modules.SelectMany(m => m.Menu).Where(e => user.May(e.Permission)).OrderBy(e => e.Order).ToList();
        // Of "/testing" and "/testing/requests" the longer one holds the page.
        var here = mine.Where(e => path.StartsWithSegments(e.Url, StringComparison.OrdinalIgnoreCase)).MaxBy(e => e.Url.Length);
        FrameEntry Entry(MenuEntry entry) => new(texts[entry.Text], entry.Url, entry == here);
        if (mine.Count <= MostInARow)
            return [.. mine.Select(Entry)];
        // A heading stands where the first of its entries would; one that would open on a single entry is left out.
        return
        [
            .. mine.GroupBy(e => e.Group ?? e.Url).OrderBy(g => g.Min(e => e.Order)).Select(g => g.Count() == 1
                ? Entry(g.First())
                : new FrameEntry(texts[g.Key], g.First().Url, here is not null && g.Contains(here), [.. g.Select(Entry)])),
        ];
    }
}
