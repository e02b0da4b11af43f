using System.Globalization;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Cases;

internal enum DecisionOutcome
{
    /// <summary>As the rule set of the day proposed.</summary>
    Confirmed,

    /// <summary>Otherwise, for a reason.</summary>
    Changed,

    /// <summary>No measure, for a reason.</summary>
    Refused,
}

internal enum DecisionState
{
    Holds,

    /// <summary>A later one took its place.</summary>
    Replaced,

    /// <summary>It lost its ground.</summary>
    Reopened,
}

/// <summary>What the ASL decided on a class, and on each person of it. Never edited: a later one takes its place.</summary>
[Shows(FieldClass.Work)]
internal sealed class Decision
{
    public const int ReasonLength = 500;

    private readonly List<PersonMeasure> people = [];

    /// <summary>Made by the form: sent twice, it is one decision.</summary>
    public required Guid Id { get; init; }

    public required Guid CaseId { get; init; }

    /// <summary>Of the case, from 1.</summary>
    public required int Number { get; init; }

    public DecisionState State { get; private set; }
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>Code of the rule set of the day; null where none held.</summary>
    public string? RuleSet { get; init; }

    /// <summary>How many positives it counted.</summary>
    public required int Cases { get; init; }

    public required ClassMeasure Measure { get; init; }
    public required DateOnly From { get; init; }

    /// <summary>The last day; as <see cref="From"/> where there is no measure.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Of a change or a refusal.</summary>
    public string? Reason { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime DecidedAt { get; init; }

    public Guid? DecidedById { get; init; }
    public required string DecidedBy { get; init; }
    public DateTime? ReopenedAt { get; private set; }

    public IReadOnlyList<PersonMeasure> People => people;

    public void Add(PersonMeasure person) => people.Add(person);

    public void Replace() => State = DecisionState.Replaced;

    public void Reopen(DateTime now) => (State, ReopenedAt) = (DecisionState.Reopened, now);
}

/// <summary>What was decided for one person of the class.</summary>
[Shows(FieldClass.Health, "Kind", "Until", "Tests", "Reason", "WithoutTestUntil", "Protection")]
[Shows(FieldClass.Work)]
internal sealed class PersonMeasure : IOfPatient
{
    public const int TestsLength = 100;

    public required Guid Id { get; init; }
    public required Guid DecisionId { get; init; }
    public required Guid PatientId { get; set; }
    public required People.SchoolPart Part { get; init; }
    public required MeasureKind Kind { get; init; }

    /// <summary>The last day; null where none was set.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>The last day for who does the wanted tests not at all.</summary>
    public DateOnly? WithoutTestUntil { get; init; }

    /// <summary>In their order: <c>T0=2021-11-08 T5=2021-11-13</c>.</summary>
    public required string Tests { get; init; }

    /// <summary>By which it was proposed.</summary>
    public required Protection Protection { get; init; }

    /// <summary>Where it is not what was proposed.</summary>
    public string? Reason { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => DecisionId;

    /// <summary>She does not come to school meanwhile.</summary>
    public bool AtHome => Kind is MeasureKind.Distance or MeasureKind.Quarantine;

    public IReadOnlyList<WantedTest> Wanted => [.. Tests.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(WantedTest.Read)];
}

/// <param name="Code">As the rule set calls it: <c>T0</c>.</param>
[Shows(FieldClass.Work)]
internal sealed record WantedTest(string Code, DateOnly Day)
{
    public static string Written(IEnumerable<WantedTest> tests) =>
        string.Join(' ', tests.Select(t => $"{t.Code}={t.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"));

    public static WantedTest Read(string text) =>
        new(text.Split('=')[0], DateOnly.ParseExact(text.Split('=')[1], "yyyy-MM-dd", CultureInfo.InvariantCulture));
}
