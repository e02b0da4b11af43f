using System.Globalization;
using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Lists;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using static Platform.Tests.Referti.RefertiApp;
using Table = Platform.BuildingBlocks.Tables.Table;

namespace Platform.Tests.Walls;

/// <summary>Every worklist there is: what it shows, in each of its orders and over all its pages, is what it exports.</summary>
public sealed class ListsTests
{
    private static readonly Identity[] Everybody =
        [As.Sisp(Asl), As.Gp(Gp), As.Lab(Lab), As.Hotspot(Hotspot), As.Administrator(), As.PrivacyOfficer(), As.Paediatrician("990528"), As.Mayor("001272")];

    [Theory, OnEachEngine]
    public async Task Each_list_exports_exactly_what_it_shows(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var person = await Arrange(app);
        var visitors = new List<Visitor>();
        foreach (var who in Everybody)
            visitors.Add(await app.SignedIn(who));
        await app.Drain();

        var withRows = new List<string>();
        foreach (var path in Pages(app).Select(p => p.Replace("{id:guid}", person.ToString(), StringComparison.Ordinal)))
        {
            var (visitor, first) = await Sees(visitors, path);
            var table = first.Page.QuerySelector("table.list");
            if (table is null)
                continue;
            withRows.Add(path);
            var sorts = table.QuerySelectorAll("th a.sort").Select(a => a.GetAttribute("href")!).SelectMany(Both).Prepend(path + "?p=1").ToList();
            Assert.Equal(sorts.Count, sorts.Distinct().Count());
            foreach (var address in sorts)
            {
                var (titles, shown) = await Shown(visitor, address);
                Assert.Equal(shown, await Exported(visitor, address, "csv", titles));
                if (address == sorts[^1])
                    Assert.Equal(shown, await Exported(visitor, address, "xlsx", titles));
            }
        }

        Assert.True(withRows.Count >= 8, "Hardly any lists had rows: " + string.Join(", ", withRows));
    }

    [Fact]
    public void A_row_that_shows_a_person_leaves_its_line_in_the_audit()
    {
        var rows = Rooms.Requests.Select(r => Rooms.AnswerOf(r)!).Where(a => a.IsGenericType && a.GetGenericTypeDefinition() == typeof(Listing<>)).Select(a => a.GetGenericArguments()[0]).ToList();
        Assert.True(rows.Count >= 8, "Hardly any lists were found.");
        Assert.Empty(rows.Where(r => !r.IsAssignableTo(typeof(IOfPatient)) && r.GetProperties().Any(p => p.Name is "PatientId" or "FiscalCode" or "FamilyName" or "SearchName")).Select(r => r.FullName));
    }

    /// <summary>People, requests, samples that wait, reports, unmatched results, messages, mails; more than a page of some.</summary>
    private static async Task<Guid> Arrange(PlatformApp app)
    {
        for (var i = 0; i < 27; i++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            var person = await app.Person("Prova" + (char)('a' + (i % 26)), "Anna", new DateOnly(1980, 1, 1).AddDays(i));
            var sample = await app.Sample(person);
            if (i % 3 != 0)
                await app.Take(Message("M" + i.ToString(CultureInfo.InvariantCulture), person, sample.Number, i % 2 == 0 ? Detected : NotDetected), sample.Lab);
        }

        var known = await app.Person("Ignota", "Anna", new(1975, 1, 1));
        await app.Take(Message("U1", known, "", family: "Altra", code: ""));
        await app.Take(Message("U2", known, "", family: "=Formula; \"x\"", code: ""));
        return known.Id;
    }

    private static List<string> Pages(PlatformApp app)
    {
        var pages = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>();
        var lists = Rooms.Pages.Where(IsList).ToList();
        Assert.True(lists.Count >= 8, "Hardly any lists were found.");
        var paths = pages.Where(p => lists.Any(l => l.Name == Path.GetFileNameWithoutExtension(p.RelativePath) + "Page")).Select(p => "/" + p.AttributeRouteInfo!.Template!.TrimStart('/')).Distinct().ToList();
        Assert.Equal(lists.Count, paths.Count);
        return paths;
    }

    private static bool IsList(Type type) =>
        type.BaseType is { IsGenericType: true } parent ? parent.GetGenericTypeDefinition() == typeof(ListPage<>) : type.BaseType is not null && IsList(type.BaseType);

    private static async Task<(Visitor Who, Screen First)> Sees(List<Visitor> visitors, string path)
    {
        (Visitor, Screen)? opened = null;
        foreach (var visitor in visitors)
        {
            var screen = await visitor.Open(path);
            if (screen.Status != HttpStatusCode.OK)
                continue;
            opened = (visitor, screen);
            if (screen.Page.QuerySelector("table.list tbody tr") is not null)
                break;
        }

        return opened ?? throw new InvalidOperationException($"Nobody may open {path}.");
    }

    private static IEnumerable<string> Both(string sort)
    {
        var name = sort[(sort.LastIndexOf("sort=", StringComparison.Ordinal) + 5)..].Split('&')[0];
        var plain = name.TrimStart('-');
        yield return sort.Replace("sort=" + name, "sort=" + plain, StringComparison.Ordinal);
        yield return sort.Replace("sort=" + name, "sort=-" + plain, StringComparison.Ordinal);
    }

    private static async Task<(List<string> Titles, List<string> Rows)> Shown(Visitor visitor, string address)
    {
        var rows = new List<string>();
        List<string> titles = [];
        for (var page = 1; ; page++)
        {
            var screen = await visitor.Open(address.Replace("?p=1", "?", StringComparison.Ordinal) + $"&p={page}");
            titles = [.. screen.Page.QuerySelectorAll("table.list thead th").Select(Text).Where(t => t != "Azioni")];
            rows.AddRange(screen.Page.QuerySelectorAll("table.list tbody tr").Select(r =>
                string.Join('|', r.Children.Take(titles.Count).Select(Text).Select(t => t == "–" ? "" : t))));
            if (screen.Page.QuerySelector("nav.pager a[rel=next]") is null)
                return (titles, rows);
        }
    }

    private static async Task<List<string>> Exported(Visitor visitor, string address, string format, List<string> titles)
    {
        using var answer = await visitor.Http.GetAsync($"{address}&format={format}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await using var table = await Table.Open(
            new MemoryStream(await answer.Content.ReadAsByteArrayAsync()), new TableLayout([.. titles.Select(t => new TableField(t, true))]), default);
        Assert.Empty(table.Unknown);
        var rows = new List<string>();
        await foreach (var row in table.Rows())
        {
            Assert.Null(row.Fault);
            rows.Add(string.Join('|', row.Fields.Select(f => Plain(f, format))));
        }

        return rows;
    }

    // A workbook has days and moments as such; a CSV guards what would be a formula.
    private static string Plain(string field, string format) =>
        format == "csv" ? (field.Length > 1 && field[0] == '\'' ? field[1..] : field)
        : DateOnly.TryParseExact(field, "yyyy-MM-dd", out var day) ? day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)
        : DateTime.TryParseExact(field, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture)
        : field;

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
