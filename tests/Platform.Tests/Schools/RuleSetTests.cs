using System.Globalization;
using Platform.BuildingBlocks.Regions;
using Platform.Schools.Cases;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Tests.Certificates;
using Platform.VaccinationBooking.Contracts;

namespace Platform.Tests.Schools;

/// <summary>The journey of an outbreak under each of the rule periods, at their first and last days.</summary>
public sealed class RuleSetTests
{
    private static readonly SchoolRules Rules = Pack.Piemonte.SchoolRules;

    // level, day of the decision, positives; set; measure of the class, its days; pupil protected; pupil whose course is old; pupil unprotected
    [Theory]
    [InlineData("primary", "2020-08-28", 1, "SCH-2020", "Distance", 14, "Quarantine 14", "Quarantine 14", "Quarantine 14")]
    [InlineData("nursery", "2020-10-11", 1, "SCH-2020", "Suspended", 14, "Quarantine 14", "Quarantine 14", "Quarantine 14")]
    [InlineData("upper", "2020-10-12", 1, "SCH-2020-10", "Distance", 10, "Quarantine 10 T10", "Quarantine 10 T10", "Quarantine 10 T10")]
    [InlineData("lower", "2021-08-10", 3, "SCH-2020-10", "Distance", 10, "Quarantine 10 T10", "Quarantine 10 T10", "Quarantine 10 T10")]
    [InlineData("upper", "2021-08-11", 1, "SCH-2021-08", "Distance", 7, "Quarantine 7 T7", "Quarantine 7 T7", "Quarantine 10 T10")]
    [InlineData("primary", "2021-11-05", 1, "SCH-2021-08", "Distance", 7, "Quarantine 7 T7", "Quarantine 7 T7", "Quarantine 10 T10")]
    [InlineData("nursery", "2021-11-06", 1, "SCH-2021-11", "Suspended", 10, "Quarantine 10 T0 T10", "Quarantine 10 T0 T10", "Quarantine 10 T0 T10")]
    [InlineData("primary", "2021-11-06", 1, "SCH-2021-11", "Presence", 5, "Surveillance 5 T0 T5", "Surveillance 5 T0 T5", "Surveillance 5 T0 T5")]
    [InlineData("primary", "2022-01-07", 2, "SCH-2021-11", "Distance", 10, "Quarantine 10 T10", "Quarantine 10 T10", "Quarantine 10 T10")]
    [InlineData("primary", "2022-01-07", 3, "SCH-2021-11", "Distance", 7, "Quarantine 7 T7", "Quarantine 7 T7", "Quarantine 10 T10")]
    [InlineData("upper", "2021-11-06", 1, "SCH-2021-11", "Presence", 5, "Surveillance 5 T0 T5", "Surveillance 5 T0 T5", "Surveillance 5 T0 T5")]
    [InlineData("lower", "2021-11-06", 2, "SCH-2021-11", "Presence", 10, "Surveillance 5 T0 T5", "Quarantine 10 T10", "Quarantine 10 T10")]
    [InlineData("upper", "2022-01-07", 3, "SCH-2021-11", "Distance", 7, "Quarantine 7 T7", "Quarantine 7 T7", "Quarantine 10 T10")]
    [InlineData("nursery", "2022-01-08", 1, "SCH-2022-01", "Suspended", 10, "Quarantine 10 T10", "Quarantine 10 T10", "Quarantine 10 T10")]
    [InlineData("primary", "2022-01-08", 1, "SCH-2022-01", "Presence", 5, "Surveillance 5 T0 T5", "Surveillance 5 T0 T5", "Surveillance 5 T0 T5")]
    [InlineData("primary", "2022-02-06", 2, "SCH-2022-01", "Distance", 10, "Quarantine 10 T10", "Quarantine 10 T10", "Quarantine 10 T10")]
    [InlineData("lower", "2022-01-08", 1, "SCH-2022-01", "Presence", 10, "Masks 10", "Masks 10", "Masks 10")]
    [InlineData("upper", "2022-01-08", 2, "SCH-2022-01", "Presence", 10, "Masks 10", "Distance 10 T10", "Distance 10 T10")]
    [InlineData("upper", "2022-02-06", 3, "SCH-2022-01", "Distance", 10, "Quarantine 10 T10", "Quarantine 10 T10", "Quarantine 10 T10")]
    [InlineData("nursery", "2022-02-07", 4, "SCH-2022-02", "Presence", 10, "None", "None", "None")]
    [InlineData("nursery", "2022-03-31", 5, "SCH-2022-02", "Suspended", 5, "Distance 5 T5", "Distance 5 T5", "Distance 5 T5")]
    [InlineData("primary", "2022-02-07", 4, "SCH-2022-02", "Presence", 10, "Masks 10", "Masks 10", "Masks 10")]
    [InlineData("primary", "2022-02-07", 5, "SCH-2022-02", "Presence", 5, "Masks 10", "Distance 5 T5", "Distance 5 T5")]
    [InlineData("lower", "2022-02-07", 1, "SCH-2022-02", "Presence", 10, "Masks 10", "Masks 10", "Masks 10")]
    [InlineData("upper", "2022-03-31", 2, "SCH-2022-02", "Presence", 5, "Masks 10", "Distance 5 T5", "Distance 5 T5")]
    [InlineData("primary", "2022-04-01", 3, "SCH-2022-04", "None", 0, "None", "None", "None")]
    [InlineData("primary", "2022-04-01", 4, "SCH-2022-04", "Presence", 10, "Masks 10", "Masks 10", "Masks 10")]
    [InlineData("nursery", "2022-08-31", 4, "SCH-2022-04", "Presence", 10, "None", "None", "None")]
    public void Each_period_proposes_its_own(string level, string day, int cases, string set, string ofClass, int classDays, string best, string old, string worst)
    {
        var today = Day(day);
        var proposal = Rules.Propose(Facts(level, today, cases,
            Known(new KnownDose(DoseKind.Second, today.AddDays(-60), true)), Known(new KnownDose(DoseKind.Second, today.AddDays(-200), true)), KnownProtection.Nothing))!;
        Assert.Equal((set, cases, ofClass, today.AddDays(classDays)), (proposal.Set.Code, proposal.Cases, proposal.Measure.ToString(), proposal.Until));
        Assert.Equal([best, old, worst], proposal.People.Select(p => Written(p, today)));
    }

