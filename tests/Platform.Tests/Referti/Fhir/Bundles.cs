using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Patients.Contracts;
using Platform.Referti.Fhir;
using Platform.Referti.LabMessages;

namespace Platform.Tests.Referti.Fhir;

/// <summary>Bundles about invented people, changed one thing at a time.</summary>
internal static class Bundles
{
    public const string CodiceFiscale = "http://hl7.it/sid/codiceFiscale";
    public const string Detected = "260373001";
    public const string NotDetected = "260415000";

    public static JsonObject Patient(PatientSummary person) => Patient(person.FiscalCode!, person.FamilyName, person.GivenName, person.BirthDate);

    public static JsonObject Patient(string code, string family, string given, DateOnly born, string system = CodiceFiscale) => new()
    {
        ["resourceType"] = "Patient",
        ["identifier"] = new JsonArray(new JsonObject { ["system"] = system, ["value"] = code }),
        ["name"] = new JsonArray(new JsonObject { ["use"] = "official", ["family"] = family, ["given"] = new JsonArray(given) }),
        ["gender"] = "female",
        ["birthDate"] = born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    public static JsonObject Specimen(string number, string collected = "2021-11-15T08:30:00+01:00") => new()
    {
        ["resourceType"] = "Specimen",
        ["accessionIdentifier"] = new JsonObject { ["value"] = number },
        ["type"] = Concept("http://snomed.info/sct", "258500001"),
        ["collection"] = new JsonObject { ["collectedDateTime"] = collected },
    };

    public static JsonObject Observation(string value = Detected, string status = "final", string loinc = "94500-6") => new()
    {
        ["resourceType"] = "Observation",
        ["status"] = status,
        ["code"] = Concept("http://loinc.org", loinc),
        ["subject"] = Ref("urn:uuid:patient"),
        ["specimen"] = Ref("urn:uuid:specimen"),
        ["valueCodeableConcept"] = Concept("http://snomed.info/sct", value),
    };

    public static JsonObject Report(string number, string status = "final", params string[] results) => new()
    {
        ["resourceType"] = "DiagnosticReport",
        ["identifier"] = new JsonArray(new JsonObject { ["value"] = $"F-{number}" }),
        ["status"] = status,
        ["code"] = Concept("http://loinc.org", "94500-6"),
        ["subject"] = Ref("urn:uuid:patient"),
        ["issued"] = "2021-11-15T09:30:00+01:00",
        ["result"] = new JsonArray([.. results.Select(r => Ref(r))]),
    };

    public static JsonObject Bundle(string? identifier, params (string Url, JsonObject Resource)[] entries)
    {
        var bundle = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "transaction",
            ["timestamp"] = "2021-11-15T09:30:00+01:00",
            ["entry"] = new JsonArray([.. entries.Select(e => new JsonObject
            {
                ["fullUrl"] = e.Url, ["resource"] = e.Resource,
                ["request"] = new JsonObject { ["method"] = "POST", ["url"] = (string?)e.Resource["resourceType"] },
            })]),
        };
        if (identifier is not null)
            bundle["identifier"] = new JsonObject { ["value"] = identifier };
        return bundle;
    }

    /// <summary>One person, one sample, one result.</summary>
    public static JsonObject Of(string? identifier, PatientSummary person, string number, string value = Detected, string status = "final", string report = "final") =>
        Bundle(identifier, ("urn:uuid:patient", Patient(person)), ("urn:uuid:specimen", Specimen(number)),
            ("urn:uuid:observation", Observation(value, status)), ("urn:uuid:report", Report(number, report, "urn:uuid:observation")));

    public static JsonObject Resource(this JsonObject bundle, string type, int which = 0) =>
        bundle["entry"]!.AsArray().Select(e => e!["resource"]!.AsObject()).Where(r => (string?)r["resourceType"] == type).ElementAt(which);

    public static JsonObject Ref(string address) => new() { ["reference"] = address };

    public static JsonObject Concept(string? system, string code, string? text = null)
    {
        var coding = new JsonObject { ["code"] = code };
        if (system is not null)
            coding["system"] = system;
        var concept = new JsonObject { ["coding"] = new JsonArray(coding) };
        if (text is not null)
            concept["text"] = text;
        return concept;
    }

    public static Incoming Read(this JsonNode bundle) => FhirReader.Read(Encoding.UTF8.GetBytes(bundle.ToJsonString()));
}
