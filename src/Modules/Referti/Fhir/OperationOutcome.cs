using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;

namespace Platform.Referti.Fhir;

/// <summary>The answer to a Bundle: what is wrong or noted, each with its place, and what became of each result.</summary>
internal static class OperationOutcome
{
    public const string ContentType = "application/fhir+json";

    // As HL7 v2 numbers the fields of an OBX, which the readers share.
    private static string? Element(int? field) => field switch
    {
        3 => ".code",
        5 => ".value",
        8 => ".interpretation",
        11 => ".status",
        _ => null,
    };

    /// <summary>200 for what is kept, doubts and all; 400 for what is no Bundle, 413, 422 for one that is not for here.</summary>
    public static int StatusOf(Taken taken) => taken.Verdict == AckCode.AA ? StatusCodes.Status200OK
        : taken.Problems.Any(p => p.Code is FhirProblems.InvalidJson or ProblemCodes.InvalidCharset or FhirProblems.NotABundle) ? StatusCodes.Status400BadRequest
        : taken.Problems.Any(p => p.Code is ProblemCodes.MessageTooLarge) ? StatusCodes.Status413PayloadTooLarge
        : taken.Problems.Any(p => p.Code is "duplicate-control-id") ? StatusCodes.Status409Conflict
        : StatusCodes.Status422UnprocessableEntity;

    public static byte[] Of(Taken taken)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", "OperationOutcome");
            json.WriteStartArray("issue");
            foreach (var problem in taken.Problems)
                Issue(json, taken.Verdict == AckCode.AA ? "warning" : "error", problem);
            foreach (var outcome in taken.Outcomes)
                Say(json, outcome);
            if (taken is { Problems: [], Outcomes: [] })
                Informational(json, "Nothing of the Bundle is a result on SARS-CoV-2.", null);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Issue(Utf8JsonWriter json, string severity, Hl7Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("severity", severity);
        json.WriteString("code", FhirProblems.IssueTypeOf(problem.Code));
        json.WriteStartObject("details");
        json.WriteStartArray("coding");
        json.WriteStartObject();
        json.WriteString("code", problem.Code);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("text", problem.Reason);
        json.WriteEndObject();
        Expression(json, problem.Segment is "OBX" ? "Observation" : problem.Segment, problem.SegmentIndex, Element(problem.Field));
        json.WriteEndObject();
    }

    private static void Say(Utf8JsonWriter json, Outcome outcome) => Informational(
        json,
        outcome.State switch
        {
            OutcomeState.Issued => $"Released: report {outcome.ReportId}, version {outcome.Version}.",
            OutcomeState.Repeated => $"Said already by report {outcome.ReportId}, version {outcome.Version}.",
            OutcomeState.Waiting => $"Kept; it waits for a person: {outcome.Reason}.",
            _ => $"Kept; discarded by a person: {outcome.Reason}.",
        },
        outcome.Index);

    private static void Informational(Utf8JsonWriter json, string text, int? observation)
    {
        json.WriteStartObject();
        json.WriteString("severity", "information");
        json.WriteString("code", "informational");
        json.WriteStartObject("details");
        json.WriteString("text", text);
        json.WriteEndObject();
        Expression(json, "Observation", observation, null);
        json.WriteEndObject();
    }

    private static void Expression(Utf8JsonWriter json, string place, int? number, string? element)
    {
        if (number is not > 0 || place.Length == 0)
            return;
        json.WriteStartArray("expression");
        json.WriteStringValue($"Bundle.entry.resource.ofType({place})[{number - 1}]{element}");
        json.WriteEndArray();
    }
}
