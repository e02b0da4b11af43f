using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.BuildingBlocks.Regions;

/// <summary>Which role sees which classes of a person's fields. Each line has its validity and its source; see docs/region-pack.md.</summary>
public sealed record FieldRules(IReadOnlyList<RoleFields> Roles)
{
    private static readonly FieldClass[] All = Enum.GetValues<FieldClass>();

    /// <summary>What none of these roles sees on that day.</summary>
    public IReadOnlySet<FieldClass> HiddenFrom(IEnumerable<Role> roles, DateOnly day)
    {
        var held = roles.ToHashSet();
        return All.Except(Roles.Where(r => held.Contains(r.Role) && r.Valid.On(day)).SelectMany(r => r.Classes).Append(FieldClass.Work)).ToHashSet();
    }
}

public sealed record RoleFields(Role Role, IReadOnlyList<FieldClass> Classes, Validity Valid, string Source);

public static partial class RegionPack
{
    private static FieldRules ReadFields(string folder, List<string> errors)
    {
        var words = Enum.GetValues<FieldClass>().Where(c => c != FieldClass.Work).ToDictionary(c => c.ToString().ToLowerInvariant());
        var rules = Table(folder, "role_fields.csv", errors, r => new RoleFields(
            RoleWords.GetValueOrDefault(r.Choice("role", [.. RoleWords.Keys])),
            [.. r.Several("classes", [.. words.Keys], orNone: true).Select(w => words.GetValueOrDefault(w))], r.Valid(), r.Text("source", 300)));
        Overlaps(rules, "role_fields.csv", r => r.Role.ToString(), r => r.Valid, errors);
        foreach (var missing in RoleWords.Where(w => !rules.Exists(r => r.Row.Role == w.Value && r.Row.Valid.Until is null)).Select(w => w.Key))
            errors.Add($"role_fields.csv: no line of {missing} that still holds");
        return new(Rows(rules));
    }
}
