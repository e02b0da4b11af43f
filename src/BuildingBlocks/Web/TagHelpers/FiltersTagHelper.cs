using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary><c>&lt;filters label="Filtra i tamponi" sealed="Text"&gt;…fields…&lt;/filters&gt;</c>: the filters of a list, with its order kept and
/// "Azzera". <c>sealed</c> names the field in which people are searched, which does not show in the address.</summary>
[HtmlTargetElement("filters", Attributes = "label")]
public sealed class FiltersTagHelper(Texts texts, IHtmlGenerator html) : TagHelper
{
    public string Label { get; set; } = "";

    public string? Sealed { get; set; }

    /// <summary>On the button; "Filtra" unless said otherwise.</summary>
    public string? Button { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var request = ViewContext.HttpContext.Request;
        output.TagName = "form";
        output.Attributes.SetAttribute("class", "filters");
        output.Attributes.SetAttribute("role", "search");
        output.Attributes.SetAttribute("aria-label", Label);
        if (Sealed is null)
            output.Attributes.SetAttribute("method", "get");
        else
            new SealedSearchTagHelper(html) { SealedSearch = Sealed, ViewContext = ViewContext }.Process(context, output);
        if (request.Query["sort"].ToString() is { Length: > 0 } sort)
            output.PostContent.AppendHtml(SealedSearchTagHelper.Hidden("sort", sort));
        var button = new TagBuilder("button");
        button.AddCssClass("btn btn-primary btn-sm");
        button.InnerHtml.Append(Button ?? texts["Filtra"]);
        var clear = new TagBuilder("a");
        clear.AddCssClass("btn btn-link btn-sm");
        clear.Attributes["href"] = $"{request.PathBase}{request.Path}?{RememberedFilters.Clear}=1";
        clear.InnerHtml.Append(texts["Azzera"]);
        var actions = new TagBuilder("div");
        actions.AddCssClass("actions");
        actions.InnerHtml.AppendHtml(button).Append(" ").AppendHtml(clear);
        output.PostContent.AppendHtml(actions);
    }
}
