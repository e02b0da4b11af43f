using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Localisation;

namespace Platform.BuildingBlocks.Web.TagHelpers;

/// <summary><c>&lt;list label="Elenco dei tamponi" none="Nessun tampone"&gt;Cambi i filtri.&lt;/list&gt;</c>: the rows of a
/// <see cref="ListPage{TRow}"/> and their pager; the content stands there when there are none.</summary>
[HtmlTargetElement("list", Attributes = "label,none")]
public sealed class ListTagHelper(Texts texts, IHtmlHelper html) : TagHelper
{
    /// <summary>What the table is, for whoever does not see it.</summary>
    public string Label { get; set; } = "";

    /// <summary>What is said in place of an empty table.</summary>
    public string None { get; set; } = "";

    /// <summary>A partial view of what can be done with a row, whose model is the row.</summary>
    public string? Actions { get; set; }

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        var page = (IListPage)ViewContext.ViewData.Model!;
        var (number, size, total, beyond) = page.Place;
        output.TagName = null;
        if (total == 0)
        {
            output.Content.AppendHtml(await Empty(output));
            return;
        }

        ((IViewContextAware)html).Contextualize(ViewContext);
        var body = new TagBuilder("tbody");
        // The arrow keys go from row to row.
        body.Attributes["data-walk"] = "";
        foreach (var (row, mark, cells) in page.Body)
            body.InnerHtml.AppendHtml(await Row(page.Headings, row, mark, cells));
        var caption = new TagBuilder("caption");
        caption.AddCssClass("visually-hidden");
        caption.InnerHtml.Append(Label);
        var table = new TagBuilder("table");
        table.AddCssClass("list stack");
        table.InnerHtml.AppendHtml(caption).AppendHtml(Head(page)).AppendHtml(body);
        var wrap = new TagBuilder("div");
        wrap.AddCssClass("table-wrap");
        wrap.MergeAttributes(new Dictionary<string, string?> { ["tabindex"] = "0", ["role"] = "region", ["aria-label"] = Label });
        wrap.InnerHtml.AppendHtml(table);
        output.Content.SetHtmlContent(wrap);
        var pager = new TagHelperOutput("nav", [], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        new PagerTagHelper(texts) { Page = number, Size = size, Total = total, Beyond = beyond, ViewContext = ViewContext }.Process(context, pager);
        output.Content.AppendHtml(pager);
    }

    private TagBuilder Head(IListPage page)
    {
        var row = new TagBuilder("tr");
        foreach (var (title, sort) in page.Headings)
        {
            var cell = new TagBuilder("th");
            cell.Attributes["scope"] = "col";
            if (sort is null)
            {
                cell.InnerHtml.Append(title);
            }
            else
            {
                var (link, icon) = SortTagHelper.Link(ViewContext.HttpContext, sort, page.Order);
                if (SortTagHelper.Direction(sort, page.Order) is { } direction)
                    cell.Attributes["aria-sort"] = direction;
                link.InnerHtml.Append(title).AppendHtml(icon);
                cell.InnerHtml.AppendHtml(link);
            }

            row.InnerHtml.AppendHtml(cell);
        }

        if (Actions is not null)
            row.InnerHtml.AppendHtml("<th scope=\"col\"><span class=\"visually-hidden\">").Append(texts["Azioni"]).AppendHtml("</span></th>");
        var head = new TagBuilder("thead");
        head.InnerHtml.AppendHtml(row);
        return head;
    }

    private async Task<TagBuilder> Row(IReadOnlyList<ListHeading> headings, object row, string? mark, IReadOnlyList<ListCell> cells)
    {
        var line = new TagBuilder("tr");
        if (mark is not null)
            line.AddCssClass(mark);
        for (var index = 0; index < cells.Count; index++)
        {
            var cell = new TagBuilder(index == 0 ? "th" : "td");
            cell.Attributes[index == 0 ? "scope" : "data-label"] = index == 0 ? "row" : headings[index].Title;
            var (text, address, badge) = cells[index];
            if (badge is { } kind)
            {
                cell.InnerHtml.AppendHtml(StateBadgeTagHelper.Draw(ViewContext.HttpContext, kind, text));
            }
            else if (address is not null)
            {
                var link = new TagBuilder("a");
                link.Attributes["href"] = address;
                link.Attributes["data-step"] = "";
                link.InnerHtml.Append(text);
                cell.InnerHtml.AppendHtml(link);
            }
            else
            {
                cell.InnerHtml.Append(text);
            }

            line.InnerHtml.AppendHtml(cell);
        }

        if (Actions is not null)
            line.InnerHtml.AppendHtml("<td class=\"row-actions\">").AppendHtml(await html.PartialAsync(Actions, row)).AppendHtml("</td>");
        return line;
    }

    private async Task<IHtmlContent> Empty(TagHelperOutput output)
    {
        var said = await output.GetChildContentAsync();
        var title = new TagBuilder("p");
        title.AddCssClass("empty-title");
        title.InnerHtml.Append(None);
        var words = new TagBuilder("div");
        words.InnerHtml.AppendHtml(said);
        var empty = new TagBuilder("div");
        empty.AddCssClass("empty");
        empty.InnerHtml.AppendHtml(IconTagHelper.Draw(ViewContext.HttpContext, "it-inbox", "icon-lg")).AppendHtml(title).AppendHtml(words);
        return empty;
    }
}
