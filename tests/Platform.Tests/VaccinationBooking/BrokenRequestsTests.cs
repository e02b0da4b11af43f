using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Offers;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Every address of the vaccinations is sent what no client should send, field by field as its description shows them: never an
/// error of ours, always words that say what is wrong, and nothing is kept of it.</summary>
public sealed class BrokenRequestsTests
{
    private const string Root = "/api/v1/vaccination";

    private static readonly HttpStatusCode[] Expected =
    [
        HttpStatusCode.BadRequest, HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.Conflict, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.UnsupportedMediaType,
        HttpStatusCode.UnprocessableEntity, HttpStatusCode.TooManyRequests,
    ];

    private static readonly string[] WholeBodies =
    [
        "", " ", "{", "}", "[]", "[{}]", "null", "true", "42", "\"testo\"", "{}", "{\"a\":", "{\"pass\":\"a\",}", "<xml/>", "pass=a&first=b", "\u0000", "{\"\u0000\":1}",
        new string('[', 5000), "{\"x\":" + new string('9', 5000) + "}",
    ];

    // As JSON: of the wrong sort, too long, beyond every range, with signs that a database refuses.
    private static readonly string[] Values =
    [
        "null", "true", "-1", "1e400", "99999999999999999999", "[]", "[1,2]", "{}", "{\"a\":{\"b\":1}}", "\"\"", "\"   \"", "\"\\u0000\"", "\"\\ud800\"", "\"a\\u0000b\"", "\"'; DROP TABLE bookings;--\"",
        "\"<script>alert(1)</script>\"", "\"%00\"", "\"../../etc/passwd\"", "\"00000000-0000-0000-0000-000000000000\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\"", "\"2021-99-99T99:99\"",
        "\"🦠🦠🦠\"", "\"" + new string('x', 70_000) + "\"",
    ];

    private static readonly string[] InAddresses = ["%20", "..%2f..", "%F0%9F%A6%A0", "'%3B--", "-1", "null", new string('x', 3000), "ffffffff-ffff-ffff-ffff-ffffffffffff", "1e400", "%ED%A0%80"];

    [Theory, OnEachEngine]
    public async Task Bodies_of_every_wrong_sort_are_answered_with_words_and_nothing_is_kept(Engine engine)
    {
        await using var app = await Start(engine);
        using var http = app.Anonymous();
        var posts = await Paths(http, "post");
        Assert.True(posts.Count > 8);
        foreach (var (path, operation) in posts)
        {
            foreach (var body in WholeBodies)
                await Send(http, HttpMethod.Post, Filled(path), Json(body));
            await Send(http, HttpMethod.Post, Filled(path), null);
            await Send(http, HttpMethod.Post, Filled(path), new StringContent("{}", Encoding.UTF8, "text/plain"));
            await Send(http, HttpMethod.Post, Filled(path), new ByteArrayContent([0xff, 0xfe, 0x00, 0xd8]) { Headers = { ContentType = new("application/json") } });
            var example = operation["requestBody"]!["content"]!["application/json"]!["example"]!.AsObject();
            foreach (var field in example.Select(p => p.Key).ToList())
            {
                foreach (var value in Values.Append(null))
                    await Send(http, HttpMethod.Post, Filled(path), Json(With(example, field, value)));
                app.Clock.Advance(TimeSpan.FromMinutes(2));
            }
        }

        await NothingWasKept(app);
    }

    [Theory, OnEachEngine]
    public async Task Addresses_and_questions_of_every_wrong_sort_are_answered_with_words(Engine engine)
    {
        await using var app = await Start(engine);
        using var http = app.Anonymous();
        foreach (var verb in new[] { "get", "post" })
        {
            foreach (var (path, operation) in await Paths(http, verb))
            {
                var parameters = operation["parameters"]?.AsArray().Select(p => ((string)p!["name"]!, (string)p["in"]!)).ToList() ?? [];
                foreach (var (name, where) in parameters)
                {
                    foreach (var wrong in InAddresses)
                    {
                        var address = where == "path" ? Filled(path.Replace($"{{{name}}}", wrong, StringComparison.Ordinal)) : $"{Filled(path)}?{name}={wrong}";
                        await Send(http, verb == "get" ? HttpMethod.Get : HttpMethod.Post, address, verb == "get" ? null : Json("{}"));
                    }
                }

                app.Clock.Advance(TimeSpan.FromMinutes(2));
            }
        }

        await NothingWasKept(app);
    }

    [Fact]
    public async Task A_body_that_is_huge_and_a_key_of_repetition_that_is_no_key_are_refused()
    {
        await using var app = await Start(Engine.Sqlite);
        using var http = app.Anonymous();
        foreach (var (path, _) in await Paths(http, "post"))
            await Send(http, HttpMethod.Post, Filled(path), Json("{\"fiscalCode\":\"" + new string('x', 40_000_000) + "\"}"));
        foreach (var key in new[] { new string('k', 20_000), "é", "a, b", "\t" })
            await Send(http, HttpMethod.Post, Root + "/bookings", Json("{}"), key);
        await NothingWasKept(app);
    }

    private static async Task<PlatformApp> Start(Engine engine)
    {
        var app = await VaccinationApp.Start(engine, ("Vaccination:WrongCardsPerMinute", "100000"), ("Vaccination:AvailabilityPerMinute", "100000"), ("RateLimit:PerMinute", "1000000"), ("Vaccination:NumbersPerMinute", "100000"));
        await app.Slot(1, 5, 3);
        await app.Slot(2, 5, 38);
        return app;
    }

    private static async Task<List<(string Path, JsonNode Operation)>> Paths(HttpClient http, string verb) =>
        [.. JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject()
            .Where(p => p.Key.StartsWith(Root, StringComparison.Ordinal) && p.Value!.AsObject().ContainsKey(verb)).Select(p => (p.Key, p.Value![verb]!))];

    private static string Filled(string path) => path.Replace("{campaign}", VaccinationApp.Campaign, StringComparison.Ordinal).Replace("{centre}", VaccinationApp.Centre, StringComparison.Ordinal)
        .Replace("{layout}", "2021-05", StringComparison.Ordinal);

    /// <param name="value">JSON; null leaves the field out.</param>
    private static string With(JsonObject example, string field, string? value) =>
        "{" + string.Join(',', example.Where(p => p.Key != field).Select(p => $"{JsonSerializer.Serialize(p.Key)}:{p.Value?.ToJsonString() ?? "null"}")
            .Concat(value is null ? [] : [$"{JsonSerializer.Serialize(field)}:{value}"])) + "}";

    private static StringContent Json(string text) => new(text, new UTF8Encoding(false), new MediaTypeHeaderValue("application/json"));

    private static async Task Send(HttpClient http, HttpMethod method, string address, HttpContent? content, string? key = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var told = $"{method} {address[..Math.Min(address.Length, 120)]} answered {(int)response.StatusCode}: {text[..Math.Min(text.Length, 400)]}";
        // What may be left out, or is only looked at, is no mistake.
        if (response.IsSuccessStatusCode)
            return;
        Assert.True(Expected.Contains(response.StatusCode), told);
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", told);
        var problem = JsonNode.Parse(text)!;
        Assert.True(((string?)problem["title"])?.Length > 10 && ((string?)problem["type"])?.StartsWith("urn:problem:", StringComparison.Ordinal) == true, told);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    private static async Task NothingWasKept(PlatformApp app)
    {
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal((0, 0, 0), await app.Db<VaccinationDb, (int, int, int)>(async db =>
            (await db.Bookings.CountAsync(), await db.Wishes.CountAsync(), await db.Slots.SumAsync(s => s.Taken))));
    }
}
