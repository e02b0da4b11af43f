using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>
/// Somebody reads the pages in another language. No antiforgery token: it changes nothing but a language,
/// and a token in the header would keep citizens' pages out of any shared cache.
/// </summary>
[IgnoreAntiforgeryToken]
[OpenToAll("Changes nothing but the language of the pages")]
internal sealed class SwitchLanguageModel(IOptions<RequestLocalizationOptions> languages) : PageModel
{
    public IActionResult OnGet() => LocalRedirect("/");

    public IActionResult OnPost(string? culture, string? returnUrl)
    {
        var chosen = languages.Value.SupportedUICultures!
            .FirstOrDefault(c => c.TwoLetterISOLanguageName.Equals(culture, StringComparison.OrdinalIgnoreCase));
        if (chosen is not null)
            Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(chosen)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = HttpsCookies.IsSecure(HttpContext) });
        return Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : LocalRedirect("/");
    }
}
