using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary>What a state means to whoever reads a list; decides colour and mark, never the words.</summary>
public enum StateKind
{
    Neutral,

    /// <summary>A positive result, or what is as serious.</summary>
    Positive,

    /// <summary>A negative result.</summary>
    Negative,

    /// <summary>An indeterminate result, or a term about to pass.</summary>
    Warning,

    /// <summary>Somebody or something has yet to act.</summary>
    Waiting,

    /// <summary>Finished as it should.</summary>
    Done,

    /// <summary>Annulled, refused, expired.</summary>
    Stopped,
}

/// <summary><c>&lt;state-badge kind="Positive"&gt;Positivo&lt;/state-badge&gt;</c>: a word, a mark and a colour, so that colour is never alone.</summary>
[HtmlTargetElement("state-badge")]
public sealed class StateBadgeTagHelper : TagHelper
{
    public StateKind Kind { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        var (name, mark) = Look(Kind);
        output.Attributes.SetAttribute("class", $"state state-{name} {output.Attributes["class"]?.Value}".TrimEnd());
        if (mark is not null) output.PreContent.SetHtmlContent(IconTagHelper.Draw(ViewContext.HttpContext, mark, "icon-xs"));
    }

    internal static TagBuilder Draw(HttpContext http, StateKind kind, string word)
    {
        var (name, mark) = Look(kind);
        var badge = new TagBuilder("span");
        badge.AddCssClass($"state state-{name}");
        if (mark is not null) badge.InnerHtml.AppendHtml(IconTagHelper.Draw(http, mark, "icon-xs"));
        badge.InnerHtml.Append(word);
        return badge;
    }

    private static (string Name, string? Mark) Look(StateKind kind) =>
        kind switch
        {
            StateKind.Positive => ("positive", "it-plus-circle"),
            StateKind.Negative => ("negative", "it-minus-circle"),
            StateKind.Warning => ("warning", "it-warning-circle"),
            StateKind.Waiting => ("waiting", "it-more-actions"),
            StateKind.Done => ("done", "it-check"),
            StateKind.Stopped => ("stopped", "it-ban"),
            _ => ("neutral", null),
        };
}
