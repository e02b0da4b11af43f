using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Platform.Referti.Contracts;
using Platform.Referti.Fhir;
using Platform.Referti.Hl7;
using Platform.Referti.LabMessages;
using Platform.Testing.Contracts;
using static Platform.Tests.Referti.Fhir.Bundles;

namespace Platform.Tests.Referti.Fhir;

/// <summary>What is read from a Bundle: never guessed, never lost, whatever it holds.</summary>
public sealed class ReaderTests
{
    private static JsonObject Whole(string value = Bundles.Detected, string status = "final", string report = "final") => Bundle(
        "B1", ("urn:uuid:patient", Patient("FRRLCU85M41L219C", "Ferraris", "Lucia", new(1985, 8, 1))), ("urn:uuid:specimen", Specimen("AA21000001H")),
        ("urn:uuid:observation", Observation(value, status)), ("urn:uuid:report", Report("1", report, "urn:uuid:observation")));

    private static ResultReading Only(JsonNode bundle) => Assert.Single(bundle.Read().Reading.Results);

    [Fact]
    public void A_whole_bundle_is_read_as_an_ORU_would_be()
    {
        var read = Whole().Read();

        var one = Assert.Single(read.Reading.Results);
        Assert.Equal((AckCode.AA, "B1", "Bundle/transaction"), (read.Verdict, read.ControlId, read.Reading.MessageType));
        Assert.Equal((ReportResult.Detected, TestType.Molecular, ObservationStatus.Final), (one.Result, one.TestType, one.Status));
        Assert.Equal(("FRRLCU85M41L219C", "Ferraris", "Lucia", new DateOnly(1985, 8, 1), "F"),
            (one.Person.FiscalCode, one.Person.FamilyName, one.Person.GivenName, one.Person.BirthDate, one.Person.Sex));
        Assert.Equal(["AA21000001H", "F-1"], one.Numbers);
        Assert.Equal(new DateTime(2021, 11, 15, 7, 30, 0, DateTimeKind.Utc), one.CollectedAt);
        Assert.Empty(read.Reading.Problems);
    }

    [Theory]
    [InlineData("final", "final", ObservationStatus.Final, false)]
    [InlineData("corrected", "final", ObservationStatus.Corrected, true)]
    [InlineData("amended", "final", ObservationStatus.Corrected, true)]
    [InlineData("final", "corrected", ObservationStatus.Final, true)]
    [InlineData("preliminary", "partial", ObservationStatus.Preliminary, false)]
    [InlineData("final", "preliminary", ObservationStatus.Preliminary, false)]
    [InlineData("final", "partial", ObservationStatus.Final, false)]
    [InlineData("cancelled", "final", ObservationStatus.CannotBeDone, false)]
    [InlineData("entered-in-error", "final", ObservationStatus.Annulled, false)]
    [InlineData("final", "entered-in-error", ObservationStatus.Annulled, false)]
    [InlineData("boh", "final", ObservationStatus.Unknown, false)]
    public void The_status_of_the_observation_counts_and_a_report_taken_back_takes_all_back(string own, string report, object status, bool correction)
    {
        var one = Only(Whole(status: own, report: report));
        Assert.Equal(((ObservationStatus)status, correction), (one.Status, one.IsCorrection));
    }

    [Fact]
    public void What_only_stands_as_a_withdrawn_report_is_an_annulment_of_its_test()
    {
        var bundle = Whole(report: "entered-in-error");
        bundle.Resource("DiagnosticReport").Remove("result");
        bundle["entry"]!.AsArray().RemoveAt(2);
        bundle.Resource("DiagnosticReport")["specimen"] = new JsonArray(Ref("urn:uuid:specimen"));

        var one = Only(bundle);
        Assert.True(one.IsAnnulment);
        Assert.Equal((TestType.Molecular, "AA21000001H"), (one.TestType, one.Numbers[0]));
    }

