using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Regions;

public static partial class RegionPack
{
    // As the other words of a pack are written: lab_operator.
    private static readonly Dictionary<string, Role> RoleWords = Enum.GetValues<Role>().ToDictionary(
        role => string.Concat(role.ToString().Select((c, i) => (i > 0 && char.IsAsciiLetterUpper(c) ? "_" : "") + char.ToLowerInvariant(c))));

    private static AccountRules ReadAccounts(string folder, List<string> errors)
    {
        var rules = Table(folder, "account_roles.csv", errors, r => new RoleRule(
            RoleWords.GetValueOrDefault(r.Choice("role", [.. RoleWords.Keys])), r.YesNo("local"), r.YesNo("second_person"),
            r.OptionalNumber("longest_days"), r.OptionalNumber("delegable_days"), r.Valid(), r.Text("source", 200)));
        Overlaps(rules, "account_roles.csv", r => r.Role.ToString(), r => r.Valid, errors);
        foreach (var (_, line) in rules.Where(r => r.Row.LongestDays < 1 || r.Row.DelegableDays < 1))
            errors.Add($"account_roles.csv, line {line}: longest_days and delegable_days are a day at least, or empty");
        foreach (var missing in RoleWords.Where(w => !rules.Exists(r => r.Row.Role == w.Value && r.Row.Valid.Until is null)).Select(w => w.Key))
            errors.Add($"account_roles.csv: no line of {missing} that still holds");
        return new(Rows(rules));
    }
}
