using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Platform.BuildingBlocks.Security;

/// <summary>Where people work over HTTPS (<c>Cookies:Https</c>, by itself in Production), every cookie says so: it never travels in the open,
/// also when a proxy ends the TLS, and its name tells the browser to let no neighbouring host set it (prefixes <c>__Host-</c> and
/// <c>__Secure-</c>, OWASP ASVS 3.4.4).</summary>
internal sealed class HttpsCookies(IConfiguration configuration, IHostEnvironment environment)
    : IPostConfigureOptions<CookieAuthenticationOptions>, IPostConfigureOptions<AntiforgeryOptions>, IPostConfigureOptions<CookieTempDataProviderOptions>
{
    public bool Always { get; } = configuration.GetValue("Cookies:Https", environment.IsProduction());

    public void PostConfigure(string? name, CookieAuthenticationOptions options) => Tighten(options.Cookie);

    public void PostConfigure(string? name, AntiforgeryOptions options) => Tighten(options.Cookie);

    public void PostConfigure(string? name, CookieTempDataProviderOptions options)
    {
        options.Cookie.Name = "platform-said";
        Tighten(options.Cookie);
    }

    /// <summary>For a cookie written by hand.</summary>
    public static bool IsSecure(HttpContext context) => context.Request.IsHttps || context.RequestServices.GetRequiredService<HttpsCookies>().Always;

    private void Tighten(CookieBuilder cookie)
    {
        if (!Always)
            return;
        cookie.SecurePolicy = CookieSecurePolicy.Always;
        cookie.Name = (cookie.Path is null or "/" ? "__Host-" : "__Secure-") + cookie.Name;
        cookie.Path ??= "/";
    }
}
