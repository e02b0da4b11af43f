using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Regions;

/// <summary>Who may open a person outside her scope, for how long and for what reasons; each line has its validity and its source. See
/// docs/region-pack.md.</summary>
public sealed record GlassRules(IReadOnlyList<GlassRule> Roles, IReadOnlyList<GlassReason> Reasons)
{
    /// <returns>Null for somebody who may not; of several roles the longest time counts.</returns>
    public TimeSpan? TimeOf(IEnumerable<Role> roles, DateOnly day) =>
        Roles.Where(r => roles.Contains(r.Role) && r.Valid.On(day)).Select(r => (TimeSpan?)TimeSpan.FromMinutes(r.Minutes)).Max();

    public IEnumerable<GlassReason> ReasonsOn(DateOnly day) => Reasons.Where(r => r.Valid.On(day));
}

public sealed record GlassRule(Role Role, int Minutes, Validity Valid, string Source);

public sealed record GlassReason(string Code, string NameIt, string NameEn, Validity Valid, string Source)
{
    public string Name => Texts.Italian ? NameIt : NameEn;
}

public static partial class RegionPack
{
    /// <summary>A working day: whoever needs longer opens her again and says why again.</summary>
    private const int LongestMinutes = 12 * 60;

    private static GlassRules ReadGlass(string folder, List<string> errors)
    {
        var roles = Table(folder, "glass_roles.csv", errors, r => new GlassRule(
            RoleWords.GetValueOrDefault(r.Choice("role", [.. RoleWords.Keys])), r.Number("minutes"), r.Valid(), r.Text("source", 300)));
        Overlaps(roles, "glass_roles.csv", r => r.Role.ToString(), r => r.Valid, errors);
        foreach (var (rule, line) in roles.Where(r => r.Row.Minutes is < 1 or > LongestMinutes))
            errors.Add($"glass_roles.csv, line {line}: minutes is {rule.Minutes}, must be from 1 to {LongestMinutes}");
        var reasons = Table(folder, "glass_reasons.csv", errors, r => new GlassReason(
            r.Text("code", 40), r.Text("name", 80), r.Text("name_en", 80), r.Valid(), r.Text("source", 300)));
        Overlaps(reasons, "glass_reasons.csv", r => r.Code, r => r.Valid, errors);
        return new(Rows(roles), Rows(reasons));
    }
}
