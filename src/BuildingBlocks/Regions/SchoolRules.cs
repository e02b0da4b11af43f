namespace Platform.BuildingBlocks.Regions;

/// <summary>What follows from positives in a class, by rule sets that succeed each other, and from when to when a dose or an infection protects
/// for school. Each line has its source; see docs/region-pack.md.</summary>
public sealed record SchoolRules(
    IReadOnlyList<SchoolRuleSet> Sets, IReadOnlyList<SchoolRule> Rules, IReadOnlyList<ProtectionRule> Protections, IReadOnlyList<TestDemand> Tests)
{
    public static readonly IReadOnlyList<string> Levels = ["nursery", "primary", "lower", "upper"];

    /// <returns>Null where no set holds on that day.</returns>
    public SchoolRuleSet? SetOf(string level, DateOnly day) => Sets.FirstOrDefault(s => s.Levels.Contains(level) && s.Valid.On(day));

    public SchoolRuleSet? Find(string code, string level) => Sets.FirstOrDefault(s => s.Code == code && s.Levels.Contains(level));

    /// <summary>The line for one person; there is one, as the reading of the pack has made sure.</summary>
    public SchoolRule? RuleOf(string set, string level, bool staff, Protection protection, int cases) =>
        Rules.FirstOrDefault(r => r.Set == set && r.Levels.Contains(level) && r.OfStaff == staff && r.Protections.Contains(protection)
            && cases >= r.CasesFrom && cases <= (r.CasesTo ?? int.MaxValue));

    /// <summary>Whether the region wants that test of a surveillance; one of which no line speaks is wanted.</summary>
    public bool Demands(string test, DateOnly day) => Tests.FirstOrDefault(t => t.Test == test && t.Valid.On(day))?.Demanded ?? true;
}

/// <summary>How the lessons of a class are held.</summary>
public enum ClassMeasure
{
    /// <summary>Nothing is ordered.</summary>
    None,

    /// <summary>In the classroom, under conditions; some may have to stay at home.</summary>
    Presence,
    Distance,

    /// <summary>Of a nursery: it cannot teach at a distance.</summary>
    Suspended,
}

/// <summary>What is ordered for one person of a class.</summary>
public enum MeasureKind
{
    None,

    /// <summary>Watches herself and wears an FFP2 mask: autosorveglianza.</summary>
    Masks,

    /// <summary>In the classroom while the tests find nothing: sorveglianza con testing.</summary>
    Surveillance,

    /// <summary>Lessons at a distance, without quarantine: didattica digitale integrata.</summary>
    Distance,
    Quarantine,
}

/// <summary>How well somebody is protected, as a rule set tells people apart.</summary>
public enum Protection
{
    /// <summary>Not at all, or nothing is known.</summary>
    None,

    /// <summary>Her primary course is complete, too long ago for <see cref="Protected"/>.</summary>
    Cycle,
    Protected,
}

/// <summary>From what day the days of a measure are counted.</summary>
public enum CountedFrom
{
    /// <summary>The last day with the positive in class.</summary>
    Exposure,
    Decision,
}

/// <param name="WindowDays">A positive counts with the one before it when it was sampled within so many days of that.</param>
public sealed record SchoolRuleSet(string Code, IReadOnlyList<string> Levels, int WindowDays, Validity Valid, string Source);

/// <param name="ClassDays">The class's measure lasts so many.</param>
/// <param name="Days">The person's lasts so many, with the tests that are wanted.</param>
/// <param name="DaysWithoutTest">And so many for who does none; null where that changes nothing.</param>
/// <param name="Tests">Days after which each is wanted: 5 for <c>T5</c>.</param>
public sealed record SchoolRule(
    string Set, IReadOnlyList<string> Levels, bool OfStaff, IReadOnlyList<Protection> Protections, int CasesFrom, int? CasesTo, ClassMeasure ClassMeasure, int ClassDays,
    MeasureKind Kind, int Days, int? DaysWithoutTest, IReadOnlyList<int> Tests, CountedFrom From, string Source);

/// <param name="Ground"><c>cycle</c>, <c>booster</c>, <c>recovery</c>.</param>
/// <param name="FromDays">After the dose, or after the first positive.</param>
/// <param name="UntilDays">The last of them; null while it lasts.</param>
public sealed record ProtectionRule(Protection Gives, string Ground, int FromDays, int? UntilDays, Validity Valid, string Source);

public sealed record TestDemand(string Test, bool Demanded, Validity Valid, string Source);
