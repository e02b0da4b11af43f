using System.Text.Json;
using System.Text.Unicode;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Hl7;

namespace Platform.Referti.LabMessages;

internal enum LabMessageState
{
    /// <summary>Stored; what it says is still to be worked through.</summary>
    Accepted,

    /// <summary>All that it says is in reports.</summary>
    Issued,

    /// <summary>Something of it waits for a person.</summary>
    Waiting,

    /// <summary>Nothing of it is a report: other viruses, questions, or what a person discarded.</summary>
    WithoutReports,

    /// <summary>Not taken: kept so that one can see why.</summary>
    Refused,
}

/// <summary>A message as a laboratory sent it, byte by byte, with what was read from it and what became of that. Stored
/// before it is answered.</summary>
[Shows(FieldClass.Result, "Raw", "Reading", "Outcomes")]
[Shows(FieldClass.Work, "LabCode", "LabAsl", "ControlId", "ContentHash", "ReceivedAt", "Answer", "State", "Attempts", "TryAgainAt", "Version")]
internal sealed class LabMessage : IVersioned
{
    public const int ControlIdLength = 200;
    /// <summary>So long the intake itself has for a message; after that the job takes it up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    public static readonly ScopeRule<LabMessage> Scope = new ScopeRule<LabMessage>()
        .By(ScopeKind.Lab, m => m.LabCode)
        .By(ScopeKind.Asl, m => m.LabAsl);

    private MessageReading? read;

    private LabMessage()
    {
    }

    public Guid Id { get; private init; }
    public string LabCode { get; private init; } = "";

    /// <summary>ASL of the laboratory, whose public-health office sees what came from it.</summary>
    public string LabAsl { get; private init; } = "";

    /// <summary>The API client; null when the command line brought it.</summary>
    public Guid? SenderId { get; private init; }

    /// <summary>MSH-10.</summary>
    public string ControlId { get; private init; } = "";

    /// <summary>SHA-256 of the bytes, hexadecimal.</summary>
    public string ContentHash { get; private init; } = "";

    public byte[] Raw { get; private init; } = [];
    public DateTime ReceivedAt { get; private init; }
    public AckCode Answer { get; private init; }
    public LabMessageState State { get; private set; }

    /// <summary><see cref="MessageReading"/> as JSON.</summary>
    public string Reading { get; private init; } = "";

    /// <summary>What became of each result: a list of <see cref="Outcome"/> as JSON.</summary>
    public string Outcomes { get; private set; } = "[]";

    /// <summary>How often the job has tried in vain to place what the intake had left.</summary>
    public int Attempts { get; private set; }

    /// <summary>When the job takes it up, if it is still not worked through.</summary>
    public DateTime TryAgainAt { get; private set; }

    public int Version { get; set; }

    public static LabMessage Of(
        Guid id, string labCode, string labAsl, Guid? senderId, string controlId, string hash, byte[] raw, AckCode answer, MessageReading reading, DateTime now) =>
        new()
        {
            Id = id,
            LabCode = labCode,
            LabAsl = labAsl,
            SenderId = senderId,
            ControlId = controlId,
            ContentHash = hash,
            Raw = raw,
            Answer = answer,
            ReceivedAt = now,
            TryAgainAt = now + Grace,
            Reading = JsonSerializer.Serialize(reading, ReadingJson.Options),
            read = reading,
            State = answer != AckCode.AA ? LabMessageState.Refused
                : reading.Results.Count == 0 ? LabMessageState.WithoutReports : LabMessageState.Accepted,
        };

    /// <summary>How long to wait after so many attempts in vain: 2, 4, 8 minutes and so on, to a day.</summary>
    public static TimeSpan PauseAfter(int attempts) =>
        attempts >= 11 ? LongestPause : TimeSpan.FromMinutes(1 << attempts);

    /// <summary>To be looked at: any charset will do, what was read stands beside.</summary>
    public string RawText() =>
        (Hl7Message.TryParse(Raw, null, out var parsed, out _) ? parsed!.Encoding : Utf8.IsValid(Raw) ? Hl7Charset.Utf8 : Hl7Charset.Windows1252)
            .GetString(Raw).Replace('\r', '\n');

    public MessageReading ReadingOf() => read ??= JsonSerializer.Deserialize<MessageReading>(Reading, ReadingJson.Options)!;

    public IReadOnlyList<Outcome> OutcomesOf() => JsonSerializer.Deserialize<List<Outcome>>(Outcomes, ReadingJson.Options)!;

    /// <summary>What became of one of its results, in place of what was known of it.</summary>
    public void Settle(Outcome outcome, int results)
    {
        List<Outcome> all = [.. OutcomesOf().Where(o => o.Index != outcome.Index), outcome];
        Outcomes = JsonSerializer.Serialize(all.OrderBy(o => o.Index), ReadingJson.Options);
        if (State == LabMessageState.Refused)
            return;
        State = all.Count < results ? LabMessageState.Accepted
            : all.Exists(o => o.State == OutcomeState.Waiting) ? LabMessageState.Waiting
            : all.Exists(o => o.State is OutcomeState.Issued or OutcomeState.Repeated) ? LabMessageState.Issued
            : LabMessageState.WithoutReports;
    }
}

internal enum OutcomeState
{
    Issued,

    /// <summary>Says what the report said already: nothing new was released.</summary>
    Repeated,
    Waiting,
    Discarded,
}

/// <param name="Index">Which result of the message: <see cref="ResultReading.Index"/>.</param>
/// <param name="Reason">Code of <see cref="WaitingReason"/>.</param>
[Shows(FieldClass.Work)]
internal sealed record Outcome(int Index, OutcomeState State, Guid? ReportId, int? Version, Guid? PatientId, string? Reason);
