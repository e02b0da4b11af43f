using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Platform.BuildingBlocks.Web;

/// <summary>Under which name people reach the platform: behind a proxy the host may not know.</summary>
public static class PlatformAddress
{
    /// <param name="request">Null for what nobody asks for at this moment.</param>
    public static string Of(IConfiguration configuration, HttpRequest? request = null) =>
        configuration["Platform:Address"] is { Length: > 0 } known ? known.TrimEnd('/') : request is null ? "" : $"{request.Scheme}://{request.Host}";
}

public static class NetworkAddress
{
    /// <summary>Whence the request came, for the audit and for counts.</summary>
    public static string Address(this HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
