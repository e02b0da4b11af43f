using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Web;

namespace Platform.VaccinationBooking.Centres;

[Requires(VaccinationModule.MayRunCentres)]
internal sealed class SaveCentrePage(Region region) : PlatformPage
{
    [BindProperty]
    public SaveCentre Form { get; set; } = new();

    public IEnumerable<SelectListItem> Kinds => Enum.GetValues<CentreKind>().Select(k => new SelectListItem(T[Words.Of(k)], k.ToString()));

    /// <summary>Those whose centres the asker runs.</summary>
    public IEnumerable<string> Municipalities
    {
        get
        {
            var scopes = CurrentUser.ScopesOf(VaccinationModule.MayRunCentres);
            return region.Municipalities.Where(m => scopes.Any(s => s.Kind == ScopeKind.Region || s == new Scope(ScopeKind.Asl, m.Asl)))
                .Select(Whereabouts.Shown).Order(StringComparer.CurrentCulture);
        }
    }

    /// <param name="code">Of the one to change; none for a new one.</param>
    public async Task OnGetAsync(string? code)
    {
        if (string.IsNullOrEmpty(code))
            return;
        var centre = (await Ask(new CentreDetail(code))).Centre;
        Form = new()
        {
            Code = centre.Code, Version = centre.Version, Name = centre.Name, Kind = centre.Kind, Municipality = region.FindMunicipality(centre.MunicipalityIstat) is { } municipality ? Whereabouts.Shown(municipality) : "", PostalCode = centre.PostalCode,
            Address = centre.Address, Latitude = centre.Latitude, Longitude = centre.Longitude, Public = centre.Public,
        };
    }

    public Task<IActionResult> OnPostAsync() => Order(Form, code => Go($"/vaccination/centres/{code}", "Centro salvato."));
}
