using System.Net;
using System.Text;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.Notifications;
using Platform.Notifications.Inbox;
using Platform.Referti;
using Platform.Referti.Proposals;
using Platform.Referti.Unmatched;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.Tests.VaccinationBooking;
using Platform.UserManagement;
using Platform.UserManagement.AuditLog;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.Tests.Walls.Access;

/// <summary>Every address of the host asked for by everybody, about things of their own and about another ASL's: what comes
/// back is the table in docs/access.md. An address that opens to a role it did not open to before changes the table, and the
/// change is seen; one with a variable part that says not whose it is fails.</summary>
public sealed class AccessMatrixTests
{
    private static readonly (string Title, Identity? Who, Side Of)[] Everybody =
    [
        ("nobody", null, Side.Ours),
        ("GP", As.Gp(Side.Ours.Doctor), Side.Ours),
        ("paediatrician", As.Paediatrician(Side.OurChild.Doctor), Side.OurChild),
        ("secretary", As.Secretary(Side.Ours.Doctor), Side.Ours),
        ("SISP", As.Sisp(Side.Ours.Asl), Side.Ours),
        ("hotspot", As.Hotspot(Side.Ours.Booth), Side.Ours),
        ("USCA", As.Usca(Side.AtHome.Booth), Side.AtHome),
        ("lab", As.Lab("LAB-001"), Side.Ours),
        ("mayor", As.Mayor(Side.Ours.Municipality), Side.Ours),
        // Of another province: both sides are in the same.
        ("prefecture", As.Prefecture("CN"), Side.Ours),
        ("school", As.School("TOIC99001A"), Side.Ours),
        ("pharmacy", As.Pharmacy("FAR-001"), Side.Ours),
        ("vaccination centre", As.VaccinationCentre(Side.Ours.Centre), Side.Ours),
        ("call centre", As.CallCentre(), Side.Ours),
        ("vaccination manager", As.VaccinationManager(), Side.Ours),
        ("local administrator", As.LocalAdministrator(ScopeKind.Asl, Side.Ours.Asl), Side.Ours),
        ("privacy officer", As.PrivacyOfficer(), Side.Ours),
        ("analyst", As.Analyst(), Side.Ours),
        ("administrator", As.Administrator(), Side.Ours),
    ];

    /// <summary>In every page's head, and of nobody's things.</summary>
    private static readonly string[] EverywhereForms = ["/sign-out", "/language", "/search"];

    /// <summary>Forms about the ticked rows of a list: those of others are passed over, and the list comes back.</summary>
    private static readonly string[] SeveralAtOnce = ["/referti/unmatched →", "/referti/validate →", "/inbox →"];

    /// <summary>One's own name, in which a code is nobody's.</summary>
    private const string OwnName = "/account → handler=Name";

