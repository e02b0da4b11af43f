using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Module = Platform.BuildingBlocks.Module;

namespace Platform.Tests.Walls;

/// <summary>The pages of docs/ that are written by the code itself. With <c>PLATFORM_UPDATE_DOCS=1</c> they are
/// rewritten; without, they are compared.</summary>
public sealed class DocsTests
{
    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    [Fact]
    public void The_town_map_is_what_the_code_says()
    {
        Assert.NotEmpty(Rooms.All);
        Compare("docs/map.md", Map());
    }

    [Fact]
    public async Task The_list_of_the_API_is_what_the_host_answers()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var document = JsonNode.Parse(await app.Anonymous().GetStringAsync("/openapi/v1.json"))!.AsObject();
        Compare("docs/api.md", Api(document, app.Services));
    }

    [Fact]
    public void Every_link_of_the_documents_leads_somewhere()
    {
        var documents = Directory.GetFiles(Rooms.Root, "*.md").Concat(Rooms.Sources("docs", ".md")).ToList();
        Assert.NotEmpty(documents);
        var broken = documents.SelectMany(d => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(d), @"\]\((?!https?:|mailto:|#)([^)#\s]+)")
            .Select(m => m.Groups[1].Value)
            .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(d)!, link)))
            .Select(link => $"{Rooms.Relative(d)}: {link}"));
        Assert.Empty(broken);
    }

    private static string Map()
    {
        var page = new StringBuilder();
        page.AppendLine("# Town map");
        page.AppendLine();
        page.AppendLine("Who is there, who knows whom, who tells what to whom. Written by the code: `PLATFORM_UPDATE_DOCS=1 dotnet test Platform.sln --filter DocsTests`.");
        page.AppendLine();
        page.AppendLine("```mermaid");
        page.AppendLine("graph LR");
        foreach (var module in Rooms.All)
            page.AppendLine(CultureInfo.InvariantCulture, $"  {Rooms.Title(module)}");
        foreach (var module in Rooms.All)
        {
            foreach (var known in Known(module))
                page.AppendLine(CultureInfo.InvariantCulture, $"  {Rooms.Title(module)} --> {known}");
        }

        page.AppendLine("```");
        page.AppendLine();
        page.AppendLine("An arrow goes from a module to one whose contracts it uses.");
        page.AppendLine();
        page.AppendLine("| module | schema | tables | pages | endpoints | jobs | knows |");
        page.AppendLine("|---|---|--:|--:|--:|--:|---|");
        foreach (var module in Rooms.All)
        {
            var assembly = module.GetType().Assembly;
            using var db = module.Db is null ? null : Rooms.Open(module, new SqliteEngine(Path.GetTempPath()));
            page.AppendLine(CultureInfo.InvariantCulture,
                $"| {Rooms.Title(module)} | {(db is null ? "–" : $"`{module.Name}`")} | {db?.Model.GetEntityTypes().Count() ?? 0} | {Rooms.Pages.Count(p => p.Assembly == assembly)} | {Rooms.Endpoints.Count(e => e.Assembly == assembly)} | {Rooms.TypesOf(assembly).Count(t => t.IsAssignableTo(typeof(IScheduledJob)))} | {Or(string.Join(", ", Known(module)))} |");
        }

        page.AppendLine();
        page.AppendLine("Every schema has the three tables of messaging (`outbox`, `inbox`, `job_runs`) among its own.");
        page.AppendLine();
        page.AppendLine("## Told");
        page.AppendLine();
        page.AppendLine("Events: put in the teller's outbox with the change, delivered after its commit.");
        page.AppendLine();
        page.AppendLine("| event | told by | reactions |");
        page.AppendLine("|---|---|---|");
        var events = Rooms.All.Select(m => m.GetType().Assembly).Append(Rooms.BuildingBlocks).SelectMany(Rooms.TypesOf)
            .Where(t => t is { IsAbstract: false, IsInterface: false } && t.IsAssignableTo(typeof(IEvent)))
            .OrderBy(t => t.Assembly.GetName().Name, StringComparer.Ordinal).ThenBy(t => t.Name, StringComparer.Ordinal);
        foreach (var fact in events)
        {
            var reactions = Rooms.Events.Reactions.Where(r => r.Event == fact).Select(r => $"{Rooms.Title(r.Module)}: `{r.Name.Split('.')[^1]}`").Order(StringComparer.Ordinal);
            var teller = fact.Assembly == Rooms.BuildingBlocks ? "every module" : fact.Assembly.GetName().Name;
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{fact.Name}` | {teller} | {Or(string.Join("<br>", reactions))} |");
        }

        page.AppendLine();
        page.AppendLine("## Asked and ordered");
        page.AppendLine();
        page.AppendLine("Questions and orders that one module sends to another, at once, through its contracts.");
        page.AppendLine();
        page.AppendLine("| from | to | request | kind |");
        page.AppendLine("|---|---|---|---|");
        foreach (var (from, request) in Rooms.All.SelectMany(Sent).OrderBy(s => s.From, StringComparer.Ordinal)
            .ThenBy(s => s.Request.Assembly.GetName().Name, StringComparer.Ordinal).ThenBy(s => s.Request.Name, StringComparer.Ordinal))
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {from} | {request.Assembly.GetName().Name} | `{request.Name}` | {Kind(request)} |");
        }

        return page.ToString();
    }

    private static string Api(JsonObject document, IServiceProvider services)
    {
        var permissions = services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
                .Select(verb => (Key: $"{verb.ToLowerInvariant()} {Plain(e.RoutePattern.RawText!)}", Who: Who(e))))
            .GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.First().Who);
        var page = new StringBuilder();
        page.AppendLine("# The API");
        page.AppendLine();
        page.AppendLine("Written by the host itself: `PLATFORM_UPDATE_DOCS=1 dotnet test Platform.sln --filter DocsTests`. The whole description is at `/openapi/v1.json`, to be read and tried at `/api-docs`. Errors are `application/problem+json` (RFC 9457).");
        page.AppendLine();
        page.AppendLine("| verb | path | what | permission | answers |");
        page.AppendLine("|---|---|---|---|---|");
        foreach (var (path, verbs) in (document["paths"]?.AsObject() ?? []).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            foreach (var verb in Verbs.Where(v => verbs![v] is not null))
            {
                var operation = verbs![verb]!.AsObject();
                page.AppendLine(CultureInfo.InvariantCulture,
                    $"| {verb.ToUpperInvariant()} | `{path}` | {operation["summary"]?.GetValue<string>() ?? operation["operationId"]?.GetValue<string>() ?? ""} | {Or(permissions.GetValueOrDefault($"{verb} {Plain(path)}", ""))} | {string.Join(", ", (operation["responses"]?.AsObject().Select(r => r.Key) ?? []).Order(StringComparer.Ordinal))} |");
            }
        }

        return page.ToString();
    }

    /// <summary>Who may call an endpoint, by the requests that its code sends.</summary>
    private static string Who(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<MethodInfo>() is not { } method)
            return "";
        var requests = Il.MadeBy(method).Where(t => Rooms.AnswerOf(t) is not null).ToList();
        return string.Join(", ", requests.Select(r => r.GetCustomAttribute<RequiresAttribute>()?.Permission is { } permission
            ? $"`{permission}`"
            : r.IsDefined(typeof(OpenToAllAttribute)) ? "open to all" : "").Where(w => w.Length > 0).Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Known(Module module) =>
        module.GetType().Assembly.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(name => Rooms.All.Any(m => Rooms.Title(m) == name)).Order(StringComparer.Ordinal);

    private static IEnumerable<(string From, Type Request)> Sent(Module module) =>
        Rooms.TypesOf(module.GetType().Assembly).Where(t => !t.IsNested).SelectMany(Il.MadeBy)
            .Where(t => t.Assembly != module.GetType().Assembly && Rooms.AnswerOf(t) is not null && Rooms.All.Any(m => m.GetType().Assembly == t.Assembly))
            .Distinct().Select(t => (Rooms.Title(module), t));

    private static string Kind(Type request) =>
        request.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IQuery<>)) ? "asks" : "orders";

    private static string Plain(string path) =>
        System.Text.RegularExpressions.Regex.Replace(path.Trim('/'), @"\{\*{0,2}(\w+)[^}]*\}", "{$1}").ToLowerInvariant();

    private static string Or(string text) => text.Length == 0 ? "–" : text;

    private static void Compare(string file, string page)
    {
        var path = Path.Combine(Rooms.Root, file);
        page = page.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("PLATFORM_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }

        Assert.True(File.Exists(path), $"{file} is missing: PLATFORM_UPDATE_DOCS=1 writes it.");
        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
