using System.Text.Json;
using System.Text.Json.Nodes;

// A regional registry of its own for the tests and for trying out: a process that speaks docs/regional-registry.md over
// the people of one JSON file. Usage: RegionalRegistry --people FILE [--key KEY] [--slow SECONDS] [--urls http://127.0.0.1:0]
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
var app = builder.Build();
var people = JsonNode.Parse(File.ReadAllText(app.Configuration["people"] ?? throw new InvalidOperationException("--people FILE")))!.AsArray();
var key = app.Configuration["key"];
var slow = TimeSpan.FromSeconds(app.Configuration.GetValue("slow", 0));

app.MapPost("/people/lookup", async (HttpRequest request, CancellationToken cancellation) =>
{
    if (key is not null && request.Headers.Authorization != $"Bearer {key}")
        return Results.Problem(statusCode: 401, title: "No valid key.");
    JsonObject? question;
    try
    {
        question = (await JsonNode.ParseAsync(request.Body, cancellationToken: cancellation)) as JsonObject;
    }
    catch (JsonException)
    {
        question = null;
    }

    if ((string?)question?["fiscalCode"] is not { Length: > 0 } code)
        return Results.Problem(statusCode: 400, title: "The body is {\"fiscalCode\": \"…\"}.");
    // A registry that is slow to answer, for the test of the time-out: the client gives up, nobody waits for it.
    await Task.Delay(slow, cancellation);
    // Somebody is found by a former code too; the answer has the one of today.
    var found = people.FirstOrDefault(p => (string?)p!["fiscalCode"] == code || p["formerCodes"]?.AsArray().Any(c => (string?)c == code) == true);
    if (found is null)
        return Results.Problem(statusCode: 404, title: "Nobody has that code.");
    var answer = found.DeepClone().AsObject();
    answer.Remove("formerCodes");
    return Results.Json(answer);
});
app.Run();
