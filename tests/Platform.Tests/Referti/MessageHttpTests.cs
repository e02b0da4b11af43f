using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Platform.Referti.LabMessages;
using Platform.Referti.Unmatched;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>The same, as a laboratory's system sees it over HTTP.</summary>
public sealed class MessageHttpTests
{
    private const string Address = "/api/v1/referti/messages";

    internal static readonly string? Samples = Find();

    [Theory, OnEachEngine]
    public async Task A_message_is_answered_in_its_own_content_type_and_can_be_asked_for(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var system = await app.LabSystem(sample.Lab);

        var answer = await Post(system, Message("H1", sample.Person, sample.Number), "application/hl7-v2");
        Assert.Equal((HttpStatusCode.OK, "application/hl7-v2"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("AA", Code(await answer.Content.ReadAsStringAsync()));

        var told = JsonNode.Parse(await system.GetStringAsync($"{Address}/H1"))!;
        Assert.Equal("issued", (string?)told["state"]);
        Assert.Equal(sample.Person.FiscalCode, (string?)told["results"]![0]!["patient"]!["fiscalCode"]);
        Assert.Equal("detected", (string?)told["results"]![0]!["result"]);
        Assert.Equal("issued", (string?)told["results"]![0]!["outcome"]!["state"]);
        Assert.Equal(HttpStatusCode.NotFound, (await system.GetAsync($"{Address}/H2")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.LabSystem("LAB-003")).GetAsync($"{Address}/H1")).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await Post(system, Message("H3", sample.Person, sample.Number), "x-application/hl7-v2+er7")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Post(system, Message("H4", sample.Person, sample.Number), "text/plain")).StatusCode);
    }

