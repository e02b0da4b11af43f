using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Schools.Consents;

internal enum ConsentFor
{
    /// <summary>Sentinel testing: a sample of classes is tested where nobody is ill.</summary>
    Sentinel,

    /// <summary>A vaccination session at the school.</summary>
    Vaccination,
}

/// <summary>A pupil's family is asked whether she takes part: a parent answers for a minor, who is of age for herself. Silence is not
/// consent.</summary>
[Shows(FieldClass.Health, "Answer")]
[Shows(FieldClass.Work, "For", "AskedAt", "Due", "AnsweredAt", "AnsweredBy", "ClassName", "SchoolCode", "SchoolName", "AslCode", "Day", "Reminders", "RemindedAt")]
internal sealed class Consent : IOfPatient
{
    public static readonly ScopeRule<Consent> Scope = new ScopeRule<Consent>().By(ScopeKind.Asl, c => c.AslCode);

    public const int ByLength = 60;

    public required Guid Id { get; init; }
    public required ConsentFor For { get; init; }

    /// <summary>The sentinel round or the vaccination session.</summary>
    public required Guid OccasionId { get; init; }

    public required Guid PatientId { get; set; }
    public required Guid ClassId { get; init; }
    public required string ClassName { get; init; }
    public required string SchoolCode { get; init; }
    public required string SchoolName { get; init; }
    public required string AslCode { get; init; }

    /// <summary>On which the test or the vaccination is.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The last day for an answer.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime AskedAt { get; init; }

    /// <summary>Null while nobody has answered.</summary>
    public bool? Answer { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? AnsweredAt { get; private set; }

    /// <summary>Who answered: her id in the registry, or the account of the desk that wrote down what was given on paper.</summary>
    public string? AnsweredBy { get; private set; }

    public int Reminders { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime? RemindedAt { get; private set; }

    Guid? IOfPatient.PatientOfRow => PatientId;

    /// <summary>It may be changed until the last day.</summary>
    /// <exception cref="Refusal"><c>consent-late</c>.</exception>
    public void Say(bool yes, string by, DateTime at, DateOnly today)
    {
        if (today > Due)
            throw new Refusal("consent-late", "Il termine per rispondere è passato.");
        (Answer, AnsweredBy, AnsweredAt) = (yes, by, at);
    }

    public void Remind(DateTime at) => (Reminders, RemindedAt) = (Reminders + 1, at);
}