    [Theory]
    [InlineData("2020-08-27")]
    [InlineData("2022-09-01")]
    public void Where_no_set_holds_nothing_is_proposed(string day) => Assert.Null(Rules.Propose(Facts("primary", Day(day), 1)));

    [Theory]
    [InlineData("2022-02-15", "2022-02-10", "2022-02-05", 5, 3)]
    [InlineData("2022-02-15", "2022-02-10", "2022-02-04", 5, 2)]
    [InlineData("2022-02-15", "2022-02-09", "2022-02-09", 5, 1)]
    [InlineData("2022-01-20", "2022-01-10", "2022-01-01", 14, 3)]
    public void A_positive_counts_with_the_one_before_it_within_the_window(string one, string two, string three, int window, int expected) =>
        Assert.Equal(expected, RuleSet.Count([Day(two), Day(three), Day(one)], window));

    [Theory]
    [InlineData("2022-01-07", -180, Protection.Protected)]
    [InlineData("2022-01-07", -181, Protection.Cycle)]
    [InlineData("2022-01-08", -120, Protection.Protected)]
    [InlineData("2022-01-08", -121, Protection.Cycle)]
    [InlineData("2022-01-08", -14, Protection.Protected)]
    [InlineData("2022-01-08", -13, Protection.None)]
    public void A_course_protects_from_its_fourteenth_day_and_for_as_long_as_the_set_says(string day, int given, Protection expected) =>
        Assert.Equal(expected, On(day, Known(new KnownDose(DoseKind.Second, Day(day).AddDays(given), true))));

    [Fact]
    public void A_booster_and_a_recovery_protect_and_a_first_dose_does_not()
    {
        var day = Day("2022-02-10");
        Assert.Equal(Protection.Protected, On("2022-02-10", Known(new KnownDose(DoseKind.Booster, day, false))));
        Assert.Equal(Protection.Protected, On("2022-02-10", new([], [day.AddDays(-120)])));
        Assert.Equal(Protection.None, On("2022-02-10", new([], [day.AddDays(-121)])));
        Assert.Equal(Protection.None, On("2022-02-10", Known(new KnownDose(DoseKind.First, day.AddDays(-60), false))));
        Assert.Equal(Protection.Protected, Rules.ProtectionOn(KnownProtection.Nothing, exempt: true, day, Rules.Find("SCH-2022-02", "upper")!.Valid));
    }

    [Fact]
    public void A_set_can_be_tried_before_its_day()
    {
        var day = Day("2022-02-06");
        Assert.Equal(ClassMeasure.Distance, Rules.Propose(Facts("primary", day, 2))!.Measure);
        Assert.Equal(ClassMeasure.Presence, Rules.Propose(Rules.Find("SCH-2022-02", "primary")!, Facts("primary", day, 2))!.Measure);
    }

    [Fact]
    public void Days_are_counted_from_the_last_contact_and_nothing_is_due_before_the_decision()
    {
        var today = Day("2021-11-10");
        var facts = Facts("nursery", today, 1, KnownProtection.Nothing) with { Contacts = [new(Guid.CreateVersion7(), SchoolPart.Pupil, today.AddDays(-3), KnownProtection.Nothing)] };
        var one = Rules.Propose(facts)!.People.Single();
        Assert.Equal((today.AddDays(7), "T0=2021-11-10 T10=2021-11-17"), (one.Until, WantedTest.Written(one.Tests)));
    }

    [Fact]
    public void A_test_that_the_region_does_not_demand_is_not_proposed()
    {
        var rules = Rules with { Tests = [new("T5", false, new(Day("2020-01-01"), null), "prova")] };
        Assert.Equal(["T0"], rules.Propose(Facts("upper", Day("2021-11-10"), 1, KnownProtection.Nothing))!.People.Single().Tests.Select(t => t.Code));
    }

    private static Protection On(string day, KnownProtection known) => Rules.ProtectionOn(known, exempt: false, Day(day), Rules.SetOf("upper", Day(day))!.Valid);

    private static KnownProtection Known(params KnownDose[] doses) => new(doses, []);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static ClassFacts Facts(string level, DateOnly day, int cases, params KnownProtection[] pupils) => new(
        level switch { "nursery" => SchoolLevel.Nursery, "primary" => SchoolLevel.Primary, "lower" => SchoolLevel.LowerSecondary, _ => SchoolLevel.UpperSecondary },
        day, [.. Enumerable.Repeat(day, cases)], [.. pupils.Select(p => new ContactFacts(Guid.CreateVersion7(), SchoolPart.Pupil, day, p))]);

    private static string Written(ProposedMeasure measure, DateOnly today) =>
        string.Join(' ', new[] { measure.Kind.ToString(), measure.Until is { } until ? (until.DayNumber - today.DayNumber).ToString(CultureInfo.InvariantCulture) : null }.OfType<string>().Concat(measure.Tests.Select(t => t.Code)));
}
