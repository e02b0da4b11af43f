using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.BuildingBlocks.Web;
using Platform.BuildingBlocks.Web.TagHelpers;

namespace Platform.BuildingBlocks.Lists;

/// <summary>A column of a worklist, on the screen as in its exports.</summary>
/// <param name="Cell">A text, a number, a day, a moment in the region's time, or nothing.</param>
/// <param name="Sort">Name of the query's order that this column follows.</param>
public sealed record ListColumn<T>(string Title, Func<T, object?> Cell, string? Sort = null) : TableColumn<T>(Title, Cell)
{
    /// <summary>Where the row's own page is.</summary>
    public Func<T, string?>? Link { get; init; }

    public Func<T, StateKind>? Badge { get; init; }
}

/// <summary>The page of a worklist. It says which columns there are and what is asked; filters, order and pages in the address, the
/// exports of exactly what is shown, and the filters remembered until sign-out are the same for all.</summary>
public abstract class ListPage<TRow> : PlatformPage, IListPage
{
    [BindProperty(SupportsGet = true)]
    public string? Sort { get; set; }

    [BindProperty(SupportsGet = true)]
    public int P { get; set; } = 1;

    public Listing<TRow> List { get; private set; } = Listing<TRow>.None;

    /// <summary>Of the exports, without its ending.</summary>
    protected abstract string FileName { get; }

    protected abstract IReadOnlyList<ListColumn<TRow>> Columns { get; }

    /// <summary>The list with the filters as they are on the page.</summary>
    protected abstract ListQuery<TRow> Query { get; }

    /// <summary>A class for the row, for what is new in it.</summary>
    protected virtual string? Mark(TRow row) => null;

    public async Task<IActionResult> OnGetAsync(string? format)
    {
        // A page number or an order that cannot be read is left out.
        ModelState.Remove(nameof(P));
        ModelState.Remove(nameof(Sort));
        TableFormat? export = format switch { "csv" => TableFormat.Csv, "xlsx" => TableFormat.Xlsx, _ => null };
        if (export is null && HttpContext.RequestServices.GetRequiredService<RememberedFilters>().Elsewhere(HttpContext) is { } address)
            return LocalRedirect(address);
        if (!ModelState.IsValid)
        {
            // What cannot be read is said beside its field; nothing is searched, and nothing exported without that filter.
            Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            await LoadFilters();
            return Page();
        }

        if (export is { } kind)
        {
            HttpContext.RequestServices.GetRequiredService<ExportPace>().Take(HttpContext.RequestServices.GetRequiredService<ICurrentUser>());
            return Table(kind, FileName, Columns, (await Ask(Query with { Sort = Sort, Whole = true })).All(Cancellation));
        }

        await Load();
        return Page();
    }

    /// <summary>What the filters offer.</summary>
    protected virtual Task LoadFilters() => Task.CompletedTask;

    protected sealed override async Task Load()
    {
        List = await Ask(Query with { Sort = Sort, Page = P });
        await LoadFilters();
    }

    IReadOnlyList<ListHeading> IListPage.Headings => [.. Columns.Select(c => new ListHeading(c.Title, c.Sort))];

    string IListPage.Order => Sort is { Length: > 0 } asked && Columns.Any(c => c.Sort == asked.TrimStart('-')) ? asked : Query.StandingSort;

    (int Page, int Size, int Total, bool Beyond) IListPage.Place => (List.Page, List.Size, List.Total, List.Beyond);

    IEnumerable<(object Row, string? Mark, IReadOnlyList<ListCell> Cells)> IListPage.Body
    {
        get
        {
            var columns = Columns;
            foreach (var row in List.Rows)
                yield return (row!, Mark(row), [.. columns.Select(c => new ListCell(Shown(c.Cell(row)), c.Link?.Invoke(row), c.Badge?.Invoke(row)))]);
        }
    }

    private static string Shown(object? cell) => cell switch
    {
        null or "" => "–",
        string text => text,
        DateOnly day => day.ToString("d", CultureInfo.CurrentCulture),
        DateTime moment => moment.ToString("g", CultureInfo.CurrentCulture),
        _ => Convert.ToString(cell, CultureInfo.CurrentCulture)!,
    };
}

internal sealed record ListHeading(string Title, string? Sort);

internal sealed record ListCell(string Text, string? Link, StateKind? Badge);

/// <summary>What <c>&lt;list&gt;</c> draws.</summary>
internal interface IListPage
{
    IReadOnlyList<ListHeading> Headings { get; }

    /// <summary>The order in which the rows stand.</summary>
    string Order { get; }

    IEnumerable<(object Row, string? Mark, IReadOnlyList<ListCell> Cells)> Body { get; }

    (int Page, int Size, int Total, bool Beyond) Place { get; }
}
