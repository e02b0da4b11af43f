using Microsoft.AspNetCore.Mvc.Rendering;
using Platform.BuildingBlocks.Regions;

namespace Platform.Testing.Requests;

/// <summary>The region's reasons, by criterion, and its symptoms, for the forms.</summary>
internal static class ReasonItems
{
    public static IReadOnlyList<SelectListItem> Of(Region region, DateOnly day)
    {
        var reasons = region.Swabs.ReasonsOn(day).OrderBy(r => r.Priority).ToList();
        var groups = reasons.Select(r => r.Criterion).Distinct().ToDictionary(c => c, c => new SelectListGroup { Name = c });
        return [.. reasons.Select(r => new SelectListItem(r.Name, r.Code) { Group = groups[r.Criterion] })];
    }

    public static IReadOnlyList<SelectListItem> Symptoms(Region region, DateOnly day) =>
        [.. region.Swabs.SymptomsOn(day).Select(s => new SelectListItem(s.Name, s.Code))];

    public static string Names(Region region, string symptoms) =>
        string.Join(", ", symptoms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(region.Swabs.NameOfSymptom));
}
