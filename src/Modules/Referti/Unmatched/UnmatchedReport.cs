using System.Text.Json;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.LabMessages;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Unmatched;

internal enum UnmatchedState
{
    Open,
    Matched,
    Discarded,
}

/// <summary>A result that no rule may place: it waits, with its reason, until a person places or discards it, or until
/// the registry or a sample makes it clear.</summary>
[Shows(FieldClass.Identity, "FiscalCode", "SearchName", "BirthDate")]
[Shows(FieldClass.Result, "Reading")]
[Shows(FieldClass.Work, "ResultIndex", "LabCode", "LabAsl", "ReasonCode", "State", "TestType", "Numbers", "ReceivedAt", "DecidedAt", "DecidedByName", "Note", "Version")]
internal sealed class UnmatchedReport : IOfPatient, IVersioned
{
    public const int NumbersLength = 700;

    public static readonly ScopeRule<UnmatchedReport> Scope = new ScopeRule<UnmatchedReport>()
        .By(ScopeKind.Lab, u => u.LabCode)
        .By(ScopeKind.Asl, u => u.LabAsl);

    private UnmatchedReport()
    {
    }

    public Guid Id { get; private init; }
    public Guid MessageId { get; private init; }
    public int ResultIndex { get; private init; }
    public string LabCode { get; private init; } = "";

    /// <summary>ASL of the laboratory, whose public-health office works through the queue.</summary>
    public string LabAsl { get; private init; } = "";

    public string ReasonCode { get; private set; } = "";
    public UnmatchedState State { get; private set; }

    /// <summary><see cref="ResultReading"/> as JSON.</summary>
    public string Reading { get; private init; } = "";

    /// <summary>Of the reading, to be found by; an STP or ENI where there is no codice fiscale.</summary>
    public string? FiscalCode { get; private init; }

    public string SearchName { get; private init; } = "";
    public DateOnly? BirthDate { get; private init; }
    public TestType? TestType { get; private init; }

    /// <summary>The numbers that may be the tube's, each between bars.</summary>
    public string Numbers { get; private init; } = "";

    public DateTime ReceivedAt { get; private init; }

    /// <summary>Whom it was matched with in the end.</summary>
    public Guid? PatientId { get; private set; }

    public Guid? PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => MessageId;
    public Guid? ReportId { get; private set; }
    public DateTime? DecidedAt { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public string? DecidedByName { get; private set; }

    /// <summary>Why it was discarded.</summary>
    public string? Note { get; private set; }

    public int Version { get; set; }

    public static UnmatchedReport Of(Guid id, LabMessage message, ResultReading reading, string labAsl, string reason) =>
        new()
        {
            Id = id,
            MessageId = message.Id,
            ResultIndex = reading.Index,
            LabCode = message.LabCode,
            LabAsl = labAsl,
            ReasonCode = reason,
            Reading = JsonSerializer.Serialize(reading, ReadingJson.Options),
            FiscalCode = ReportVersion.Fit(reading.Person.Code, 16),
            SearchName = ReportVersion.Fit(SearchText.Of($"{reading.Person.FamilyName} {reading.Person.GivenName}"), Report.SearchLength) ?? "",
            BirthDate = reading.Person.BirthDate,
            TestType = reading.TestType,
            Numbers = Bars(reading.Numbers),
            ReceivedAt = message.ReceivedAt,
        };

    public ResultReading ReadingOf() => JsonSerializer.Deserialize<ResultReading>(Reading, ReadingJson.Options)!;

    /// <summary>It still waits, for another reason than it did.</summary>
    public void WaitFor(string reason) => ReasonCode = reason;

    public void Match(Guid patientId, Guid reportId, Author by, DateTime now)
    {
        Decide(UnmatchedState.Matched, by, now);
        (PatientId, ReportId) = (patientId, reportId);
    }

    public void Discard(string why, Author by, DateTime now)
    {
        Decide(UnmatchedState.Discarded, by, now);
        Note = ReportVersion.Fit(why, ReportVersion.ReasonLength);
    }

    public static string Bar(string number) => $"|{number}|";

    private void Decide(UnmatchedState state, Author by, DateTime now)
    {
        if (State != UnmatchedState.Open)
            throw new Refusal("already-decided", "Questo messaggio è già stato trattato.");
        (State, DecidedAt, DecidedBy, DecidedByName) = (state, now, by.Id, ReportVersion.Fit(by.Name, Report.NameLength));
    }

    private static string Bars(IReadOnlyList<string> numbers)
    {
        var bars = "|";
        foreach (var number in numbers.Where(n => !n.Contains('|', StringComparison.Ordinal)))
        {
            if (bars.Length + number.Length + 1 > NumbersLength)
                break;
            bars += number + "|";
        }

        return bars;
    }
}
