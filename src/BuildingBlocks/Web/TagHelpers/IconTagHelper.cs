using System.Collections.Frozen;
using System.Xml.Linq;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary>
/// An icon of the design system, e.g. <c>&lt;icon name="it-search" /&gt;</c>; with a title where it stands alone for something.
/// Drawn into the page, once for each name and then referred to, so that no page fetches the whole set.
/// </summary>
[HtmlTargetElement("icon", Attributes = "name", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class IconTagHelper : TagHelper
{
    private static readonly FrozenDictionary<string, string> Symbols = Read();

    public string Name { get; set; } = "";

    /// <summary>"xs", "sm", "lg", "xl"; the design system's own size when null.</summary>
    public string? Size { get; set; }

    /// <summary>Said by screen readers; without it the icon is an ornament.</summary>
    public string? Title { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var classes = string.Join(' ', new[] { Size is null ? null : "icon-" + Size, output.Attributes["class"]?.Value?.ToString() }.OfType<string>());
        output.SuppressOutput();
        output.Content.SetHtmlContent(Draw(ViewContext.HttpContext, Name, classes, Title));
    }

    /// <exception cref="ArgumentException">The design system has no icon of this name.</exception>
    internal static TagBuilder Draw(HttpContext context, string name, string classes, string? title = null)
    {
        if (!Symbols.TryGetValue(name, out var symbol)) throw new ArgumentException($"There is no icon named \"{name}\".", nameof(name));
        var svg = new TagBuilder("svg");
        svg.AddCssClass(("icon " + classes).TrimEnd());
        if (title is null)
            svg.Attributes["aria-hidden"] = "true";
        else
        {
            svg.Attributes["role"] = "img";
            svg.Attributes["aria-label"] = title;
        }

        if (context.Items.TryAdd((typeof(IconTagHelper), name), true)) svg.InnerHtml.AppendHtml(symbol);
        svg.InnerHtml.AppendHtml($"<use href=\"#{name}\"/>");
        return svg;
    }

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(IconTagHelper).Assembly.GetManifestResourceStream("Platform.BuildingBlocks.Web.Icons.svg")!;
        return XDocument.Load(stream).Root!.Elements()
            .Where(e => e.Name.LocalName == "symbol")
            .ToFrozenDictionary(
                e => e.Attribute("id")!.Value,
                e => e.ToString(SaveOptions.DisableFormatting).Replace(" xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal));
    }
}
