using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.BuildingBlocks.Security.Fields;
using Platform.Referti.Contracts;
using Platform.Referti.Hl7;
using Platform.Testing.Contracts;

namespace Platform.Referti.LabMessages;

/// <summary>What was read from a message, as it is kept and as its sender can ask for it.</summary>
/// <param name="Time">MSH-7, UTC.</param>
/// <param name="Ignored">Observations that are no result on SARS-CoV-2, and why.</param>
[Shows(FieldClass.Work)]
internal sealed record MessageReading(
    string? ControlId, string? MessageType, string? Version, string? ProcessingId, string? SendingApplication, string? SendingFacility,
    DateTime? Time, IReadOnlyList<ResultReading> Results, IReadOnlyList<IgnoredReading> Ignored, IReadOnlyList<ProblemReading> Problems)
{
    public static MessageReading Unread(Hl7Problem problem) =>
        new(null, null, null, null, null, null, null, [], [], [ProblemReading.Of(problem)]);

    public static MessageReading Of(MessageHeader header, IReadOnlyList<Hl7Problem> problems) =>
        new(header.ControlId, TypeOf(header), header.Version, header.ProcessingId, header.SendingApplication, header.SendingFacility,
            header.MessageTime?.Utc.UtcDateTime, [], [], [.. problems.Select(ProblemReading.Of)]);

    public static MessageReading Of(OruReading oru, IReadOnlyList<Hl7Problem> problems) =>
        Of(oru.Header, problems) with
        {
            Results = [.. oru.Results.Select(r => ResultReading.Of(r, r.IsCorrectionAmong(oru.Results)))],
            Ignored = [.. oru.Ignored.Select(i => new IgnoredReading(i.SegmentIndex, CodeReading.Of(i.Test), i.Because))],
        };

    private static string? TypeOf(MessageHeader header) =>
        header.MessageType is null ? null : header.Event is null ? header.MessageType : $"{header.MessageType}^{header.Event}";
}

[Shows(FieldClass.Work)]
internal sealed record CodeReading(string? Code, string? Text, string? System)
{
    public static CodeReading? Of(CodedText? coded) =>
        coded is null or { IsEmpty: true } ? null : new(coded.Code, coded.Text, coded.System);
}

/// <param name="Reason">English, and names no one.</param>
[Shows(FieldClass.Work)]
internal sealed record ProblemReading(string Code, string Segment, int? SegmentIndex, int? Field, string Reason)
{
    public static ProblemReading Of(Hl7Problem problem) =>
        new(problem.Code, problem.Segment, problem.SegmentIndex, problem.Field, problem.Reason);

    public Hl7Problem AsProblem() => new(Code, Segment, SegmentIndex, Field, Reason);
}

[Shows(FieldClass.Work)]
internal sealed record IgnoredReading(int Index, CodeReading? Test, IgnoredBecause Because);

/// <param name="Sex">M, F or null.</param>
/// <param name="OtherIdentifiers">The laboratory's own numbers of the person, with their type and authority.</param>
[Shows(FieldClass.Identity, "FiscalCode", "Stp", "Eni", "OtherIdentifiers", "FamilyName", "GivenName", "BirthDate", "Sex")]
[Shows(FieldClass.Address, "Municipality")]
internal sealed record PersonReading(
    string? FiscalCode, string? Stp, string? Eni, IReadOnlyList<IdentifierReading> OtherIdentifiers,
    string? FamilyName, string? GivenName, DateOnly? BirthDate, string? Sex, string? Municipality)
{
    /// <summary>By which she is looked for: her codice fiscale, else the code of a foreigner without one.</summary>
    [JsonIgnore]
    public string? Code => FiscalCode ?? Stp ?? Eni;

    public static PersonReading Of(PatientIdentity who) =>
        new(who.CodiceFiscale, who.Stp, who.Eni,
            [.. who.OtherIdentifiers.Select(i => new IdentifierReading(i.Value, i.Type, i.Authority))],
            who.FamilyName, who.GivenName, who.BirthDate, who.Sex?.ToString(), who.Municipality);
}

[Shows(FieldClass.Identity, "Value")]
[Shows(FieldClass.Work, "Type", "Authority")]
internal sealed record IdentifierReading(string Value, string? Type, string? Authority);

[Shows(FieldClass.Result, "Value", "Result")]
[Shows(FieldClass.Work, "Units")]
internal sealed record DetailReading(CodeReading? Test, string? Value, string? Units, ReportResult? Result);

