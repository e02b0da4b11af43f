using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;

namespace Platform.Schools.Standings;

[Requires(SchoolsModule.MaySeeStandings)]
internal sealed class SchoolStandingsPage : ListPage<StandingRow>
{
    [BindProperty(SupportsGet = true)]
    public string? Class { get; set; }

    [BindProperty(SupportsGet = true)]
    public ClassMode? Mode { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Past { get; set; }

    public IEnumerable<SelectListItem> Modes => Enum.GetValues<ClassMode>().Select(m => new SelectListItem(T[StandingWords.Of(m)], m.ToString()));

    protected override string FileName => "classi";

    protected override ListQuery<StandingRow> Query => new SchoolStandings { Class = Class, Mode = Mode, Past = Past };

    protected override IReadOnlyList<ListColumn<StandingRow>> Columns =>
    [
        new(T["Classe"], r => r.Standing.ClassName, "class") { Link = r => $"/schools/standings/{r.Standing.Id}" },
        new(T["Scuola"], r => r.Standing.SchoolName, "school"),
        new(T["Lezioni"], r => T[StandingWords.Of(r.Standing.Mode)].Value),
        new(T["Dal"], r => r.Standing.From, "from"),
        new(T["Al"], r => r.Standing.Until, "until"),
        new(T["Esiti attesi"], r => r.Wanted),
        new(T["Esiti arrivati"], r => r.Arrived),
        new(T["Stato"], r => T[StandingWords.StateOf(r.Standing)].Value) { Badge = r => StandingWords.BadgeOf(r.Standing) },
    ];
}
