using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Regions;

namespace Platform.Testing.Hotspots;

/// <summary>Hotspots, days and times as the forms offer them.</summary>
internal static class SlotItems
{
    public static IReadOnlyList<SelectListItem> HotspotItems(this FreeSlotsAnswer free, Region region, Texts texts) =>
        [.. free.Hotspots.Select(h => new SelectListItem(
            h.AtHome ? texts["A domicilio: {0}", h.Name] : $"{h.Name}, {region.FindMunicipality(h.MunicipalityIstat)?.Name}", h.Code))];

    public static IReadOnlyList<SelectListItem> DayItems(this FreeSlotsAnswer free, Texts texts) =>
        [.. free.Days.Select(d => new SelectListItem($"{d.Day:dddd d MMMM}: {Places(d.Free, texts)}", $"{d.Day:yyyy-MM-dd}"))];

    public static IReadOnlyList<SelectListItem> TimeItems(this FreeSlotsAnswer free, Region region, Texts texts) =>
        [.. free.Slots.Select(s => new SelectListItem($"{region.LocalOf(s.StartsAt):HH:mm} – {Places(s.Free, texts)}", s.Id.ToString()))];

    private static string Places(int free, Texts texts) => free == 1 ? texts["1 posto"] : texts["{0} posti", free];
}
