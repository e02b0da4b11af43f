using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary>
/// Pages of a list, by the query parameter <c>p</c> (not <c>page</c>, which Razor Pages keep for the route), the filters kept.
/// <c>&lt;pager page="Model.P" size="50" total="Model.Total" /&gt;</c>, or <c>more="Model.More"</c> where counting all would cost too much.
/// </summary>
[HtmlTargetElement("pager", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class PagerTagHelper(Texts texts) : TagHelper
{
    /// <summary>From 1.</summary>
    public int Page { get; set; } = 1;

    /// <summary>Rows a page.</summary>
    public int Size { get; set; } = 50;

    /// <summary>Rows in all; null when unknown.</summary>
    public long? Total { get; set; }

    /// <summary>There are more rows than <see cref="Total"/>, which is where counting stopped.</summary>
    public bool Beyond { get; set; }

    /// <summary>Whether a further page exists, when the total is unknown.</summary>
    public bool More { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var page = Math.Max(1, Page);
        var last = Total is { } total ? (int)Math.Max(1, (total + Size - 1) / Size) : page + (More ? 1 : 0);
        if (last == 1 && page == 1 && Total is null)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "nav";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "pager");
        output.Attributes.SetAttribute("aria-label", texts["Pagine dell’elenco"].Value);
        var summary = new TagBuilder("p");
        summary.InnerHtml.Append(Total switch
        {
            null => texts["Pagina {0}", page],
            0 => texts["Nessun elemento"],
            1 => texts["1 elemento"],
            { } all when Beyond => texts["{0}–{1} di oltre {2}", ((long)page - 1) * Size + 1, Math.Min((long)page * Size, all), all.ToString("N0", CultureInfo.CurrentCulture)],
            { } all => texts["{0}–{1} di {2}", ((long)page - 1) * Size + 1, Math.Min((long)page * Size, all), all.ToString("N0", CultureInfo.CurrentCulture)],
        });
        output.Content.AppendHtml(summary);
        if (last == 1 && page == 1) return;

        var list = new TagBuilder("ul");
        list.InnerHtml.AppendHtml(Step(page - 1, page > 1, "it-chevron-left", texts["Pagina precedente"]));
        if (Total is not null)
        {
            var previous = 0;
            foreach (var number in Enumerable.Range(1, last).Where(n => n == 1 || n == last || Math.Abs(n - page) <= 1))
            {
                if (number > previous + 1) list.InnerHtml.AppendHtml("<li class=\"gap\" aria-hidden=\"true\">…</li>");
                list.InnerHtml.AppendHtml(Number(number, number == page));
                previous = number;
            }
        }

        list.InnerHtml.AppendHtml(Step(page + 1, page < last, "it-chevron-right", texts["Pagina successiva"]));
        output.Content.AppendHtml(list);
    }

    private TagBuilder Number(int number, bool present)
    {
        var link = Link(number);
        link.Attributes["aria-label"] = texts["Pagina {0}", number];
        if (present) link.Attributes["aria-current"] = "page";
        link.InnerHtml.Append(number.ToString(CultureInfo.CurrentCulture));
        return Item(link);
    }

    private TagBuilder Step(int number, bool possible, string icon, string text)
    {
        var link = possible ? Link(number) : new TagBuilder("span");
        if (possible) link.Attributes["rel"] = icon == "it-chevron-left" ? "prev" : "next";
        else link.Attributes["aria-hidden"] = "true";
        link.InnerHtml.AppendHtml(IconTagHelper.Draw(ViewContext.HttpContext, icon, "icon-sm"));
        var said = new TagBuilder("span");
        said.AddCssClass("visually-hidden");
        said.InnerHtml.Append(text);
        link.InnerHtml.AppendHtml(said);
        return Item(link);
    }

    private TagBuilder Link(int number)
    {
        var link = new TagBuilder("a");
        link.Attributes["href"] = ViewContext.HttpContext.Request.With("p", number == 1 ? null : number.ToString(CultureInfo.InvariantCulture));
        return link;
    }

    private static TagBuilder Item(IHtmlContent content)
    {
        var item = new TagBuilder("li");
        item.InnerHtml.AppendHtml(content);
        return item;
    }
}
