using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Lists;

/// <summary>The filters and the order of a list, as they last were, until sign-out or "Azzera". They are kept in the browser, in a cookie of
/// that list's address alone, locked with the installation's keys and with the sign-in: nothing is kept on the server of whom
/// somebody looked for, any host can read it, and after sign-out, or for whoever signs in next, it no longer opens.</summary>
internal sealed class RememberedFilters(IDataProtectionProvider protection)
{
    /// <summary>The parameter of "Azzera".</summary>
    public const string Clear = "clear";

    // Browsers keep some four thousand; a longer search is simply not remembered.
    private const int LongestCookie = 3000;

    private static readonly string[] NoFilters = ["p", "format", Clear];

    /// <returns>The address with the remembered filters, where one came without any; null to stay.</returns>
    public string? Elsewhere(HttpContext http)
    {
        var request = http.Request;
        if (http.User.Identity is not { IsAuthenticated: true })
            return null;
        var cookie = "list-" + request.Path.Value!.Trim('/').Replace('/', '-').ToLowerInvariant();
        var options = new CookieOptions { Path = request.PathBase + request.Path, HttpOnly = true, Secure = HttpsCookies.IsSecure(request.HttpContext), SameSite = SameSiteMode.Lax, IsEssential = true };
        if (request.Query.ContainsKey(Clear))
        {
            http.Response.Cookies.Delete(cookie, options);
            return request.PathBase + request.Path;
        }

        var locker = protection.CreateProtector("list", Lock(http));
        if (request.Query.Count > 0)
        {
            var filters = new QueryBuilder(request.Query.Where(q => !StringValues.IsNullOrEmpty(q.Value) && !NoFilters.Contains(q.Key, StringComparer.OrdinalIgnoreCase))).ToString();
            if (filters.Length > 0 && locker.Protect(filters) is { Length: <= LongestCookie } kept)
                http.Response.Cookies.Append(cookie, kept, options);
            else if (request.Cookies.ContainsKey(cookie))
                http.Response.Cookies.Delete(cookie, options);
            return null;
        }

        if (request.Cookies[cookie] is not { } locked)
            return null;
        try
        {
            return request.PathBase + request.Path + locker.Unprotect(locked);
        }
        catch (CryptographicException)
        {
            http.Response.Cookies.Delete(cookie, options);
            return null;
        }
    }

    // What the sign-in says of itself: who, since when. Another sign-in says something else.
    private static string Lock(HttpContext http) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', http.User.Claims.Select(c => $"{c.Type}={c.Value}")))));
}