    [Fact]
    public async Task Who_may_do_what_about_whom_is_what_the_documentation_says()
    {
        await using var app = await RefertiApp.Start(Engine.Sqlite, TwoPeople.Region());
        var addresses = Addresses(app);
        Assert.True(addresses.Count > 100, "Hardly any addresses were found.");

        var visitors = new List<Visitor>();
        foreach (var (_, who, _) in Everybody)
            visitors.Add(who is null ? app.Visitor() : await app.SignedIn(who));
        var accounts = await app.Db<UserManagementDb, Dictionary<string, Guid>>(db => db.Accounts.ToDictionaryAsync(a => a.DisplayName, a => a.Id));
        var importer = accounts[As.LocalAdministrator(ScopeKind.Asl, Side.Ours.Asl).DisplayName];
        await app.OpenCampaign();
        await app.Db<VaccinationDb, int>(db =>
        {
            db.Add(new WaitingRoom { CampaignCode = VaccinationApp.Campaign, OpensAt = app.Clock.Now.UtcDateTime.AddDays(1) });
            return db.SaveChangesAsync();
        });
        var things = new Dictionary<Side, Things>();
        foreach (var side in Everybody.Select(e => e.Of).Distinct())
            things.Add(side, await side.Make(app, importer));
        var theirs = await Side.Theirs.Make(app, Guid.CreateVersion7());
        var machine = new Visitor(await app.LabSystem(things[Side.Ours].Lab));

        var unclaimed = addresses.Where(a => a.Template.Contains('{', StringComparison.Ordinal) && theirs.Address(a.Template) is null && Anybodys(a.Template) is null);
        Assert.Empty(unclaimed.Select(a => a.Template));

        var (pages, api) = (new Table([.. Everybody.Select(e => e.Title)]), new Table(["nobody", "SISP, by its session", "laboratory’s system"]));
        foreach (var address in addresses)
        {
            if (address.Template.StartsWith("/api/", StringComparison.Ordinal))
            {
                foreach (var caller in new[] { visitors[0], visitors[Array.FindIndex(Everybody, e => e.Title == "SISP")], machine })
                    api.Say($"{address.Method} `{address.Template}`", await AboutBoth(caller, address, things[Side.Ours], theirs));
                continue;
            }

            foreach (var (visitor, (_, _, of)) in visitors.Zip(Everybody))
                pages.Say($"`{address.Template}`", await AboutBoth(visitor, address, things[of], theirs));
        }

        // What nobody may see of what is in her scope, shows nothing here.
        Assert.Equal(["`/access/{token}`", "`/account/email/{token}`", "`/error/{code:int}`", "`/patients/{id:guid}/registry`", "`/sign-in/external/cns/card`", "`/sign-in/external/{provider}`"], pages.SeenByNobody);

        var forms = new List<string>();
        foreach (var (visitor, (title, _, of)) in visitors.Zip(Everybody).Where(v => v.Second.Who is { } one && !WholeRegion(one)))
        {
            foreach (var address in addresses.Where(a => !a.Template.StartsWith("/api/", StringComparison.Ordinal)))
                forms.AddRange((await SendAboutTheirs(visitor, address, things[of], theirs)).Select(f => $"{title}: {f}"));
        }

        // Whatever was tried, nobody of the first ASL read or wrote anything of the other's people.
        await app.Drain();
        Assert.True(forms.Count > 40, "Hardly any form was sent about another's things.");
        Assert.DoesNotContain(forms, f => !SeveralAtOnce.Any(f.Contains) && !f.Contains(OwnName, StringComparison.Ordinal) && !f.EndsWith("NotFound", StringComparison.Ordinal) && !f.EndsWith("Forbidden", StringComparison.Ordinal));
        Assert.Equal(UnmatchedState.Open, (await app.Queue()).Single(u => u.Id == theirs.Unmatched).State);
        Assert.False(await app.Db<NotificationsDb, bool>(db => db.Set<ReadMark>().AnyAsync(a => a.MessageId == theirs.Told)));
        Assert.Equal(ProposalState.Proposed, await app.Db<RefertiDb, ProposalState>(db => db.Proposals.Where(p => p.Id == theirs.Proposal).Select(p => p.State).SingleAsync()));
        var actors = Everybody.Where(e => e.Who is not null && !WholeRegion(e.Who)).Select(e => (Guid?)accounts[e.Who!.DisplayName]).ToList();
        var lines = await app.Db<UserManagementDb, List<AuditLine>>(db => db.AuditLines.Where(l => actors.Contains(l.ActorId)).ToListAsync());
        Assert.Contains(lines, l => l.SubjectId == things[Side.Ours].Person);
        Assert.Empty(lines.Where(l => theirs.People.Contains(l.SubjectId)).Select(l => $"{l.Actor}: {l.Action} {l.What}").Distinct());
        Documents.MustSay("access.md", "access", pages.ToString());
        Documents.MustSay("access.md", "access-api", api.ToString());
    }

    private sealed record Address(string Method, string Template);

    private static bool WholeRegion(Identity who) => who.Assignments[0].Scope.Kind == ScopeKind.Region;

