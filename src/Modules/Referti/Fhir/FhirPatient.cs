using System.Text.Json;
using Platform.Referti.Hl7;

namespace Platform.Referti.Fhir;

/// <summary>Reads who a result is about, without ever choosing between two people.</summary>
internal static class FhirPatient
{
    // Source: HL7 Italia, FHIR implementation guide base (Patient); the OIDs are those of the CDA.
    private static readonly Dictionary<string, NationalIdentifierKind> Systems = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http://hl7.it/sid/codiceFiscale"] = NationalIdentifierKind.CodiceFiscale,
        ["urn:oid:2.16.840.1.113883.2.9.4.3.2"] = NationalIdentifierKind.CodiceFiscale,
        ["http://hl7.it/sid/stp"] = NationalIdentifierKind.Stp,
        ["http://hl7.it/sid/eni"] = NationalIdentifierKind.Eni,
    };

    /// <summary>The subject of a result; Nobody with a problem where it cannot be told.</summary>
    public static PatientIdentity Of(FhirBundle bundle, JsonElement? subject, FhirResource from, ICollection<Hl7Problem> problems)
    {
        if (bundle.Resolve(subject, from, "Patient") is { } patient)
            return Read(patient.Json, patient.Json.List("identifier"), patient.Number, problems);
        if (subject.At("identifier") is { } alone)
            return Read(default, [alone], from.Number, problems);
        if (subject.Text("reference") is not null)
            problems.Add(new(FhirProblems.DanglingReference, from.Type, from.Number, null, "The subject is not in the Bundle."));
        problems.Add(new(ProblemCodes.MissingPatient, from.Type, from.Number, null, "The result does not say whose it is."));
        return PatientIdentity.Nobody;
    }

    private static PatientIdentity Read(JsonElement json, IEnumerable<JsonElement> identifiers, int entry, ICollection<Hl7Problem> problems)
    {
        var national = new Dictionary<NationalIdentifierKind, HashSet<string>>();
        var others = new List<PatientIdentifier>();
        foreach (var identifier in identifiers)
        {
            if (identifier.Text("value") is not { } value || identifier.Text("use") is "old")
                continue;
            var upper = value.ToUpperInvariant();
            var system = identifier.Text("system");
            var type = identifier.At("type").Codings().FirstOrDefault()?.Code;
            var shape = NationalIdentifier.KindOf(upper);
            if (system is not null && Systems.TryGetValue(system, out var declared) && shape != declared)
            {
                problems.Add(new(ProblemCodes.InvalidIdentifier, "Patient", entry, null, $"A value of the system of {declared} does not have its shape."));
                others.Add(new(value, type, system, 3));
            }
            else if (shape is { } kind && (system is null || Systems.ContainsKey(system)))
            {
                national.TryAdd(kind, []);
                national[kind].Add(upper);
            }
            else
            {
                if (shape is not null)
                    problems.Add(new(FhirProblems.UnknownSystem, "Patient", entry, null, "An identifier shaped like a codice fiscale, STP or ENI is of a system that is not known: it is not used."));
                others.Add(new(value, type, system, 3));
            }
        }

        foreach (var (_, values) in national.Where(n => n.Value.Count > 1))
        {
            problems.Add(new(ProblemCodes.SeveralIdentifiers, "Patient", entry, null, "Several different national identifiers of one kind: none was chosen."));
            values.Clear();
        }

        if (!national.Any(n => n.Value.Count == 1))
            problems.Add(new(ProblemCodes.NoNationalIdentifier, "Patient", entry, null, "No single codice fiscale, STP or ENI could be read."));
        var name = Name(json);
        var address = json.List("address").FirstOrDefault();
        return new(
            One(NationalIdentifierKind.CodiceFiscale), One(NationalIdentifierKind.Stp), One(NationalIdentifierKind.Eni), others,
            name.Text("family"), Given(name), BirthDate(json, entry, problems),
            json.Text("gender") switch { "male" => 'M', "female" => 'F', _ => null },
            address.Text("city"), null, address.Text("postalCode"));

        string? One(NationalIdentifierKind kind) => national.GetValueOrDefault(kind) is { Count: 1 } values ? values.First() : null;
    }

    private static JsonElement Name(JsonElement json)
    {
        var names = json.List("name").Where(n => n.Text("use") is not ("old" or "maiden" or "nickname" or "anonymous")).ToList();
        return names.Find(n => n.Text("use") is "official") is { ValueKind: JsonValueKind.Object } official ? official : names.FirstOrDefault();
    }

    private static string? Given(JsonElement name) =>
        PlainText.Of(string.Join(' ', name.List("given").Where(g => g.ValueKind == JsonValueKind.String).Select(g => g.GetString())));

    private static DateOnly? BirthDate(JsonElement json, int entry, ICollection<Hl7Problem> problems)
    {
        if (json.Text("birthDate") is not { } value)
            return null;
        var time = FhirTime.Of(value);
        if (time is null)
            problems.Add(new(ProblemCodes.BirthDateInvalid, "Patient", entry, null, "The birth date is not a date."));
        else if (time.Precision < TimePrecision.Day)
            problems.Add(new(ProblemCodes.BirthDatePartial, "Patient", entry, null, "The birth date has no day: it counts as unknown."));
        return time is { Precision: >= TimePrecision.Day } ? time.Date : null;
    }
}
