using System.Text.Json;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;

namespace Platform.Referti.Fhir;

/// <summary>Reads a Bundle of laboratory reports by the same rules as an ORU^R01: nothing is guessed, and what is not
/// certain is in the reading with a problem beside it.</summary>
internal sealed class FhirReader
{
    private const int DeepestPanel = 4;
    private const string Production = "http://terminology.hl7.org/CodeSystem/v2-0103";

    private readonly FhirBundle bundle;
    private readonly List<Observation> observations = [];
    private readonly List<Hl7Problem> problems = [];
    private readonly HashSet<int> read = [];
    private int groups;
    private int last;

    private FhirReader(FhirBundle bundle) => (this.bundle, last) = (bundle, bundle.Entries.Count(e => e.Type == "Observation"));

    public static Incoming Read(ReadOnlyMemory<byte> bytes)
    {
        if (FhirBundle.Parse(bytes, out var problem) is not { } bundle)
            return new(bytes.ToArray(), null, AckCode.AR, MessageReading.Unread(problem!));
        var controlId = ControlIdOf(bundle.Root, bytes.Span);
        var header = Header(bundle.Root, controlId);
        if (Refusal(bundle, controlId) is { } refusal)
            return new(bytes.ToArray(), controlId.Length > LabMessage.ControlIdLength ? null : controlId, AckCode.AR,
                header with { Problems = [ProblemReading.Of(refusal)] });
        return new FhirReader(bundle).Read(bytes, controlId, header);
    }

    private Incoming Read(ReadOnlyMemory<byte> bytes, string controlId, MessageReading header)
    {
        foreach (var resource in bundle.Entries.Where(e => e.Type == "DiagnosticReport"))
            ReadReport(new(resource));
        // Observations that no report holds speak for themselves.
        foreach (var resource in bundle.Entries.Where(e => e.Type == "Observation" && !read.Contains(e.Number)).ToList())
            ReadGroup([resource], null);

        var (results, ignored) = PanelRules.Apply(observations);
        if (results.Count == 0)
            problems.Add(new(ProblemCodes.NoResult, "Bundle", null, null, "The Bundle holds no result on SARS-CoV-2."));
        if (results.Select(r => r.Patient).Distinct().Count() > 1)
            problems.Add(new(ProblemCodes.SeveralPatients, "Bundle", null, null, "The Bundle is about several patients: each result has its own."));
        return new(bytes.ToArray(), controlId, results.Count == 0 && ignored.Count == 0 ? AckCode.AE : AckCode.AA,
            header with
            {
                Results = [.. results.Select(r => ResultReading.Of(r, r.IsCorrectionAmong(results)))],
                Ignored = [.. ignored.Select(i => new IgnoredReading(i.SegmentIndex, CodeReading.Of(i.Test), i.Because))],
                Problems = [.. problems.Concat(results.SelectMany(r => r.Problems)).Distinct().Select(ProblemReading.Of)],
            });
    }

    private void ReadReport(FhirReport report)
    {
        var members = new List<FhirResource>();
        foreach (var reference in report.Resource.Json.List("result"))
            Gather(reference, report.Resource, members, 0);
        if (members.Count > 0)
            ReadGroup(members, report);
        else if (report.Status == ObservationStatus.Annulled)
            ReadGroup([report.Resource], report); // What is taken back is often sent without what it said.
        else
            problems.Add(new(ProblemCodes.NoResult, "DiagnosticReport", report.Resource.Number, null, "The report has no observation in the Bundle."));
    }

