using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Web;

/// <summary>Every search of people passes here: posted in the open, sent on to its list with the text sealed.</summary>
[Requires(PlatformPermissions.SignedIn)]
internal sealed class SearchPage(SealedQuery sealedQuery) : PageModel
{
    public const string To = "_to";
    public const string Text = "_text";

    public IActionResult OnPost()
    {
        var to = Request.Form[To].ToString();
        if (!Url.IsLocalUrl(to))
            return BadRequest();
        var text = Request.Form[Text].ToString();
        var query = new QueryBuilder();
        foreach (var (name, values) in Request.Form.Where(f => !f.Key.StartsWith('_')))
        {
            foreach (var value in values.Where(v => !string.IsNullOrEmpty(v)))
                query.Add(name, name == text ? sealedQuery.Seal(value!) : value!);
        }

        // Nothing looked for any more is not the same as coming back.
        if (!query.Any())
            query.Add(RememberedFilters.Clear, "1");
        return LocalRedirect(to.Split('?')[0] + query.ToQueryString());
    }
}
