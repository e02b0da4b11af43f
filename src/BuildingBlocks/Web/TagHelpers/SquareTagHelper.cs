using Microsoft.AspNetCore.Razor.TagHelpers;
using Platform.BuildingBlocks.Documents;
using QRCoder;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary>A QR code to be scanned from the screen: <c>&lt;qr-square text="…" says="…" /&gt;</c>.</summary>
[HtmlTargetElement("qr-square", Attributes = "text,says", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SquareTagHelper : TagHelper
{
    public string Text { get; set; } = "";

    /// <summary>For screen readers.</summary>
    public string Says { get; set; } = "";

    /// <summary>Where a specification asks for more than the usual.</summary>
    public QRCodeGenerator.ECCLevel Correction { get; set; } = QRCodeGenerator.ECCLevel.M;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "qr");
        output.Attributes.SetAttribute("role", "img");
        output.Attributes.SetAttribute("aria-label", Says);
        output.Content.SetHtmlContent(Square.Svg(Text, Correction));
    }
}
