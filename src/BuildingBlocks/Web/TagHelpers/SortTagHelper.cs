using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary>
/// A column that sorts: <c>&lt;th sort="name"&gt;Nome&lt;/th&gt;</c> links to <c>?sort=name</c>, then <c>?sort=-name</c>.
/// On the list's natural order, <c>sort-default</c> marks the column that it follows.
/// </summary>
[HtmlTargetElement("th", Attributes = "sort")]
public sealed class SortTagHelper : TagHelper
{
    public string Sort { get; set; } = "";

    /// <summary>"asc" or "desc" when the list comes in this column's order unless asked otherwise.</summary>
    public string? SortDefault { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var present = ViewContext.HttpContext.Request.Query["sort"].ToString();
        if (present.Length == 0 && SortDefault is not null) present = SortDefault == "desc" ? "-" + Sort : Sort;
        output.Attributes.SetAttribute("scope", "col");
        if (Direction(Sort, present) is { } direction) output.Attributes.SetAttribute("aria-sort", direction);
        var (link, icon) = Link(ViewContext.HttpContext, Sort, present);
        output.PreContent.SetHtmlContent(link.RenderStartTag());
        output.PostContent.AppendHtml(icon).AppendHtml(link.RenderEndTag());
    }

    internal static string? Direction(string sort, string present) => present == sort ? "ascending" : present == "-" + sort ? "descending" : null;

    internal static (TagBuilder Link, IHtmlContent Icon) Link(HttpContext http, string sort, string present)
    {
        var direction = Direction(sort, present);
        var link = new TagBuilder("a");
        link.AddCssClass("sort");
        link.Attributes["href"] = http.Request.With("sort", direction == "ascending" ? "-" + sort : sort, "p");
        return (link, IconTagHelper.Draw(http, direction == "ascending" ? "it-arrow-up-triangle" : "it-arrow-down-triangle", direction is null ? "icon-xs sort-idle" : "icon-xs"));
    }
}