    /// <summary>The doubt that a change of the bundle must raise.</summary>
    public static TheoryData<string, string> Doubts => new()
    {
        { "unknown code of value", ProblemCodes.UnknownValue },
        { "no value", ProblemCodes.MissingValue },
        { "a figure", ProblemCodes.NumericValue },
        { "text against code", ProblemCodes.ContradictoryValue },
        { "interpretation against value", ProblemCodes.ContradictoryFlag },
        { "test of no system", ProblemCodes.UnknownTestCode },
        { "boolean value", ProblemCodes.UnsupportedValueType },
        { "dangling subject", ProblemCodes.MissingPatient },
        { "other subject in the report", ProblemCodes.MissingPatient },
        { "no subject", ProblemCodes.MissingPatient },
        { "no status", ProblemCodes.MissingStatus },
    };

    [Theory, MemberData(nameof(Doubts))]
    public void What_is_not_certain_waits(string what, string code)
    {
        var bundle = Whole();
        var (observation, report) = (bundle.Resource("Observation"), bundle.Resource("DiagnosticReport"));
        switch (what)
        {
            case "unknown code of value": observation["valueCodeableConcept"] = Concept("http://snomed.info/sct", "12345678"); break;
            case "no value": observation.Remove("valueCodeableConcept"); break;
            case "a figure": observation.Remove("valueCodeableConcept"); observation["valueQuantity"] = new JsonObject { ["value"] = 12.5 }; break;
            case "text against code": observation["valueCodeableConcept"] = Concept("http://snomed.info/sct", Bundles.Detected, "Negativo"); break;
            case "interpretation against value":
                observation["interpretation"] = new JsonArray(Concept("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "NEG"));
                break;
            case "test of no system": observation["code"] = Concept(null, "94500-6"); break;
            case "boolean value": observation.Remove("valueCodeableConcept"); observation["valueBoolean"] = true; break;
            case "dangling subject": observation["subject"] = Ref("urn:uuid:nobody"); break;
            case "other subject in the report": report["subject"] = Ref("urn:uuid:somebody-else"); break;
            case "no subject": observation.Remove("subject"); report.Remove("subject"); break;
            case "no status": observation.Remove("status"); break;
        }

        Assert.Equal(code, Only(bundle).Doubt);
    }

    [Fact]
    public void References_are_followed_by_urn_relative_contained_and_identifier_and_never_outside()
    {
        var relative = Whole();
        relative["entry"]![0]!["fullUrl"] = "https://lis.example.it/fhir/Patient/7";
        relative.Resource("Patient")["id"] = "7";
        relative.Resource("Observation")["subject"] = Ref("Patient/7");
        relative.Resource("DiagnosticReport")["subject"] = Ref("Patient/7/_history/2");
        Assert.Equal("FRRLCU85M41L219C", Only(relative).Person.FiscalCode);

        var contained = Whole();
        var patient = contained.Resource("Patient").DeepClone();
        patient["id"] = "p";
        contained["entry"]!.AsArray().RemoveAt(0);
        contained.Resource("Observation")["contained"] = new JsonArray(patient);
        contained.Resource("Observation")["subject"] = Ref("#p");
        contained.Resource("DiagnosticReport").Remove("subject");
        Assert.Equal("FRRLCU85M41L219C", Only(contained).Person.FiscalCode);

        var logical = Whole();
        logical.Resource("Observation")["subject"] = new JsonObject { ["identifier"] = new JsonObject { ["system"] = CodiceFiscale, ["value"] = "FRRLCU85M41L219C" } };
        logical.Resource("DiagnosticReport").Remove("subject");
        Assert.Equal(("FRRLCU85M41L219C", "Ferraris"), (Only(logical).Person.FiscalCode, Only(logical).Person.FamilyName));
        logical["entry"]!.AsArray().RemoveAt(0); // The identifier alone says whose it is.
        Assert.Equal(("FRRLCU85M41L219C", null), (Only(logical).Person.FiscalCode, Only(logical).Person.FamilyName));

        var outside = Whole();
        outside.Resource("Observation")["subject"] = Ref("https://elsewhere.example.it/Patient/7");
        Assert.Equal(ProblemCodes.MissingPatient, Only(outside).Doubt);
    }

    [Fact]
    public void Two_people_of_one_bundle_keep_their_own_results()
    {
        var bundle = Whole();
        var entries = bundle["entry"]!.AsArray();
        Add("urn:uuid:patient2", Patient("VRDMRA80A41L219P", "Verdi", "Mara", new(1980, 1, 1)));
        Add("urn:uuid:specimen2", Specimen("AA21000002J"));
        var second = Observation(Bundles.NotDetected);
        (second["subject"], second["specimen"]) = (Ref("urn:uuid:patient2"), Ref("urn:uuid:specimen2"));
        Add("urn:uuid:observation2", second);

        var read = bundle.Read().Reading;
        Assert.Equal(
            [("FRRLCU85M41L219C", "AA21000001H", ReportResult.Detected), ("VRDMRA80A41L219P", "AA21000002J", ReportResult.NotDetected)],
            read.Results.Select(r => (r.Person.FiscalCode!, r.Numbers[0], r.Result!.Value)));
        Assert.Contains(read.Problems, p => p.Code == ProblemCodes.SeveralPatients);

        void Add(string url, JsonObject resource) => entries.Add(new JsonObject { ["fullUrl"] = url, ["resource"] = resource });
    }

    [Fact]
    public void A_code_of_an_unknown_system_is_no_codice_fiscale()
    {
        var bundle = Whole();
        bundle.Resource("Patient")["identifier"]![0]!["system"] = "http://example.org/codes";
        var read = bundle.Read().Reading;
        Assert.Null(Assert.Single(read.Results).Person.FiscalCode);
        Assert.Contains(read.Problems, p => p.Code == FhirProblems.UnknownSystem);

        foreach (var (system, code) in new[] { ("http://hl7.it/sid/stp", "STP0010011234567"), ("http://hl7.it/sid/eni", "ENI0010011234567") })
        {
            bundle.Resource("Patient")["identifier"] = new JsonArray(new JsonObject { ["system"] = system, ["value"] = code });
            var person = Only(bundle).Person;
            Assert.Equal(code, person.Stp ?? person.Eni);
        }
    }

    [Fact]
    public void Panels_hold_their_members_and_other_viruses_are_put_aside()
    {
        var bundle = Whole();
        var panel = Observation(loinc: "95941-1");
        panel.Remove("valueCodeableConcept");
        panel["hasMember"] = new JsonArray(Ref("urn:uuid:observation"), Ref("urn:uuid:flu"), Ref("urn:uuid:panel"));
        bundle["entry"]!.AsArray().Add(new JsonObject { ["fullUrl"] = "urn:uuid:panel", ["resource"] = panel });
        bundle["entry"]!.AsArray().Add(new JsonObject { ["fullUrl"] = "urn:uuid:flu", ["resource"] = Observation(loinc: "92142-9") });
        bundle.Resource("DiagnosticReport")["result"] = new JsonArray(Ref("urn:uuid:panel"));

        var read = bundle.Read().Reading;
        Assert.Equal(ReportResult.Detected, Assert.Single(read.Results).Result);
        Assert.Equal(IgnoredBecause.NotSarsCov2, Assert.Single(read.Ignored).Because);
    }

    [Theory]
    [InlineData("", FhirProblems.InvalidJson)]
    [InlineData("{", FhirProblems.InvalidJson)]
    [InlineData("{\"resourceType\":\"Bundle\",\"resourceType\":\"Bundle\"}", FhirProblems.InvalidJson)]
    [InlineData("{\"resourceType\":\"Bundle\",\"id\":\"\\uD800\"}", FhirProblems.InvalidJson)]
    [InlineData("[]", FhirProblems.NotABundle)]
    [InlineData("{\"resourceType\":\"Patient\"}", FhirProblems.NotABundle)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}", FhirProblems.UnsupportedBundleType)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"message\"}", ProblemCodes.NoResult)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"message\",\"entry\":[1,null,{\"resource\":[]}]}", ProblemCodes.NoResult)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"message\",\"meta\":{\"tag\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/v2-0103\",\"code\":\"T\"}]}}", ProblemCodes.NotProduction)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient/1\"}}]}", FhirProblems.UnsupportedMethod)]
    public void What_is_no_bundle_of_reports_is_refused_with_its_reason(string content, string code)
    {
        var read = FhirReader.Read(Encoding.UTF8.GetBytes(content));
        Assert.NotEqual(AckCode.AA, read.Verdict);
        Assert.Equal(code, read.Reading.Problems[0].Code);
    }

    [Fact]
    public void Size_depth_and_number_have_limits()
    {
        Assert.Equal(FhirProblems.InvalidJson, FhirReader.Read(Encoding.UTF8.GetBytes(new string('[', 100_000))).Reading.Problems[0].Code);
        Assert.Equal(ProblemCodes.MessageTooLarge, FhirReader.Read(new byte[FhirBundle.LargestContent + 1]).Reading.Problems[0].Code);
        var many = Encoding.UTF8.GetBytes("{\"resourceType\":\"Bundle\",\"entry\":[" + string.Join(',', Enumerable.Repeat("{}", FhirBundle.MostEntries + 1)) + "]}");
        Assert.Equal(ProblemCodes.TooManySegments, FhirReader.Read(many).Reading.Problems[0].Code);
    }

    [Fact]
    public void No_bytes_whatever_make_it_throw()
    {
        var whole = Encoding.UTF8.GetBytes(Whole().ToJsonString());
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => FhirReader.Read(bytes ?? []).Reading.Problems.Count > 0).QuickCheckThrowOnFailure();
        Prop.ForAll(Gen.Choose(0, whole.Length - 1).ListOf(6).ToArbitrary(), ArbMap.Default.ArbFor<byte>(), (places, with) =>
        {
            var bytes = whole.ToArray();
            foreach (var place in places)
                bytes[place] = with;
            return FhirReader.Read(bytes) is not null;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_part_turned_to_something_else_makes_it_throw_or_guess()
    {
        var paths = new List<string>();
        Walk(Whole(), "", paths);
        foreach (var path in paths)
        {
            foreach (var instead in new Func<JsonNode?>[] { () => null, () => 7, () => true, () => "x", () => new JsonArray(), () => new JsonObject(), () => new JsonArray(3, "y") })
            {
                var bundle = Whole();
                Set(bundle, path, instead());
                var read = bundle.Read();
                Assert.All(read.Reading.Results.Where(r => r.Doubt is null && r.Result is { }), r => Assert.Equal(ReportResult.Detected, r.Result));
            }
        }

        Assert.True(paths.Count > 50);
    }

    private static void Walk(JsonNode? node, string path, List<string> paths)
    {
        if (path.Length > 0)
            paths.Add(path);
        if (node is JsonObject many)
            many.ToList().ForEach(p => Walk(p.Value, $"{path}/{p.Key}", paths));
        if (node is JsonArray list)
            list.Select((n, i) => (n, i)).ToList().ForEach(p => Walk(p.n, $"{path}/{p.i}", paths));
    }

    private static void Set(JsonNode root, string path, JsonNode? value)
    {
        var steps = path.Split('/')[1..];
        var at = root;
        foreach (var step in steps[..^1])
            at = at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        if (at is JsonArray parent)
            parent[int.Parse(steps[^1], System.Globalization.CultureInfo.InvariantCulture)] = value;
        else
            at[steps[^1]] = value;
    }
}
