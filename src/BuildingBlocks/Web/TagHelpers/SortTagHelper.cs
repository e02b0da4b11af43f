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
        var request = ViewContext.HttpContext.Request;
        var present = request.Query["sort"].ToString();
        if (present.Length == 0 && SortDefault is not null) present = SortDefault == "desc" ? "-" + Sort : Sort;
        var up = present == Sort;
        var down = present == "-" + Sort;
        output.Attributes.SetAttribute("scope", "col");
        if (up || down) output.Attributes.SetAttribute("aria-sort", up ? "ascending" : "descending");
        var link = new TagBuilder("a");
        link.AddCssClass("sort");
        link.Attributes["href"] = request.With("sort", up ? "-" + Sort : Sort, "p");
        output.PreContent.SetHtmlContent(link.RenderStartTag());
        output.PostContent
            .AppendHtml(IconTagHelper.Draw(ViewContext.HttpContext, up ? "it-arrow-up-triangle" : "it-arrow-down-triangle", up || down ? "icon-xs" : "icon-xs sort-idle"))
            .AppendHtml(link.RenderEndTag());
    }
}
