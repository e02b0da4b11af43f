using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.Positives;

[Requires(RefertiModule.SeePositives)]
internal sealed class PositivePeoplePage(Region region) : ListPage<PositivePerson>
{
    [BindProperty(SupportsGet = true)]
    public string? Name { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Municipality { get; set; }

    public PositivesCounted Counted { get; private set; } = new(0, []);

    /// <summary>Of the asker's scopes.</summary>
    public IReadOnlyList<SelectListItem> Places
    {
        get
        {
            var scopes = CurrentUser.ScopesOf(RefertiModule.SeePositives);
            return [.. region.Municipalities.Where(m => scopes.Contains(new(ScopeKind.Municipality, m.Istat)) || scopes.Contains(new(ScopeKind.Province, m.Province)))
                .OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => new SelectListItem(m.Name, m.Istat))];
        }
    }

    protected override string FileName => "positivi";

    protected override ListQuery<PositivePerson> Query => new PositivePeople(Name, Municipality);

    protected override IReadOnlyList<ListColumn<PositivePerson>> Columns =>
    [
        new(T["Persona"], p => $"{p.FamilyName} {p.GivenName}", "name"),
        new(T["Codice fiscale"], p => p.FiscalCode),
        new(T["Nata/o il"], p => p.BirthDate),
        new(T["Residenza"], p => string.Join(", ", new[] { p.Address, Place(p.Residence) }.Where(t => t is { Length: > 0 }))),
        new(T["Domicilio, se altrove"], p => p.Domicile is { } domicile ? Place(domicile) : null),
        new(T["Positiva/o dal"], p => p.Since, "since"),
    ];

    protected override async Task LoadFilters() => Counted = await Ask(new NewPositives());

    private string Place(string istat) => region.FindMunicipality(istat)?.Name ?? istat;
}