    // A panel holds its tests as members; a member that names its panel again ends there.
    private void Gather(JsonElement reference, FhirResource from, List<FhirResource> members, int depth)
    {
        if (bundle.Resolve(reference, from, "Observation") is not { } found)
        {
            problems.Add(new(FhirProblems.DanglingReference, from.Type, from.Number, null, "An observation is not in the Bundle."));
            return;
        }

        if (members.Exists(m => m.Number == found.Number && m.Id == found.Id))
            return;
        if (found.Json.List("hasMember").Any() && found.Json.At("valueCodeableConcept") is null && found.Json.At("valueString") is null)
            read.Add(found.Number);
        else
            members.Add(found);
        if (depth == DeepestPanel)
            return;
        foreach (var member in found.Json.List("hasMember"))
            Gather(member, found, members, depth + 1);
    }

    private void ReadGroup(List<FhirResource> members, FhirReport? report)
    {
        var group = ++groups;
        foreach (var member in members.Where(m => m is { Number: 0 } or { Type: not "Observation" } || read.Add(m.Number)))
        {
            var noted = new List<Hl7Problem>();
            var whose = Whose(member, report, noted);
            var order = OrderOf(member, report, noted);
            var scope = $"{whose.CodiceFiscale ?? Subject(member, report)}|{(order.AccessionCandidates is [var sample, ..] ? sample : $"#{group}")}";
            problems.AddRange(noted);
            var performer = bundle.Resolve(member.Json.List("performer").Cast<JsonElement?>().FirstOrDefault(), member, "Organization");
            observations.AddRange(FhirObservation.Read(member, new(group, scope, whose, order, report, performer?.Json.Text("name")), () => ++last, noted));
        }
    }

    private PatientIdentity Whose(FhirResource member, FhirReport? report, List<Hl7Problem> noted)
    {
        var own = member.Json.At("subject");
        var ofReport = report?.Resource.Json.At("subject");
        if (own is null)
            return FhirPatient.Of(bundle, ofReport, report?.Resource ?? member, noted);
        var person = FhirPatient.Of(bundle, own, member, noted);
        if (ofReport is not null && Key(own, member) != Key(ofReport, report!.Resource))
            noted.Add(new(ProblemCodes.MissingPatient, "Observation", member.Number, null, "The report and its observation are about different people."));
        return person;
    }

    private string Subject(FhirResource member, FhirReport? report) =>
        member.Json.At("subject") is { } own ? Key(own, member) : report is null ? "" : Key(report.Resource.Json.At("subject"), report.Resource);

    private string Key(JsonElement? subject, FhirResource from) =>
        bundle.Resolve(subject, from, "Patient") is { } patient ? $"{patient.Number}#{patient.Id}" : subject.Text("reference") ?? subject.At("identifier").Text("value") ?? "";

    private LabOrder OrderOf(FhirResource member, FhirReport? report, List<Hl7Problem> noted)
    {
        var specimen = Specimen(member.Json.At("specimen"), member, noted)
            ?? report?.Resource.Json.List("specimen").Select(s => Specimen(s, report.Resource, noted)).FirstOrDefault(s => s is not null);
        var orders = member.Json.List("basedOn").Select(b => bundle.Resolve(b, member, "ServiceRequest"))
            .Concat(report?.Resource.Json.List("basedOn").Select(b => bundle.Resolve(b, report.Resource, "ServiceRequest")) ?? []).OfType<FhirResource>().ToList();
        var own = report?.Resource ?? member;
        var filler = Identifier(own, "FILL") ?? Identifier(member, "FILL") ?? First(own);
        var placer = Identifier(own, "PLAC") ?? orders.Select(o => Identifier(o, "PLAC") ?? First(o)).FirstOrDefault(v => v is not null);
        IEnumerable<string?> numbers =
        [
            specimen?.Json.At("accessionIdentifier").Text("value"),
            .. specimen?.Json.List("identifier").Select(i => i.Text("value")) ?? [],
            .. specimen?.Json.List("container").SelectMany(c => c.List("identifier")).Select(i => i.Text("value")) ?? [],
            filler, placer,
        ];
        var type = specimen?.Json.At("type");
        return new(
            report?.Resource.Number ?? 0, report?.Resource.Json.At("code").Codings().FirstOrDefault() ?? new(null, report?.Resource.Json.At("code").Text("text"), null),
            placer, filler, [.. numbers.OfType<string>().Distinct(StringComparer.Ordinal)],
            type.Codings().OrderByDescending(c => c.IsSnomed).FirstOrDefault() ?? (type.Text("text") is { } text ? new(null, text, null) : null),
            FhirTime.Of(specimen, noted, "collection.collectedDateTime", "collection.collectedPeriod.start")
                ?? FhirTime.Of(member, noted, "effectiveDateTime", "effectivePeriod.start") ?? FhirTime.Of(report?.Resource, noted, "effectiveDateTime", "effectivePeriod.start"),
            FhirTime.Of(specimen, noted, "receivedTime"),
            FhirTime.Of(report?.Resource, noted, "issued") ?? FhirTime.Of(member, noted, "issued"),
            null,
            // As HL7 v2 says it of an order: what makes a final observation a correction.
            report?.Status == ObservationStatus.Corrected ? "C" : null);
    }

