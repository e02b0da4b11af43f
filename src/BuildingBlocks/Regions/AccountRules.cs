using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Regions;

/// <summary>Who gives which role, and for how long; each line has its validity and its source. See docs/region-pack.md.</summary>
public sealed record AccountRules(IReadOnlyList<RoleRule> Roles)
{
    public RoleRule Of(Role role, DateOnly day) =>
        Roles.FirstOrDefault(r => r.Role == role && r.Valid.On(day)) ?? Roles.First(r => r.Role == role && r.Valid.Until is null);
}

/// <param name="Local">The organisation's own administrator gives it; else only the region's.</param>
/// <param name="SecondPerson">It holds once somebody else has approved it.</param>
/// <param name="LongestDays">After which it is given anew; null for no end.</param>
/// <param name="DelegableDays">How long its holder may lend it to a substitute; null where she may not.</param>
public sealed record RoleRule(Role Role, bool Local, bool SecondPerson, int? LongestDays, int? DelegableDays, Validity Valid, string Source);
