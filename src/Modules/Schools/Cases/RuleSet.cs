using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.VaccinationBooking.Contracts;

namespace Platform.Schools.Cases;

/// <param name="Samples">Of each positive of the class, the day of her first sample.</param>
/// <param name="Day">Of the decision.</param>
internal sealed record ClassFacts(SchoolLevel Level, DateOnly Day, IReadOnlyList<DateOnly> Samples, IReadOnlyList<ContactFacts> Contacts);

/// <param name="Exempt">She cannot be vaccinated, and counts as protected.</param>
internal sealed record ContactFacts(Guid PatientId, SchoolPart Part, DateOnly LastExposure, KnownProtection Known, bool Exempt = false);

/// <summary>What the rules propose for a class and for each person of it.</summary>
[Shows(FieldClass.Work)]
internal sealed record Proposal(SchoolRuleSet Set, int Cases, ClassMeasure Measure, DateOnly From, DateOnly Until, IReadOnlyList<ProposedMeasure> People);

[Shows(FieldClass.Health, "Protection", "Kind", "Until", "WithoutTestUntil", "Tests", "Source")]
[Shows(FieldClass.Work, "PatientId", "Part")]
internal sealed record ProposedMeasure(
    Guid PatientId, SchoolPart Part, Protection Protection, MeasureKind Kind, DateOnly? Until, DateOnly? WithoutTestUntil, IReadOnlyList<WantedTest> Tests, string Source);

/// <summary>The law of a rule set: pure.</summary>
internal static class RuleSet
{
    public static string WordOf(SchoolLevel level) => level switch
    {
        SchoolLevel.Nursery => "nursery",
        SchoolLevel.Primary => "primary",
        SchoolLevel.LowerSecondary => "lower",
        _ => "upper",
    };

    /// <summary>By the set that holds on the day.</summary>
    /// <returns>Null where none does: the operator decides alone.</returns>
    public static Proposal? Propose(this SchoolRules rules, ClassFacts facts) =>
        rules.SetOf(WordOf(facts.Level), facts.Day) is { } set ? rules.Propose(set, facts) : null;

    /// <summary>By a set that may not be in force.</summary>
    /// <returns>Null where nobody is positive.</returns>
    public static Proposal? Propose(this SchoolRules rules, SchoolRuleSet set, ClassFacts facts)
    {
        var cases = Count(facts.Samples, set.WindowDays);
        var level = WordOf(facts.Level);
        // The measure of the class is the same on each line, as the reading of the pack has made sure.
        if (cases == 0 || rules.RuleOf(set.Code, level, staff: false, Protection.None, cases) is not { } ofClass)
            return null;
        var exposed = facts.Contacts.Count > 0 ? facts.Contacts.Max(c => c.LastExposure) : facts.Samples.Max();
        var start = ofClass.From == CountedFrom.Decision ? facts.Day : exposed;
        return new(set, cases, ofClass.ClassMeasure, facts.Day, Later(facts.Day, start.AddDays(ofClass.ClassDays)), [.. facts.Contacts.Select(c => Propose(rules, set, level, cases, facts.Day, c))]);
    }

    /// <summary>How many count with the latest: each was sampled within the window of the one before it.</summary>
    public static int Count(IReadOnlyList<DateOnly> samples, int windowDays)
    {
        var latest = samples.OrderDescending().ToList();
        return latest.Count == 0 ? 0 : 1 + latest.Zip(latest.Skip(1)).TakeWhile(pair => pair.First.DayNumber - pair.Second.DayNumber <= windowDays).Count();
    }

    /// <summary>How well she is protected on a day, by the lines that hold on it; after the last of them, by the last.</summary>
    public static Protection ProtectionOn(this SchoolRules rules, KnownProtection known, bool exempt, DateOnly day, Validity set)
    {
        if (exempt)
            return Protection.Protected;
        // Tried before it is in force, a set is looked at with the lines of its own time.
        var at = set.On(day) ? day : set.From;
        return rules.Protections.Where(p => p.Valid.On(at) && DaysOf(known, p.Ground).Any(d => d.AddDays(p.FromDays) <= day && (p.UntilDays is not { } last || day <= d.AddDays(last))))
            .Select(p => p.Gives).DefaultIfEmpty(Protection.None).Max();
    }

    private static ProposedMeasure Propose(SchoolRules rules, SchoolRuleSet set, string level, int cases, DateOnly day, ContactFacts contact)
    {
        var protection = rules.ProtectionOn(contact.Known, contact.Exempt, day, set.Valid);
        var rule = rules.RuleOf(set.Code, level, contact.Part != SchoolPart.Pupil, protection, cases)!;
        if (rule.Kind == MeasureKind.None)
            return new(contact.PatientId, contact.Part, protection, rule.Kind, null, null, [], rule.Source);
        var start = rule.From == CountedFrom.Decision ? day : contact.LastExposure;
        // What was due before the decision is due at once.
        var tests = rule.Tests.Select(t => new WantedTest($"T{t}", Later(day, start.AddDays(t)))).Where(t => rule.Kind != MeasureKind.Surveillance || rules.Demands(t.Code, day)).ToList();
        return new(contact.PatientId, contact.Part, protection, rule.Kind, Later(day, start.AddDays(rule.Days)), rule.DaysWithoutTest is { } more ? Later(day, start.AddDays(more)) : null, tests, rule.Source);
    }

    private static IEnumerable<DateOnly> DaysOf(KnownProtection known, string ground) => ground switch
    {
        "recovery" => known.Positives,
        "booster" => known.Doses.Where(d => d.Kind >= DoseKind.Booster).Select(d => d.Day),
        _ => known.Doses.Where(d => d.Completes).Select(d => d.Day),
    };

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
