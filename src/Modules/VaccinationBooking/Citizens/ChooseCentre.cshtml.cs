using Microsoft.AspNetCore.Mvc;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.VaccinationBooking.Centres;

namespace Platform.VaccinationBooking.Citizens;

/// <summary>Where: the first dates anywhere, or a centre by municipality, post code or distance. What is searched stays out of the address: it is
/// mostly where one lives.</summary>
[OpenToAll("The sealed journey says who she is and that she may.")]
internal sealed class ChooseCentrePage(Region region) : JourneyPage
{
    public const string Path = "/vaccini/prenota/centro";

    private const int OnPage = 10;
    private const int Proposals = 3;

    [BindProperty]
    public string? Where { get; set; }

    [BindProperty]
    public double? Latitude { get; set; }

    [BindProperty]
    public double? Longitude { get; set; }

    [BindProperty]
    public bool All { get; set; }

    public CentresAnswer Answer { get; private set; } = null!;
    public IReadOnlyList<NearCentre> Shown { get; private set; } = [];
    public IReadOnlyList<(NearCentre Centre, FirstDate Date)> First { get; private set; } = [];

    public Task OnGetAsync()
    {
        // Where she lives, by the registry: she may say another place.
        Where = Journey.Municipality is { } home ? region.FindMunicipality(home)?.Name : null;
        return Load();
    }

    public Task OnPostSearchAsync() => Load();

    public async Task<IActionResult> OnPostChooseAsync(string centre)
    {
        var known = (await Ask(new CentresNear(Journey.Campaign, ToBook: ToBook))).Centres.Any(c => c.Centre.Code == centre);
        if (!known)
            return await NotThere();
        Keep(Journey with { Centre = centre });
        return LocalRedirect(ChooseDatesPage.Path);
    }

    protected override string? Elsewhere(Journey journey) => journey.Booked is null ? null : ReceiptPage.Path;

    protected override async Task Load()
    {
        Answer = await Ask(new CentresNear(Journey.Campaign, Where, Latitude, Longitude, ToBook: ToBook));
        Shown = await Hers([.. All ? Answer.Centres : Answer.Centres.Take(OnPage)]);
        var known = Answer.Centres.ToDictionary(c => c.Centre.Code);
        First = [.. (await Ask(new FirstDates(Journey.Campaign, ToBook, Proposals, [.. Answer.Centres.Select(c => c.Centre.Code)]))).Select(d => (known[d.Centre], d))];
    }

    // Whose dose has a first or a last day: the centres' first free days are not hers.
    private async Task<IReadOnlyList<NearCentre>> Hers(IReadOnlyList<NearCentre> centres)
    {
        if (ToBook is { NotBefore: null, NotAfter: null })
            return centres;
        var days = (await Ask(new FirstDates(Journey.Campaign, ToBook, centres.Count, [.. centres.Select(c => c.Centre.Code)]))).ToDictionary(d => d.Centre, d => d.First);
        return [.. centres.Select(c => c with { Centre = c.Centre with { NextFree = days.TryGetValue(c.Centre.Code, out var day) ? day : null } })];
    }

    private async Task<IActionResult> NotThere()
    {
        ModelState.AddModelError("", T["Questo centro non è più prenotabile: ne scelga un altro."]);
        Response.StatusCode = 422;
        await Load();
        return Page();
    }
}