    private static List<Address> Addresses(PlatformApp app) =>
        [.. app.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && !e.RoutePattern.RawText!.Contains("**", StringComparison.Ordinal))
            .SelectMany(e => Methods(e).Select(m => new Address(m, "/" + e.RoutePattern.RawText!.TrimStart('/'))))
            .Distinct().OrderBy(a => a.Template, StringComparer.Ordinal).ThenBy(a => a.Method, StringComparer.Ordinal)];

    // A page answers to GET here; its forms are those that it shows.
    private static IEnumerable<string> Methods(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null && endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is { HttpMethods.Count: > 0 } named
            ? named.HttpMethods : ["GET"];

    private static async Task<string> AboutBoth(Visitor visitor, Address address, Things ours, Things theirs)
    {
        if (Anybodys(address.Template) is { } anybodys)
            return await Ask(visitor, address.Method, anybodys);
        if (ours.Address(address.Template) is null)
            return await Ask(visitor, address.Method, address.Template);
        var own = await Ask(visitor, address.Method, ours.Address(address.Template)!);
        var others = await Ask(visitor, address.Method, theirs.Address(address.Template)!);
        return own == others ? own : $"{own} / {others}";
    }

    /// <summary>Addresses whose variable part is no person's thing.</summary>
    private static string? Anybodys(string template) => template switch
    {
        "/access/{token}" => "/access/01997c5e000070008000",
        "/account/email/{token}" => "/account/email/01997c5e000070008000",
        "/vaccination/campaigns/{code}" => "/vaccination/campaigns/access",
        "/vaccination/campaigns/{code}/group" => "/vaccination/campaigns/access/group",
        "/vaccination/campaigns/{code}/room" => "/vaccination/campaigns/access/room",
        "/error/{code:int}" => "/error/404",
        "/sign-in/external/{provider}" => "/sign-in/external/none",
        "/verify/{code?}" => "/verify",
        "/verify-quick/{code?}" => "/verify-quick",
        "/api/v1/vaccination/open-data/doses/{layout}" => "/api/v1/vaccination/open-data/doses/2022-05",
        "/api/v1/schools/open-data/{by}" => "/api/v1/schools/open-data/Asl",
        "/api/v1/fiscal-codes/{code}" => "/api/v1/fiscal-codes/RSSMRA80A01L219M",
        "/openapi/{documentName}.json" => "/openapi/v1.json",
        // What is public of a campaign that there is.
        _ when template.Contains("{campaign}", StringComparison.Ordinal) =>
            template.Replace("{campaign}", VaccinationApp.Campaign, StringComparison.Ordinal).Replace("{centre}", VaccinationApp.Centre, StringComparison.Ordinal),
        _ => null,
    };

    private static async Task<string> Ask(Visitor visitor, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await visitor.Http.SendAsync(request);
        var landed = answer.RequestMessage!.RequestUri!.PathAndQuery;
        Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"{method} {path}: {answer.StatusCode} at {landed}");
        if (landed.StartsWith("/sign-in?", StringComparison.Ordinal))
            return "sign-in";
        return answer.StatusCode switch
        {
            HttpStatusCode.Forbidden => "–",
            HttpStatusCode.Unauthorized => "key",
            HttpStatusCode.NotFound => "hidden",
            HttpStatusCode.MethodNotAllowed => "form",
            _ => "yes",
        };
    }

    /// <summary>What the page offers about one's own things, sent about theirs: each form and what came back.</summary>
    private static async Task<List<string>> SendAboutTheirs(Visitor visitor, Address address, Things ours, Things theirs)
    {
        var path = ours.Address(address.Template) ?? address.Template;
        if (EverywhereForms.Contains(path) || Anybodys(path) is not null)
            return [];
        using var first = await visitor.Http.GetAsync(path);
        if (!first.IsSuccessStatusCode || first.Content.Headers.ContentType?.MediaType != "text/html")
            return [];
        var screen = await visitor.Open(path);
        var tried = new List<string>();
        foreach (var form in screen.Page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Where(f => f.Method == "post"))
        {
            var action = form.GetAttribute("action") is { Length: > 0 } named ? named : screen.Address;
            var fields = form.Elements.OfType<IHtmlElement>().Where(e => e.GetAttribute("name") is { Length: > 0 } && !e.HasAttribute("disabled")).ToList();
            foreach (var button in fields.OfType<IHtmlButtonElement>().Cast<IHtmlElement?>().DefaultIfEmpty(null)
                .Concat(form.QuerySelectorAll("button[formaction]").Cast<IHtmlElement>()).Distinct())
            {
                var target = button?.GetAttribute("formaction") ?? action;
                var values = fields.Where(f => f is not IHtmlButtonElement || f == button).Select(f => (Name: f.GetAttribute("name")!, Value: Value(f))).ToList();
                var swapped = values.Select(v => new KeyValuePair<string, string>(v.Name, ours.Swap(v.Value, theirs))).ToList();
                var there = ours.Swap(target, theirs);
                if (EverywhereForms.Any(e => target.StartsWith(e, StringComparison.Ordinal)) || (there == target && values.Zip(swapped).All(p => p.First.Value == p.Second.Value)))
                    continue;
                using var content = new FormUrlEncodedContent(swapped);
                using var answer = await visitor.Http.PostAsync(there, content);
                Assert.True(answer.StatusCode < HttpStatusCode.InternalServerError, $"POST {target} of {address.Template}: {answer.StatusCode}");
                tried.Add($"{address.Template} → {target[(target.IndexOf('?', StringComparison.Ordinal) + 1)..]} {answer.StatusCode}");
            }
        }

        return tried;
    }

    // Something where something may be wanted, so that a form comes past its own checks to the question whose it is.
    private static string Value(IHtmlElement field) => field switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" } box => box.GetAttribute("value") ?? "true",
        IHtmlInputElement { Value.Length: > 0 } input => input.Value,
        IHtmlInputElement { Type: "date" } => "2021-11-15",
        IHtmlInputElement { Type: "text" or "search" } => "Prova",
        IHtmlTextAreaElement area => area.Value.Length > 0 ? area.Value : "Prova di un testo lungo abbastanza",
        IHtmlSelectElement select => select.Options.Length > 0 ? select.Options[select.Options.Length - 1].Value : "",
        _ => field.GetAttribute("value") ?? "",
    };

    private sealed class Table(string[] columns)
    {
        private readonly List<(string Row, List<string> Cells)> rows = [];

        public void Say(string row, string cell)
        {
            if (rows.Count == 0 || rows[^1].Row != row)
                rows.Add((row, []));
            rows[^1].Cells.Add(cell);
        }

        public IEnumerable<string> SeenByNobody => rows.Where(r => !r.Cells.Any(c => c.StartsWith("yes", StringComparison.Ordinal) || c == "form")).Select(r => r.Row);

        public override string ToString()
        {
            var text = new StringBuilder();
            text.Append("| address | ").AppendJoin(" | ", columns).Append(" |\n");
            text.Append("|---").Insert(text.Length, "|---", columns.Length).Append("|\n");
            foreach (var (row, cells) in rows)
                text.Append("| ").Append(row).Append(" | ").AppendJoin(" | ", cells).Append(" |\n");
            return text.ToString();
        }
    }
}