    private FhirResource? Specimen(JsonElement? reference, FhirResource from, List<Hl7Problem> noted)
    {
        var found = bundle.Resolve(reference, from, "Specimen");
        if (reference is not null && found is null)
            noted.Add(new(FhirProblems.DanglingReference, from.Type, from.Number, null, "The specimen is not in the Bundle."));
        return found;
    }

    private static string? Identifier(FhirResource resource, string type) =>
        resource.Json.List("identifier").FirstOrDefault(i => i.At("type").CodeOf("http://terminology.hl7.org/CodeSystem/v2-0203") == type).Text("value");

    private static string? First(FhirResource resource) => resource.Json.List("identifier").FirstOrDefault().Text("value");

    private static string ControlIdOf(JsonElement root, ReadOnlySpan<byte> bytes)
    {
        var identifier = root.At("identifier");
        return identifier.Text("value") is { } value
            ? identifier.Text("system") is { } system ? $"{system}|{value}" : value
            : "sha256-" + Digest.Of(bytes);
    }

    private static MessageReading Header(JsonElement root, string controlId)
    {
        var sender = root.List("entry").Select(e => e.At("resource")).FirstOrDefault(r => r.Text("resourceType") == "MessageHeader").At("source");
        return new(controlId, root.Text("type") is { } type ? $"Bundle/{type}" : null, "FHIR R4", null, sender.Text("software") ?? sender.Text("name"), null,
            FhirTime.Of(root.Text("timestamp"))?.Utc.UtcDateTime, [], [], []);
    }

    private static Hl7Problem? Refusal(FhirBundle bundle, string controlId)
    {
        var type = bundle.Root.Text("type");
        if (type is not ("transaction" or "message" or "collection" or "batch"))
            return new(FhirProblems.UnsupportedBundleType, "Bundle", null, null, "A Bundle is accepted of type transaction, batch, message or collection.");
        if (controlId.Length > LabMessage.ControlIdLength)
            return new(ProblemCodes.ControlIdTooLong, "Bundle", null, null, $"Bundle.identifier is longer than {LabMessage.ControlIdLength} characters.");
        var tags = bundle.Entries.Select(e => e.Json).Append(bundle.Root).Select(j => j.At("meta"));
        if (tags.Any(m => m.List("tag").Any(t => t.Text("system") == Production && t.Text("code") is "T" or "D")
            || m.List("security").Any(t => t.Text("code") == "HTEST")))
            return new(ProblemCodes.NotProduction, "Bundle", null, null, "The Bundle is marked as not of production.");
        // A transaction may also ask to delete: a report is taken back by its status alone.
        return bundle.Root.List("entry").Any(e => e.At("request").Text("method") is { } method && method is not ("POST" or "PUT" or "GET"))
            ? new(FhirProblems.UnsupportedMethod, "Bundle", null, null, "Only POST and PUT are accepted in a transaction: what is withdrawn is sent as entered-in-error.")
            : null;
    }
}
