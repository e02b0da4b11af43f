using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>What somebody without an account carries from page to page: a cookie that only this installation can read or write,
/// out of reach of scripts, worthless after its time whatever the browser does with it.</summary>
public sealed class SealedCookies(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <returns>Null where there is none, or none of ours, or its time is over.</returns>
    public string? Read(HttpContext context, string name)
    {
        if (context.Request.Cookies[NameOf(context, name)] is not { Length: > 0 } kept)
            return null;
        try
        {
            var text = SealOf(name).Unprotect(kept);
            var end = text.IndexOf('|', StringComparison.Ordinal);
            return long.Parse(text[..end], CultureInfo.InvariantCulture) > clock.GetUtcNow().UtcTicks ? text[(end + 1)..] : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <param name="path">It is sent to pages under it, and to no others.</param>
    public void Write(HttpContext context, string name, string path, string text, DateTime until) =>
        context.Response.Cookies.Append(
            NameOf(context, name), SealOf(name).Protect(string.Create(CultureInfo.InvariantCulture, $"{until.Ticks}|{text}")),
            Options(context, path, until - clock.GetUtcNow().UtcDateTime));

    public static void Forget(HttpContext context, string name, string path) =>
        context.Response.Cookies.Delete(NameOf(context, name), Options(context, path, null));

    private IDataProtector SealOf(string name) => protection.CreateProtector("cookie." + name);

    private static string NameOf(HttpContext context, string name) => HttpsCookies.IsSecure(context) ? "__Secure-" + name : name;

    private static CookieOptions Options(HttpContext context, string path, TimeSpan? kept) => new()
    {
        Path = path, MaxAge = kept, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = HttpsCookies.IsSecure(context),
    };
}
