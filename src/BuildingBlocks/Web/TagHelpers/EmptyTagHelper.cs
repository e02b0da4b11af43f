using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary><c>&lt;empty title="Nessun tampone"&gt;Cambia i filtri o &lt;a …&gt;richiedine uno&lt;/a&gt;.&lt;/empty&gt;</c>: what stands where a list would.</summary>
[HtmlTargetElement("empty", Attributes = "title")]
public sealed class EmptyTagHelper : TagHelper
{
    public string Title { get; set; } = "";

    public string Icon { get; set; } = "it-inbox";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "empty");
        var title = new TagBuilder("p");
        title.AddCssClass("empty-title");
        title.InnerHtml.Append(Title);
        output.PreContent.AppendHtml(IconTagHelper.Draw(ViewContext.HttpContext, Icon, "icon-lg")).AppendHtml(title).AppendHtml("<div>");
        output.PostContent.SetHtmlContent("</div>");
    }
}
