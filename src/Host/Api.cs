using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Platform.BuildingBlocks;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Web;

namespace Platform.Host;

/// <summary>The JSON API's frame, its description, and the health of the host.</summary>
internal static class Api
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1", o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Platform";
            document.Info.Version = "1.0.0";
            document.Info.Description = "Swabs, lab reports and the registry of a regional health platform. "
                + "Machines send Authorization: Bearer KEY; every error is problem+json (RFC 9457). "
                + "Requests of each client are counted: X-RateLimit-Limit, X-RateLimit-Remaining and X-RateLimit-Reset (seconds) stand on every answer; "
                + "beyond the limit it is 429 with Retry-After (seconds).";
            document.Info.Contact = new() { Name = "Platform", Url = new("https://www.example.org") };
            document.Info.License = new() { Name = "EUPL-1.2", Url = new("https://spdx.org/licenses/EUPL-1.2.html") };
            return Task.CompletedTask;
        }).AddOperationTransformer(ShowExample));
        services.ConfigureHttpJsonOptions(o => o.SerializerOptions.Converters.Add(
            new System.Text.Json.Serialization.JsonStringEnumConverter(System.Text.Json.JsonNamingPolicy.CamelCase)));
        services.AddHealthChecks();
        return services;
    }

    private static Task ShowExample(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiExample>().FirstOrDefault() is not { } example)
            return Task.CompletedTask;
        var json = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        JsonNode? Written(object? what) => what is null ? null : JsonSerializer.SerializeToNode(what, what.GetType(), json);
        foreach (var content in operation.RequestBody?.Content?.Values ?? [])
            (content as OpenApiMediaType)?.Example = Written(example.Body);
        foreach (var content in operation.Responses?.GetValueOrDefault("200")?.Content?.Values ?? [])
            (content as OpenApiMediaType)?.Example = Written(example.Answer);
        foreach (var (name, value) in example.Path)
        {
            if (operation.Parameters?.FirstOrDefault(p => p.Name == name) is OpenApiParameter parameter)
                parameter.Example = value;
        }

        return Task.CompletedTask;
    }

    /// <summary>Courier and schedule: what a serving host does besides answering.</summary>
    public static void AddBackground(this IServiceCollection services, IDatabaseEngine engine, Region region)
    {
        services.AddCourierRounds();
        services.AddSchedule(engine, region);
    }

    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseWhen(c => c.Request.Path.StartsWithSegments("/api-docs", StringComparison.OrdinalIgnoreCase), docs => docs.UseSwaggerUI(ui =>
        {
            ui.RoutePrefix = "api-docs";
            ui.SwaggerEndpoint("/openapi/v1.json", "v1");
        }));
        var api = app.MapGroup("/api/v1").ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        api.MapGet("/status", () => Results.Problem(title: "OK", statusCode: StatusCodes.Status200OK))
            .WithName("status").WithSummary("Says that the interface answers (ModI)").WithTags("status");
        return api;
    }

    public static void MapHealth(this WebApplication app, IReadOnlyList<Module> modules)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapGet("/health/ready", async (IServiceProvider services, IEnumerable<IMaintenanceNotices> notices, CancellationToken cancellation) =>
        {
            foreach (var module in modules.Where(m => m.Db is not null))
            {
                var db = (ModuleDb)services.GetRequiredService(module.Db!);
                if (!await db.Database.CanConnectAsync(cancellation) || (await db.Database.GetPendingMigrationsAsync(cancellation)).Any())
                    return Results.Problem(title: $"The schema {module.Name} is not ready.", statusCode: StatusCodes.Status503ServiceUnavailable);
            }

            foreach (var source in notices)
            {
                // Not a failure: the operators must be let in.
                if (await source.Closed(cancellation) is { } sign)
                    return Results.Text($"Healthy, closed for maintenance until {sign.Until:u}");
            }

            return Results.Text("Healthy");
        }).ExcludeFromDescription();
    }
}
