using System.Globalization;
using System.Text.Json.Nodes;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Contracts;
using Platform.Certificates.Hcert;
using Platform.Certificates.Issuing;

namespace Platform.Certificates.Downloads;

/// <summary>What a certificate says as FHIR R4: a Patient with an Immunization, or with an Observation. Whole, with its identifiers, for a record; small,
/// as a SMART Health Card wants it, with short references and nothing that is not needed to recognise the person.</summary>
internal static class CertificateBundle
{
    public static JsonObject Whole(Certificate certificate, Region region)
    {
        string Url(string type) => $"urn:uuid:{StableId.Of(certificate.Id, type)}";
        var patient = WholePatient(certificate);
        var fact = Fact(certificate.Says, region, Url("Patient"), whole: true);
        fact["identifier"] = new JsonArray(Identifier(certificate));
        return new()
        {
            ["resourceType"] = "Bundle",
            ["id"] = $"{certificate.Id}",
            ["type"] = "collection",
            ["timestamp"] = Instant(certificate.IssuedAt),
            ["entry"] = new JsonArray(Entry(Url("Patient"), patient), Entry(Url("Fact"), fact)),
        };
    }

    public static JsonObject WholePatient(Certificate certificate)
    {
        var patient = Patient(certificate.Says);
        patient["name"]![0]!["use"] = "official";
        if (certificate.FiscalCode is { } code)
            patient["identifier"] = new JsonArray(new JsonObject { ["system"] = "http://hl7.it/sid/codiceFiscale", ["value"] = code });
        return patient;
    }

    public static JsonObject Identifier(Certificate certificate) => new() { ["system"] = "urn:uvci", ["value"] = certificate.Uvci };

    public static JsonObject Small(Statement said, Region region) => new()
    {
        ["resourceType"] = "Bundle",
        ["type"] = "collection",
        ["entry"] = new JsonArray(Entry("resource:0", Patient(said)), Entry("resource:1", Fact(said, region, "resource:0", whole: false))),
    };

    public static JsonObject Entry(string url, JsonObject resource) => new() { ["fullUrl"] = url, ["resource"] = resource };

    private static JsonObject Patient(Statement said) => new()
    {
        ["resourceType"] = "Patient",
        ["name"] = new JsonArray(new JsonObject { ["family"] = said.FamilyName, ["given"] = new JsonArray(said.GivenName) }),
        ["birthDate"] = Day(said.BirthDate),
    };

    public static JsonObject Fact(Statement said, Region region, string patient, bool whole) =>
        said.Kind == CertificateKind.Vaccination ? Immunization(said, region, patient, whole) : Observation(said, patient, whole);

    private static JsonObject Immunization(Statement said, Region region, string patient, bool whole)
    {
        var codes = new JsonArray();
        if (region.Issuing.CvxOf(said.Vaccine!) is { } cvx)
            codes.Add(Coding("http://hl7.org/fhir/sid/cvx", cvx));
        if (whole || codes.Count == 0)
        {
            codes.Add(Coding("https://ec.europa.eu/health/documents/community-register/html/", said.Product!));
            codes.Add(Coding("http://snomed.info/sct", said.Prophylaxis!));
        }

        var immunization = new JsonObject
        {
            ["resourceType"] = "Immunization",
            ["status"] = "completed",
            ["vaccineCode"] = new JsonObject { ["coding"] = codes },
            ["patient"] = new JsonObject { ["reference"] = patient },
            ["occurrenceDateTime"] = Day(said.On!.Value),
        };
        if (whole)
        {
            immunization["protocolApplied"] = new JsonArray(new JsonObject
            {
                ["targetDisease"] = new JsonArray(Concept("http://snomed.info/sct", DccCodes.Covid19)), ["doseNumberPositiveInt"] = said.Number, ["seriesDosesPositiveInt"] = said.Total,
            });
        }

        return immunization;
    }

    private static JsonObject Observation(Statement said, string patient, bool whole)
    {
        var recovery = said.Kind == CertificateKind.Recovery;
        var observation = new JsonObject
        {
            ["resourceType"] = "Observation",
            ["status"] = "final",
            ["code"] = Concept("http://loinc.org", said.Fact switch { "saliva" => "94845-5", "antigen" or "quick-swab" => "94558-4", _ => "94500-6" }),
            ["subject"] = new JsonObject { ["reference"] = patient },
            ["effectiveDateTime"] = recovery ? Day(said.On!.Value) : Instant(said.SampledAt!.Value),
            ["valueCodeableConcept"] = Concept("http://snomed.info/sct", recovery ? DccCodes.Detected : DccCodes.NotDetected),
        };
        if (said.Place is { } place)
            observation["performer"] = new JsonArray(new JsonObject { ["display"] = place });
        if (whole && said.Device is { } device)
            observation["device"] = new JsonObject { ["identifier"] = new JsonObject { ["system"] = "https://covid-19-diagnostics.jrc.ec.europa.eu/devices", ["value"] = device } };
        return observation;
    }

    public static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(Coding(system, code)) };

    private static JsonObject Coding(string system, string code) => new() { ["system"] = system, ["code"] = code };

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Instant(DateTime utc) => utc.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
