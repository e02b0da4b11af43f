using System.Net;
using System.Text.Json.Nodes;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Contracts;
using Platform.Certificates.Hcert;
using Platform.Certificates.Issuing;

namespace Platform.Certificates.Downloads;

/// <summary>What a certificate says as an International Patient Summary (HL7 FHIR R4): a document that a doctor abroad can read. Of problems, allergies and
/// medicines, which the summary must speak of, it says that nothing is known here.</summary>
internal static class SummaryDocument
{
    private const string Absent = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
    private const string Profile = "http://hl7.org/fhir/uv/ips/StructureDefinition/";

    public static JsonObject Of(Certificate certificate, Region region, Texts texts)
    {
        var (said, issued) = (certificate.Says, CertificateBundle.Instant(certificate.IssuedAt));
        string Url(string what) => $"urn:uuid:{StableId.Of(certificate.Id, "ips " + what)}";
        var patient = Reference(Url("patient"));
        var author = Url("author");
        var problem = said.Kind == CertificateKind.Recovery ? Resolved(said) : Unknown("Condition", "code", "no-problem-info", "subject", patient);
        var allergy = Unknown("AllergyIntolerance", "code", "no-allergy-info", "patient", patient);
        var medicine = Unknown("MedicationStatement", "medicationCodeableConcept", "no-medication-info", "subject", patient);
        problem["clinicalStatus"] = Concept("http://terminology.hl7.org/CodeSystem/condition-clinical", said.Kind == CertificateKind.Recovery ? "resolved" : "active");
        problem["subject"] = patient.DeepClone();
        allergy["clinicalStatus"] = Concept("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active");
        medicine["status"] = "unknown";
        medicine["_effectiveDateTime"] = new JsonObject
        {
            ["extension"] = new JsonArray(new JsonObject { ["url"] = "http://hl7.org/fhir/StructureDefinition/data-absent-reason", ["valueCode"] = "unknown" }),
        };
        var vaccination = said.Kind == CertificateKind.Vaccination;
        var fact = CertificateBundle.Fact(said, region, Url("patient"), whole: true);
        fact["identifier"] = new JsonArray(CertificateBundle.Identifier(certificate));
        if (!vaccination)
        {
            fact["category"] = new JsonArray(Concept("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory"));
            fact["performer"] = new JsonArray(new JsonObject { ["reference"] = author, ["display"] = said.Place ?? region.Name });
        }

        var nothing = texts["Qui non se ne sa nulla."].Value;
        var composition = new JsonObject
        {
            ["resourceType"] = "Composition",
            ["meta"] = Meta("Composition-uv-ips"),
            ["status"] = "final",
            ["type"] = Concept("http://loinc.org", "60591-5"),
            ["subject"] = patient.DeepClone(),
            ["date"] = issued,
            ["author"] = new JsonArray(Reference(author)),
            ["title"] = texts["Sintesi sanitaria internazionale"].Value,
            ["section"] = new JsonArray(
                Section(texts["Problemi"], "11450-4", said.Kind == CertificateKind.Recovery ? texts["COVID-19, guarita."].Value : nothing, Url("problem")),
                Section(texts["Allergie e intolleranze"], "48765-2", nothing, Url("allergy")),
                Section(texts["Farmaci"], "10160-0", nothing, Url("medicine")),
                vaccination
                    ? Section(texts["Vaccinazioni fatte"], "11369-6", texts["{0}, dose {1} di {2}, il {3}.", region.Vaccination.NameOfVaccine(said.Vaccine!), said.Number!, said.Total!, CertificateBundle.Day(said.On!.Value)], Url("fact"))
                    : Section(texts["Esami"], "30954-2", texts["{0}, il {1}.", texts[Words.OfTest(said.Fact)].Value, CertificateBundle.Day(said.On ?? region.DayOf(said.SampledAt!.Value))], Url("fact"))),
        };
        return new()
        {
            ["resourceType"] = "Bundle",
            ["meta"] = Meta("Bundle-uv-ips"),
            ["identifier"] = new JsonObject { ["system"] = "urn:ietf:rfc:3986", ["value"] = Url("document") },
            ["type"] = "document",
            ["timestamp"] = issued,
            ["entry"] = new JsonArray(
                Entry(Url("composition"), composition), Entry(Url("patient"), CertificateBundle.WholePatient(certificate)),
                Entry(author, new() { ["resourceType"] = "Organization", ["name"] = region.Name }),
                Entry(Url("problem"), problem), Entry(Url("allergy"), allergy), Entry(Url("medicine"), medicine), Entry(Url("fact"), fact)),
        };
    }

    private static JsonObject Resolved(Statement said) => new()
    {
        ["resourceType"] = "Condition",
        ["code"] = Concept("http://snomed.info/sct", DccCodes.Covid19),
        ["onsetDateTime"] = CertificateBundle.Day(said.On!.Value),
    };

    private static JsonObject Unknown(string type, string field, string code, string whose, JsonObject patient) =>
        new() { ["resourceType"] = type, [field] = Concept(Absent, code), [whose] = patient.DeepClone() };

    private static JsonObject Section(string title, string loinc, string says, string entry) => new()
    {
        ["title"] = title,
        ["code"] = Concept("http://loinc.org", loinc),
        ["text"] = new JsonObject { ["status"] = "generated", ["div"] = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{WebUtility.HtmlEncode(says)}</div>" },
        ["entry"] = new JsonArray(Reference(entry)),
    };

    private static JsonObject Meta(string profile) => new() { ["profile"] = new JsonArray(Profile + profile) };

    private static JsonObject Entry(string url, JsonObject resource) => CertificateBundle.Entry(url, resource);

    private static JsonObject Reference(string url) => new() { ["reference"] = url };

    private static JsonObject Concept(string system, string code) => CertificateBundle.Concept(system, code);
}
