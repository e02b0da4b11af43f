using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.BuildingBlocks.Messaging;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Testing.Contracts;

namespace Platform.Referti.Fhir;

/// <summary>A report as a Bundle of four resources, in the codes that this platform also reads.</summary>
internal static class ReportBundle
{
    private const string Loinc = "http://loinc.org";
    private const string Snomed = "http://snomed.info/sct";

    public static byte[] Of(Report report)
    {
        var version = report.Versions.MaxBy(v => v.Number)!;
        var status = version.Kind switch
        {
            ReportVersionKind.Annulment => "entered-in-error",
            ReportVersionKind.Correction => "corrected",
            _ => "final",
        };
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["id"] = $"{report.Id}",
            ["type"] = "collection",
            ["timestamp"] = Instant(version.IssuedAt),
            ["entry"] = new JsonArray(Entry(Patient(version)), Entry(Specimen(report, version)), Entry(Observation(report, version, status)), Entry(DiagnosticReport(report, version, status))),
        });

        JsonObject Entry(JsonObject resource) => new() { ["fullUrl"] = Url((string)resource["resourceType"]!, report), ["resource"] = resource };
    }

    private static JsonObject Patient(ReportVersion version)
    {
        var patient = new JsonObject
        {
            ["resourceType"] = "Patient",
            ["name"] = new JsonArray(new JsonObject { ["use"] = "official", ["family"] = version.FamilyName, ["given"] = new JsonArray(version.GivenName) }),
            ["gender"] = version.Sex == Sex.Female ? "female" : "male",
            ["birthDate"] = version.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        if (version.FiscalCode is { } code)
            patient["identifier"] = new JsonArray(new JsonObject { ["system"] = "http://hl7.it/sid/codiceFiscale", ["value"] = code });
        return patient;
    }

    private static JsonObject Specimen(Report report, ReportVersion version)
    {
        var specimen = new JsonObject { ["resourceType"] = "Specimen", ["subject"] = Ref("Patient", report) };
        if (report.AccessionNumber is { } number)
            specimen["accessionIdentifier"] = new JsonObject { ["value"] = number };
        if (version.SpecimenCode is { } type)
            specimen["type"] = Concept(Snomed, type, version.SpecimenText);
        if (version.CollectedAt is { } at)
            specimen["collection"] = new JsonObject { ["collectedDateTime"] = Instant(at) };
        return specimen;
    }

    private static JsonObject Observation(Report report, ReportVersion version, string status)
    {
        var observation = new JsonObject
        {
            ["resourceType"] = "Observation",
            ["status"] = status,
            ["code"] = Test(version),
            ["subject"] = Ref("Patient", report),
            ["specimen"] = Ref("Specimen", report),
            ["valueCodeableConcept"] = version.Result switch
            {
                ReportResult.Detected => Concept(Snomed, "260373001", "Detected"),
                ReportResult.NotDetected => Concept(Snomed, "260415000", "Not detected"),
                ReportResult.Inconclusive => Concept(Snomed, "419984006", "Inconclusive"),
                _ => Concept(Snomed, "125154007", "Specimen unsatisfactory for evaluation"),
            },
        };
        if (version.CollectedAt is { } at)
            observation["effectiveDateTime"] = Instant(at);
        if (version.Details is { } details)
            observation["note"] = new JsonArray(new JsonObject { ["text"] = details });
        return observation;
    }

    private static JsonObject DiagnosticReport(Report report, ReportVersion version, string status)
    {
        var resource = new JsonObject
        {
            ["resourceType"] = "DiagnosticReport",
            ["status"] = status,
            ["code"] = Test(version),
            ["subject"] = Ref("Patient", report),
            ["specimen"] = new JsonArray(Ref("Specimen", report)),
            ["result"] = new JsonArray(Ref("Observation", report)),
            ["issued"] = Instant(version.IssuedAt),
            ["performer"] = new JsonArray(new JsonObject { ["display"] = version.AuthorName, ["identifier"] = new JsonObject { ["value"] = report.LabCode } }),
        };
        if (report.FillerNumber is { } number)
            resource["identifier"] = new JsonArray(new JsonObject { ["value"] = number });
        return resource;
    }

    private static JsonObject Test(ReportVersion version) => Concept(
        Loinc,
        version.TestCode ?? version.TestType switch { TestType.Molecular => "94500-6", TestType.Antigen => "94558-4", _ => "94762-2" },
        null);

    private static JsonObject Concept(string system, string code, string? text)
    {
        var concept = new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };
        if (text is not null)
            concept["text"] = text;
        return concept;
    }

    private static JsonObject Ref(string type, Report report) => new() { ["reference"] = Url(type, report) };

    private static string Url(string type, Report report) => $"urn:uuid:{StableId.Of(report.Id, type)}";

    private static string Instant(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