/// <summary>One answer on SARS-CoV-2 of a message, or what may be one.</summary>
/// <param name="Index">Which OBX of the message, from 1; 0 where the message has none and waits as a whole.</param>
/// <param name="Result">Null where it is not understood.</param>
/// <param name="Numbers">Where the tube's number may be, the likeliest first; upper case, without blanks.</param>
/// <param name="CollectedAt">UTC, like the other times.</param>
/// <param name="Device">Of an antigen test: number of its device in the EU's common list.</param>
/// <param name="ByNumberAlone">An analyser knows tubes, not people: the number of a sample that its own laboratory holds is enough.</param>
[Shows(FieldClass.Result, "Value", "Result", "Details")]
[Shows(FieldClass.Work, "Index", "TestType", "Status", "StatusCode", "IsCorrection", "IsAnnulment", "Numbers", "PlacerOrder", "FillerOrder", "CollectedAt", "ReceivedAt", "ReportedAt", "PerformingLaboratory", "ByNumberAlone", "Device")]
internal sealed record ResultReading(
    int Index, PersonReading Person, CodeReading? Test, TestType? TestType, CodeReading? Value, ReportResult? Result,
    ObservationStatus Status, string? StatusCode, bool IsCorrection, bool IsAnnulment,
    IReadOnlyList<string> Numbers, string? PlacerOrder, string? FillerOrder, CodeReading? Specimen,
    DateTime? CollectedAt, DateTime? ReceivedAt, DateTime? ReportedAt, string? PerformingLaboratory,
    IReadOnlyList<DetailReading> Details, IReadOnlyList<ProblemReading> Problems, bool ByNumberAlone = false, string? Device = null)
{
    /// <summary>The first doubt that only a person can settle; null where there is none.</summary>
    [JsonIgnore]
    public string? Doubt => Problems.FirstOrDefault(p => ProblemCodes.PutsInDoubt(p.Code))?.Code;

    /// <summary>One line for people and for the printed report: figures beside the answer.</summary>
    [JsonIgnore]
    public string? DetailsText => Details.Count == 0 ? null : string.Join("; ", Details.Select(d =>
        $"{d.Test?.Text ?? d.Test?.Code}: {d.Value}{(d.Units is null ? "" : " " + d.Units)}"));

    public static ResultReading Of(LabResult result, bool isCorrection) =>
        new(result.ObservationIndex,
            PersonReading.Of(result.Patient),
            CodeReading.Of(result.Test),
            result.Kind switch
            {
                TestKind.Molecular => Testing.Contracts.TestType.Molecular,
                TestKind.Antigen => Testing.Contracts.TestType.Antigen,
                TestKind.Serology => Testing.Contracts.TestType.Serology,
                _ => null,
            },
            CodeReading.Of(result.OriginalValue),
            Meaning(result.Value),
            result.Status,
            result.StatusCode,
            isCorrection,
            result.IsAnnulment,
            [.. result.Order.AccessionCandidates.Select(Number).Where(n => n.Length is > 0 and <= Reports.Report.NumberLength).Distinct()],
            result.Order.PlacerOrder,
            result.Order.FillerOrder,
            CodeReading.Of(result.Order.Specimen),
            (result.Collected ?? result.Order.Collected)?.Utc.UtcDateTime,
            result.Order.Received?.Utc.UtcDateTime,
            result.Order.Reported?.Utc.UtcDateTime,
            result.PerformingLaboratory,
            [.. result.Details.Select(d => new DetailReading(CodeReading.Of(d.Test), d.Text, d.Units, Meaning(d.Value)))],
            [.. result.Problems.Select(ProblemReading.Of)],
            Device: result.Device);

    // "Awaits confirmation" and "the test failed" are no conclusion: neither a positive nor a negative, nor the sample's fault.
    private static ReportResult? Meaning(ResultValue value) => value switch
    {
        ResultValue.Detected => ReportResult.Detected,
        ResultValue.NotDetected => ReportResult.NotDetected,
        ResultValue.Inconclusive or ResultValue.PresumptivePositive or ResultValue.Invalid => ReportResult.Inconclusive,
        ResultValue.Unsuitable => ReportResult.Unsuitable,
        _ => null,
    };

    internal static string Number(string number) =>
        string.Concat(number.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
}

internal static class ReadingJson
{
    /// <summary>NUL and lone surrogates never reach a text column: the writer escapes what is not plain.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.Default,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
