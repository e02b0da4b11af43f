using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Localisation;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.People;

internal static class SexChoices
{
    public static IReadOnlyList<SelectListItem> Of(Texts texts) =>
        [new(texts["Maschio"], nameof(Sex.Male)), new(texts["Femmina"], nameof(Sex.Female))];
}
