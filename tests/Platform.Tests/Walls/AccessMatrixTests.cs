using System.Net;
using System.Text;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;

namespace Platform.Tests.Walls;

/// <summary>Every page asked for by everybody: what comes back is the table in docs/access.md. A page that opens to a
/// role it did not open to before changes the table, and the change is seen.</summary>
public sealed class AccessMatrixTests
{
    private static readonly (string Title, Identity? Who)[] Everybody =
    [
        ("nobody", null),
        ("GP", As.Gp("990007")),
        ("paediatrician", As.Paediatrician("990528")),
        ("SISP", As.Sisp("010301")),
        ("hotspot", As.Hotspot("HS-001")),
        ("USCA", As.Usca("USCA-012")),
        ("lab", As.Lab("LAB-001")),
        ("mayor", As.Mayor("001272")),
        ("prefecture", As.Prefecture("TO")),
        ("school", As.School("TOIC99001A")),
        ("pharmacy", As.Pharmacy("FAR-001")),
        ("local administrator", As.LocalAdministrator(ScopeKind.Asl, "010301")),
        ("privacy officer", As.PrivacyOfficer()),
        ("administrator", As.Administrator()),
    ];

    [Fact]
    public async Task Who_may_open_which_page_is_what_the_documentation_says()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var pages = app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items
            .OfType<PageActionDescriptor>().Select(p => "/" + p.AttributeRouteInfo!.Template!.TrimStart('/')).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        Assert.True(pages.Count > 20, "Hardly any pages were found.");

        var rows = pages.ToDictionary(p => p, _ => new List<string>());
        foreach (var (title, who) in Everybody)
        {
            var visitor = who is null ? app.Visitor() : await app.SignedIn(who);
            foreach (var page in pages)
                rows[page].Add(await Try(visitor, page, title));
        }

        var table = new StringBuilder();
        table.Append("| page | ").AppendJoin(" | ", Everybody.Select(e => e.Title)).Append(" |\n");
        table.Append("|---").Insert(table.Length, "|---", Everybody.Length).Append("|\n");
        foreach (var page in pages)
            table.Append("| `").Append(page).Append("` | ").AppendJoin(" | ", rows[page]).Append(" |\n");
        Documents.MustSay("access.md", "access", table.ToString());
    }

    private static async Task<string> Try(Visitor visitor, string template, string title)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(template, @"\{[^}]*\}", "01997c5e-0000-7000-8000-000000000000")
            .Replace("/error/01997c5e-0000-7000-8000-000000000000", "/error/404", StringComparison.Ordinal);
        var screen = await visitor.Open(path);
        Assert.True(screen.Status < HttpStatusCode.InternalServerError, $"{path} for {title}: {screen.Status} {screen.Text}");
        if (screen.Address.StartsWith("/sign-in?", StringComparison.Ordinal))
            return "sign-in";
        return screen.Status switch
        {
            HttpStatusCode.Forbidden => "–",
            HttpStatusCode.MethodNotAllowed => "form",
            _ => "yes",
        };
    }
}
