using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>What a person sees when a page cannot be shown, whatever verb they came with.</summary>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
[OpenToAll("Says what went wrong to whoever meets it")]
internal sealed class ErrorModel : PageModel
{
    public int Code { get; private set; }

    public string TraceId => Activity.Current?.TraceId.ToHexString() ?? HttpContext.TraceIdentifier;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Code = int.TryParse(RouteData.Values["code"]?.ToString(), out var code) && code is >= 400 and < 600 ? code : 404;
        Response.StatusCode = Code;
        // The handled request's own invalid fields are not this page's errors.
        ModelState.Clear();
    }
}
