using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary><c>&lt;exports /&gt;</c>: this list, as filtered and sorted, by the query parameter <c>format</c>.</summary>
[HtmlTargetElement("exports", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class ExportsTagHelper(Texts texts) : TagHelper
{
    public string Formats { get; set; } = "csv,xlsx";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "exports");
        foreach (var format in Formats.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var link = new TagBuilder("a");
            link.AddCssClass("btn btn-outline-primary btn-xs");
            link.Attributes["href"] = ViewContext.HttpContext.Request.With("format", format, "p");
            link.Attributes["aria-label"] = texts["Scarica l’elenco in {0}", format.ToUpperInvariant()];
            link.InnerHtml.AppendHtml(IconTagHelper.Draw(ViewContext.HttpContext, "it-download", "icon-xs icon-primary"));
            link.InnerHtml.Append(" " + format.ToUpperInvariant());
            output.Content.AppendHtml(link);
        }
    }
}
