using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary><c>&lt;form sealed-search="Q"&gt;</c>: the filters of a list of people; what is written in the field Q does not
/// show in the address.</summary>
[HtmlTargetElement("form", Attributes = "sealed-search")]
public sealed class SealedSearchTagHelper(IHtmlGenerator html) : TagHelper
{
    /// <summary>Name of the field with the text.</summary>
    public string SealedSearch { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.Attributes.SetAttribute("method", "post");
        output.Attributes.SetAttribute("action", "/search");
        output.PostContent.AppendHtml(Hidden(SearchPage.To, ViewContext.HttpContext.Request.Path));
        output.PostContent.AppendHtml(Hidden(SearchPage.Text, SealedSearch));
        output.PostContent.AppendHtml(html.GenerateAntiforgery(ViewContext));
    }

    internal static TagBuilder Hidden(string name, string? value)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.MergeAttributes(new Dictionary<string, string?> { ["type"] = "hidden", ["name"] = name, ["value"] = value });
        return input;
    }
}
