using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Platform.Patients.Registry;

/// <summary>Asks over HTTP, waits a little and no longer, and after some failures in a row leaves the registry alone for a
/// while: a screen must not hang because another house has trouble.</summary>
internal sealed class HttpRegionalRegistry : IRegionalRegistry, IDisposable
{
    public const int FailuresInARow = 3;
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private const int LargestAnswer = 64 * 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient? http;
    private readonly TimeProvider clock;
    private readonly ILogger<HttpRegionalRegistry> log;
    private readonly Lock guard = new();
    private int failures;
    private DateTimeOffset restsUntil;

    public HttpRegionalRegistry(IConfiguration configuration, TimeProvider clock, ILogger<HttpRegionalRegistry> log)
    {
        (this.clock, this.log) = (clock, log);
        if (configuration["Patients:Registry:Address"] is not { Length: > 0 } address)
            return;
        http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            BaseAddress = new(address.TrimEnd('/') + "/"),
            Timeout = TimeSpan.FromSeconds(double.Parse(configuration["Patients:Registry:TimeoutSeconds"] ?? "3", CultureInfo.InvariantCulture)),
            MaxResponseContentBufferSize = LargestAnswer,
        };
        http.DefaultRequestHeaders.Accept.Add(new("application/json"));
        if (configuration["Patients:Registry:Key"] is { Length: > 0 } key)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public bool IsThere => http is not null;

    public async Task<RegistryPerson?> Find(string code, CancellationToken cancellation)
    {
        if (http is null)
            throw new RegistryAbsent("not configured");
        lock (guard)
        {
            if (clock.GetUtcNow() < restsUntil)
                throw new RegistryAbsent("left alone after failures");
        }

        try
        {
            // By POST: a code in an address would stay in the logs of every proxy on the way.
            using var answer = await http.PostAsJsonAsync("people/lookup", new { fiscalCode = code }, Json, cancellation);
            var person = answer.StatusCode == HttpStatusCode.NotFound
                ? null
                : await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<RegistryPerson>(Json, cancellation)
                    ?? throw new JsonException("empty");
            Answered();
            return person;
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or NotSupportedException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            Failed(failure);
            throw new RegistryAbsent(failure.GetType().Name, failure);
        }
    }

    public void Dispose() => http?.Dispose();

    private void Answered()
    {
        lock (guard)
            failures = 0;
    }

    private void Failed(Exception failure)
    {
        lock (guard)
        {
            if (++failures >= FailuresInARow)
                (failures, restsUntil) = (0, clock.GetUtcNow() + Rest);
        }

        // The message may quote what was asked.
        log.LogWarning("The regional registry did not answer: {Failure} {Status}", failure.GetType().Name, (failure as HttpRequestException)?.StatusCode);
    }
}
