using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.QuickSwabs.Points;

[OpenToAll("Public places and their hours; nobody's data.")]
internal sealed class PointListPage : PlatformPage
{
    [BindProperty(SupportsGet = true)]
    public string? Where { get; set; }

    [BindProperty(SupportsGet = true)]
    public PointKind? Kind { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? Day { get; set; }

    public IReadOnlyList<PointLine> Points { get; private set; } = [];

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<PointKind>().Select(k => new SelectListItem(T[Words.Of(k)], k.ToString()));

    public async Task OnGetAsync() => Points = await Ask(new PointList(Where, Kind, Day));

    /// <summary>The same hours on several days are one line: «lunedì, martedì 8:30–12:30».</summary>
    public static IEnumerable<string> HoursOf(PointLine line) => line.Hours.GroupBy(h => (h.From, h.To))
        .Select(g => $"{string.Join(", ", g.Select(h => Weekday.Of(h.Weekday)))} {g.Key.From:t}–{g.Key.To:t}");
}
