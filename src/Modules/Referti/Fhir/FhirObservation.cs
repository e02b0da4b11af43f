using System.Text.Json;
using Platform.Referti.Hl7;

namespace Platform.Referti.Fhir;

/// <summary>What an Observation stands in.</summary>
/// <param name="Scope">The same for observations of one sample of one person.</param>
internal sealed record FhirContext(int Group, string Scope, PatientIdentity Patient, LabOrder Order, FhirReport? Report, string? Laboratory);

/// <summary>Reads one Observation, and its components, each of which is an observation of the same answer.</summary>
internal static class FhirObservation
{
    /// <param name="next">Numbers what is no entry of its own.</param>
    public static IEnumerable<Observation> Read(FhirResource resource, FhirContext context, Func<int> next, IEnumerable<Hl7Problem> inherited)
    {
        var problems = new List<Hl7Problem>(inherited);
        var status = Status(resource, context.Report, problems);
        yield return Read(resource.Json, resource, resource is { Type: "Observation", Number: > 0 } ? resource.Number : next(), context, status, problems);
        foreach (var component in resource.Json.List("component"))
            yield return Read(component, resource, next(), context, status, []);
    }

    private static Observation Read(
        JsonElement json, FhirResource resource, int index, FhirContext context, (ObservationStatus Status, string? Code) status, List<Hl7Problem> problems)
    {
        var (place, number) = (resource.Type, resource.Number);
        var codings = json.At("code").Codings();
        var (test, known) = Test(codings, json.At("code").Text("text"), place, number, problems);
        var value = Value(json, place, number, known?.Role);
        var flags = json.List("interpretation").SelectMany(i => ((JsonElement?)i).Codings()).Select(c => c.Code).OfType<string>().ToList();
        if (status.Status != ObservationStatus.Annulled)
        {
            problems.AddRange(value.Problems.Where(p => p.Code != ProblemCodes.MissingValue || status.Status != ObservationStatus.CannotBeDone));
            if (flags.Any(flag => ResultFlags.Contradicts(flag, value.Value, known?.Kind)))
                problems.Add(new(ProblemCodes.ContradictoryFlag, place, number, 8, "The interpretation contradicts the value."));
        }

        var collected = context.Order.Collected ?? FhirTime.Of(resource, problems, "effectiveDateTime", "effectiveInstant", "effectivePeriod.start");
        var isThreshold = known is null && Figure(json) is not null && (codings.Exists(c => SarsCov2Tests.IsCycleThreshold(c.Text)) || SarsCov2Tests.IsCycleThreshold(json.At("code").Text("text")));
        var result = new LabResult(
            index, context.Patient, context.Order, test, known?.Kind, value.Value, value.Original, null, status.Status, status.Code, flags, collected,
            context.Laboratory, [], problems)
        { Device = Device(json) };
        return new(
            context.Group, context.Scope, place, index, test, known?.Role ?? (isThreshold ? TestRole.Detail : TestRole.Unknown), known?.Kind ?? (isThreshold ? TestKind.Molecular : null), test.IsLoinc,
            codings.Exists(c => SarsCov2Tests.Mentions(c.Code) || SarsCov2Tests.Mentions(c.Text)) || SarsCov2Tests.Mentions(json.At("code").Text("text")),
            status.Status, result, Figure(json) ?? value.Original?.Text ?? value.Original?.Code, json.At("valueQuantity").Text("unit") ?? json.At("valueQuantity").Text("code"));
    }

    // The device itself, by its identifier, or the method.
    private static string? Device(JsonElement json) =>
        CommonList.Number(json.At("device").At("identifier").Text("value"), json.At("device").At("identifier").Text("system"))
            ?? json.At("method").Codings().Select(m => CommonList.Number(m.Code, m.System)).FirstOrDefault(number => number is not null);

    private static (CodedText Test, SarsCov2Test? Known) Test(List<CodedText> codings, string? text, string place, int number, List<Hl7Problem> problems)
    {
        var loinc = codings.FindAll(c => c is { IsLoinc: true, Code: not null });
        var inTable = loinc.FindAll(c => SarsCov2Tests.Find(c.Code) is not null);
        if (inTable.Select(c => SarsCov2Tests.Find(c.Code)).Distinct().Count() > 1)
            problems.Add(new(ProblemCodes.ContradictoryCode, place, number, 3, "The LOINC codes of the test are of different kinds."));
        var chosen = inTable.FirstOrDefault() ?? loinc.FirstOrDefault() ?? codings.FirstOrDefault() ?? new(null, null, null);
        chosen = chosen with { Text = chosen.Text ?? text };
        // A code without a system, or of another one, is never read as of LOINC.
        return (chosen, inTable.Count > 0 ? SarsCov2Tests.Find(chosen.Code) : null);
    }

    private static ValueReading Value(JsonElement json, string place, int number, TestRole? role)
    {
        if (json.At("valueCodeableConcept") is { } concept)
            return ValueReader.Read(place, number, ((JsonElement?)concept).Codings(), concept.Text("text"));
        if (json.At("valueString") is not null)
            return ValueReader.Read(place, number, [], json.Text("valueString"), true);
        if (Figure(json) is { } figure)
        {
            return new(ResultValue.Unknown, new(figure, null, null), role is TestRole.Target or TestRole.Detail ? []
                : [new(ProblemCodes.NumericValue, place, number, 5, "The value is a figure, which is not read as an answer.")]);
        }

        var other = json.ValueKind == JsonValueKind.Object && json.EnumerateObject().Any(p => p.Name.StartsWith("value", StringComparison.Ordinal));
        return other
            ? new(ResultValue.Unknown, null, [new(ProblemCodes.UnsupportedValueType, place, number, 5, "The value is of a type that is not read as an answer.")])
            : new(ResultValue.Unknown, null, [new(ProblemCodes.MissingValue, place, number, 5, "The observation has no value.")]);
    }

    private static string? Figure(JsonElement json) =>
        json.At("valueQuantity") is { } quantity && quantity.Text("value") is { } number
            ? PlainText.Of(quantity.Text("comparator") + number)
            : json.Text("valueInteger");

    /// <summary>The observation's own, unless its report takes it all back or has not been verified.</summary>
    private static (ObservationStatus, string?) Status(FhirResource resource, FhirReport? report, List<Hl7Problem> problems)
    {
        var own = resource.Json.Text("status");
        var status = FhirStatus.Of(own);
        if (own is null)
            problems.Add(new(ProblemCodes.MissingStatus, resource.Type, resource.Number, 11, "The observation has no status."));
        else if (status == ObservationStatus.Unknown)
            problems.Add(new(ProblemCodes.UnknownStatus, resource.Type, resource.Number, 11, "The status is not one that says whether the result is final."));
        return report?.Status switch
        {
            ObservationStatus.Annulled => (ObservationStatus.Annulled, report.StatusCode),
            ObservationStatus.Preliminary or ObservationStatus.CannotBeDone when status == ObservationStatus.Final => (report.Status, report.StatusCode),
            _ => (status, own),
        };
    }
}
