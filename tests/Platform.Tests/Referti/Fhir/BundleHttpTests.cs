using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Referti.Contracts;
using Platform.Referti.Fhir;
using Platform.Referti.Unmatched;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.Fhir.Bundles;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti.Fhir;

/// <summary>What becomes of a Bundle, as a laboratory's system sees it.</summary>
public sealed class BundleHttpTests
{
    private const string Address = "/api/v1/referti/messages";

    [Theory, OnEachEngine]
    public async Task A_bundle_becomes_a_report_its_correction_a_version_its_withdrawal_an_annulment(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var system = await app.LabSystem(sample.Lab);

        var first = await Post(app, system, Of("F1", sample.Person, sample.Number), HttpStatusCode.OK);
        Assert.Contains("Released", Issues(first)[0], StringComparison.Ordinal);
        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
        await Post(app, system, Of("F2", sample.Person, sample.Number, Bundles.NotDetected, "corrected"), HttpStatusCode.OK);
        await Post(app, system, Of("F3", sample.Person, sample.Number, Bundles.NotDetected, report: "entered-in-error"), HttpStatusCode.OK);

        var report = Assert.Single(await app.Reports());
        Assert.Equal([(ReportVersionKind.Original, ReportResult.Detected), (ReportVersionKind.Correction, ReportResult.NotDetected), (ReportVersionKind.Annulment, ReportResult.NotDetected)],
            report.Versions.OrderBy(v => v.Number).Select(v => (v.Kind, v.Result)));
        Assert.Empty(await app.Queue());
        Assert.Equal("issued", (string?)JsonNode.Parse(await system.GetStringAsync($"{Address}/F1"))!["state"]);
    }

    [Theory, OnEachEngine]
    public async Task The_same_bundle_again_is_known_and_another_under_its_identifier_is_a_conflict(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var system = await app.LabSystem(sample.Lab);

        var once = await Post(app, system, Of("F1", sample.Person, sample.Number), HttpStatusCode.OK);
        var again = await Post(app, system, Of("F1", sample.Person, sample.Number), HttpStatusCode.OK);
        Assert.Equal(once.ToJsonString(), again.ToJsonString());
        await Post(app, system, Of(null, sample.Person, sample.Number), HttpStatusCode.OK);
        await Post(app, system, Of(null, sample.Person, sample.Number), HttpStatusCode.OK);
        var conflict = await Post(app, system, Of("F1", sample.Person, sample.Number, Bundles.NotDetected), HttpStatusCode.Conflict);

        Assert.Contains("duplicate-control-id", Issues(conflict)[0], StringComparison.Ordinal);
        Assert.Single((await app.Reports()).SelectMany(r => r.Versions));
        Assert.Equal(3, (await app.Messages()).Count);
        Assert.Equal(WaitingReason.DuplicateControlId, Assert.Single(await app.Queue()).ReasonCode);
    }

    [Theory, OnEachEngine]
    public async Task What_waits_says_why_and_where_and_a_preliminary_result_gives_way_to_the_final_one(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var system = await app.LabSystem(sample.Lab);

        var waiting = await Post(app, system, Of("F1", sample.Person, sample.Number, status: "preliminary"), HttpStatusCode.OK);
        Assert.Contains("preliminary", Issues(waiting)[0], StringComparison.Ordinal);
        Assert.Equal("Bundle.entry.resource.ofType(Observation)[0]", (string?)waiting["issue"]![0]!["expression"]![0]);
        Assert.Empty(await app.Reports());
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await Post(app, system, Of("F2", sample.Person, sample.Number), HttpStatusCode.OK);

        Assert.Single(await app.Reports());
        Assert.DoesNotContain(await app.Queue(), u => u.State == UnmatchedState.Open);
    }

    [Theory, OnEachEngine]
    public async Task What_is_no_bundle_is_answered_with_an_outcome_and_never_with_a_fault(Engine engine)
    {
        await using var app = await Start(engine);
        var system = await app.LabSystem(Lab);

        await Post(app, system, JsonNode.Parse("{}")!, HttpStatusCode.BadRequest);
        await Post(app, system, Bundle("E1"), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(app.Anonymous(), "{}")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Send(system, "Bundle?")).StatusCode);
        Assert.DoesNotContain(app.Log, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task A_report_goes_out_as_a_bundle_that_says_the_same_and_only_to_its_own_laboratory(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var system = await app.LabSystem(sample.Lab);
        await Post(app, system, Of("F1", sample.Person, sample.Number), HttpStatusCode.OK);
        var report = Assert.Single(await app.Reports());
        var address = $"/api/v1/referti/reports/{report.Id}";

        var bundle = await system.GetByteArrayAsync(address);
        var read = Assert.Single(FhirReader.Read(bundle).Reading.Results);
        Assert.Equal((ReportResult.Detected, sample.Person.FiscalCode, sample.Number, report.CollectedAt), (read.Result, read.Person.FiscalCode, read.Numbers[0], read.CollectedAt));
        Assert.Null(read.Doubt);
        // Sent back, it says nothing new.
        await Send(system, Encoding.UTF8.GetString(bundle));
        Assert.Single(Assert.Single(await app.Reports()).Versions);

        Assert.Equal(HttpStatusCode.NotFound, (await (await app.LabSystem(sample.Lab == "LAB-003" ? "LAB-001" : "LAB-003")).GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Anonymous().GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task The_true_sample_is_kept_and_its_doubts_wait()
    {
        Assert.SkipUnless(MessageHttpTests.Samples is not null, "The samples' folder is not at hand.");
        var file = Path.Combine(MessageHttpTests.Samples!, "valid_data.fhir");
        await using var app = await Start(Engine.Sqlite);
        app.Clock.Set(new(2023, 2, 1, 9, 0, 0, TimeSpan.Zero));
        var answer = await Send(await app.LabSystem(Lab), await File.ReadAllTextAsync(file));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        // Its value is blanked, and 41458-1 speaks of SARS coronaviruses at large: nobody's answer, and nobody's loss.
        Assert.Equal("unknown-value", Assert.Single(await app.Queue()).ReasonCode);
    }

    private static async Task<JsonNode> Post(PlatformApp app, HttpClient system, JsonNode bundle, HttpStatusCode status)
    {
        var answer = await Send(system, bundle.ToJsonString());
        await app.Drain();
        Assert.Equal((status, "application/fhir+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var outcome = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal("OperationOutcome", (string?)outcome["resourceType"]);
        return outcome;
    }

    private static async Task<HttpResponseMessage> Send(HttpClient system, string content)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/fhir+json");
        return await system.PostAsync(Address, body);
    }

    private static List<string> Issues(JsonNode outcome) => [.. outcome["issue"]!.AsArray().Select(i => i!.ToJsonString())];
}