    [Theory, OnEachEngine]
    public async Task Who_may_not_and_what_is_no_message_get_a_problem(Engine engine)
    {
        await using var app = await Start(engine);
        var system = await app.LabSystem(Lab);

        await Problem(await Post(app.Anonymous(), "MSH|", "application/hl7-v2"), HttpStatusCode.Unauthorized);
        await Problem(await Post(system, "{}", "application/json"), HttpStatusCode.UnsupportedMediaType);
        await Problem(await Post(system, "", "application/hl7-v2"), HttpStatusCode.UnprocessableEntity);
        await Problem(await Post(system, "patient,result\nanna,positive", "text/plain"), HttpStatusCode.UnprocessableEntity);
        await Problem(await Post(system, new string('x', ReceiveLabMessages.LargestContent + 1), "text/plain"), HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(await app.Messages());
    }

    [Theory, OnEachEngine]
    public async Task No_bytes_whatever_are_answered_with_an_error_of_ours(Engine engine)
    {
        await using var app = await Start(engine);
        var system = await app.LabSystem(Lab);
        var whole = Encoding.UTF8.GetBytes(Message("Z1", null, "X", code: "FRRLCU85M41L219T"));
        var garbage = ArbMap.Default.GeneratorFor<byte[]>().Sample(40, 25);
        var random = new Random(7);
        var mangled = Enumerable.Range(0, 60).Select(i =>
        {
            var bytes = whole.ToArray();
            for (var hit = 0; hit < 1 + (i % 12); hit++)
                bytes[random.Next(i % 3 == 0 ? 0 : 60, bytes.Length)] = (byte)random.Next(256);
            return i % 4 == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;
        });

        foreach (var bytes in garbage.Concat(mangled).Append("MSH|^~\\&|\0\0|\u00ff"u8.ToArray()))
        {
            var answer = await Post(system, bytes, "application/hl7-v2");
            Assert.True((int)answer.StatusCode is 200 or 422, $"{(int)answer.StatusCode} for {Convert.ToHexString(bytes)}");
        }

        Assert.DoesNotContain(app.Log, line => line.StartsWith("Error ", StringComparison.Ordinal));
    }

    /// <summary>The samples of real senders: what each is answered, and what waits with which reason.</summary>
    public static TheoryData<string, int, string, string> Files()
    {
        var rows = new TheoryData<string, int, string, string>();
        Add("single_message.hl7", 200, "AA", WaitingReason.NoFiscalCode);
        Add("batch_message.hl7", 200, "AA AA", $"{WaitingReason.NoFiscalCode} {WaitingReason.NoFiscalCode}");
        Add("Example-hl7-file.hl7", 200, "AA", WaitingReason.NoFiscalCode);
        // Its specimen has an identifier of the filler only, its result is read all the same.
        Add("LP-covid-19-20220124002222.hl7", 200, "AA", WaitingReason.NoFiscalCode);
        Add("simple_report_example.csv", 422, "", "");
        Add("test_result.csv", 422, "", "");
        Add("valid_data.fhir", 422, "", "");
        return rows;

        void Add(string file, int status, string answers, string reasons) =>
            rows.Add(new TheoryDataRow<string, int, string, string>(file, status, answers, reasons)
            {
                Skip = Samples is null && !Engines.InCi ? $"The samples' folder is not at hand: {file}" : null,
                TestDisplayName = "sample " + file,
            });
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Every_sample_is_taken_or_refused_for_the_right_reason(string file, int status, string answers, string reasons)
    {
        await using var app = await Start(Engine.Sqlite);
        app.Clock.Set(new(2022, 2, 1, 9, 0, 0, TimeSpan.Zero));
        var system = await app.LabSystem(Lab);

        var answer = await Post(system, await File.ReadAllBytesAsync(Path.Combine(Samples!, file)), "application/hl7-v2");

        Assert.Equal(status, (int)answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(answers, string.Join(' ', text.Split('\r').Where(l => l.StartsWith("MSA|", StringComparison.Ordinal)).Select(l => l.Split('|')[1])));
        Assert.Equal(reasons, string.Join(' ', (await app.Queue()).Select(u => u.ReasonCode)));
        Assert.Empty(await app.Reports());
    }

    [Theory, OnEachEngine]
    public async Task A_file_goes_in_from_the_command_line_with_a_closing_line(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, Message("L1", sample.Person, sample.Number) + Message("L2", sample.Person, "T-2", "??") + Message("L1", sample.Person, sample.Number));
        try
        {
            var said = new StringWriter();
            Assert.Equal(0, await ImportReferti.Run(app.Services, [file, sample.Lab], said, default));
            Assert.Contains("3 messages: 1 released, 0 said already, 1 waiting, 1 known already, 0 refused;", said.ToString(), StringComparison.Ordinal);
            Assert.Equal(2, await ImportReferti.Run(app.Services, [file, "LAB-999"], new StringWriter(), default));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory, OnEachEngine]
    public async Task Without_a_laboratory_the_message_says_whose_it_is_and_a_refusal_says_why(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, Message("L1", sample.Person, sample.Number).Replace("|LIS|LAB|", $"|LIS|{sample.Lab}|", StringComparison.Ordinal));
            Assert.Equal(0, await ImportReferti.Run(app.Services, [file], new StringWriter(), default));
            Assert.Equal(sample.Lab, Assert.Single(await app.Reports()).LabCode);

            await File.WriteAllTextAsync(file, Message("L2", sample.Person, sample.Number));
            var said = new StringWriter();
            Assert.Equal(2, await ImportReferti.Run(app.Services, [file], said, default));
            Assert.Contains("Message 1: MSH-4 names no laboratory", said.ToString(), StringComparison.Ordinal);

            await File.WriteAllTextAsync(file, Message("L3", sample.Person, sample.Number, type: "ADT^A01"));
            Assert.Equal(1, await ImportReferti.Run(app.Services, [file, sample.Lab], said, default));
            Assert.Contains("Message 1 (L3): AR unsupported-message-type, MSH-9", said.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, string text, string type) => Post(client, Encoding.UTF8.GetBytes(text), type);

    private static Task<HttpResponseMessage> Post(HttpClient client, byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return client.PostAsync(Address, content);
    }

    private static async Task Problem(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]);
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var place in new[] { folder.FullName, folder.Parent?.FullName })
            {
                var samples = place is null ? null : Path.Combine(place, "shared", "data", "lab-messages");
                if (Directory.Exists(samples))
                    return samples;
            }
        }

        return null;
    }
}
