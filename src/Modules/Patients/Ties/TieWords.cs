using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Localisation;
using Platform.Patients.Contracts;

namespace Platform.Patients.Ties;

internal static class TieWords
{
    public static string Say(this ProxyKind kind, Texts texts) => texts[kind switch
    {
        ProxyKind.Parent => "Genitore",
        ProxyKind.Guardian => "Tutore o amministratore di sostegno",
        _ => "Persona delegata",
    }];

    public static IReadOnlyList<SelectListItem> Choices(Texts texts) =>
        [.. Enum.GetValues<ProxyKind>().Select(k => new SelectListItem(k.Say(texts), k.ToString()))];
}
