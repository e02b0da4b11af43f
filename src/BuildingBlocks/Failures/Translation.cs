using System.Data.Common;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Failures;

/// <summary>Failures on their way out, translated in this one place: problem+json (RFC 9457) for the API,
/// the error page for people (which the status code pages show).</summary>
internal sealed class Translation(IProblemDetailsService problems, Texts texts, ILogger<Translation> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Describe(httpContext, exception);
        if (problem.Status == StatusCodes.Status500InternalServerError)
            log.LogError("Unforeseen {Failure} at {Path}\n{Where}", exception.GetType().FullName, RoutePattern(httpContext), exception.StackTrace);

        httpContext.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            log.LogWarning("The database does not answer ({Failure}) at {Path}", exception.GetBaseException().GetType().FullName, RoutePattern(httpContext));
            httpContext.Response.Headers.RetryAfter = "5";
        }

        if (problem.Status == StatusCodes.Status401Unauthorized)
            httpContext.Response.Headers.WWWAuthenticate = "Bearer";
        if (!IsApi(httpContext))
            return true; // The status code pages show the page of this status.
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem });
    }

    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    private ProblemDetails Describe(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case ValidationException invalid:
                var wrong = new ProblemDetails
                {
                    Status = StatusCodes.Status422UnprocessableEntity,
                    Type = "urn:problem:invalid",
                    Title = texts["I dati inviati non sono validi."],
                };
                wrong.Extensions["errors"] = invalid.Errors
                    .Select(e => new { field = CamelCase(e.PropertyName), reason = texts[e.ErrorMessage].Value });
                return wrong;
            case Refusal refusal:
                if (refusal.Kind == RefusalKind.Forbidden && !context.RequestServices.GetRequiredService<ICurrentUser>().IsSignedIn)
                {
                    return new ProblemDetails
                    {
                        Status = StatusCodes.Status401Unauthorized,
                        Type = "urn:problem:unauthorized",
                        Title = texts["Serve una chiave valida: manca, è sbagliata o è stata revocata."],
                    };
                }

                return new ProblemDetails
                {
                    Status = Status(refusal.Kind),
                    Type = "urn:problem:" + refusal.Code,
                    Title = texts[refusal.Message, refusal.Arguments!],
                };
            case BadHttpRequestException bad:
                return new ProblemDetails
                {
                    Status = bad.StatusCode,
                    Type = "urn:problem:malformed",
                    Title = texts["La richiesta non è leggibile."],
                    Detail = bad.InnerException is System.Text.Json.JsonException json
                        ? texts["JSON non valido alla riga {0}, posizione {1}, campo {2}.", json.LineNumber + 1 ?? 0, json.BytePositionInLine ?? 0, json.Path ?? "$"]
                        : WhatToDo(bad.StatusCode, texts),
                };
            case var failure when IsOutage(failure):
                return new ProblemDetails
                {
                    Status = StatusCodes.Status503ServiceUnavailable,
                    Type = "urn:problem:unavailable",
                    Title = texts["Il servizio non è disponibile in questo momento: riprovi tra qualche secondo. Ripetere la stessa richiesta è sicuro."],
                };
            default:
                return new ProblemDetails
                {
                    Status = StatusCodes.Status500InternalServerError,
                    Type = "urn:problem:unforeseen",
                    Title = texts["Errore imprevisto: è stato registrato."],
                };
        }
    }

    /// <summary>A status that nothing of ours has described: no such address, no such verb, a body of another sort.</summary>
    public static void DescribeBare(ProblemDetailsContext bare)
    {
        var problem = bare.ProblemDetails;
        if (problem.Type?.StartsWith("urn:problem:", StringComparison.Ordinal) == true)
            return;
        var texts = bare.HttpContext.RequestServices.GetRequiredService<Texts>();
        var status = problem.Status ?? bare.HttpContext.Response.StatusCode;
        if (status is < 400 or >= 500)
            return;
        (problem.Type, problem.Title) = status == StatusCodes.Status404NotFound
            ? ("urn:problem:not-found", texts["Non trovato, o non visibile con il suo profilo."])
            : ("urn:problem:malformed", texts["La richiesta non è leggibile."]);
        problem.Detail ??= WhatToDo(status, texts);
    }

    private static string WhatToDo(int status, Texts texts) => status switch
    {
        StatusCodes.Status405MethodNotAllowed => texts["Questo indirizzo si chiama in un altro modo: veda Allow nelle intestazioni."],
        StatusCodes.Status413PayloadTooLarge => texts["Il corpo è troppo grande: mandi meno dati in una volta."],
        StatusCodes.Status415UnsupportedMediaType => texts["Il corpo deve essere JSON, con l’intestazione Content-Type: application/json."],
        _ => texts["Verifichi indirizzo, parametri, intestazioni e corpo."],
    };

    /// <summary>The database went away or does not answer: another host has taken its place, or soon will.</summary>
    private static bool IsOutage(Exception? failure) =>
        failure is not null && (failure is DbException { IsTransient: true } || IsOutage(failure.InnerException));

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status409Conflict,
    };

    // The pattern, not the path: a path may name a person.
    private static string RoutePattern(HttpContext context) =>
        (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "?";

    private static string CamelCase(string property) =>
        string.Join('.', property.Split('.').Select(p => p.Length == 0 ? p : char.ToLowerInvariant(p[0]) + p[1..]));
}
