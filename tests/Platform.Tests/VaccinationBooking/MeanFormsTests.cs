using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Security;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Operations;
using Platform.VaccinationBooking.Stock;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Every form of the vaccinations' pages is filled in, field by field, with what nobody should write: never an error of ours, always
/// a page that says something, and at the end every place and every dose is counted.</summary>
public sealed class MeanFormsTests
{
    private static readonly string?[] Values =
        [null, "", "   ", "-1", "99999999999999999999", "2021-99-99", "25:61", "\u0000", "'; DROP TABLE bookings;--", "🦠", "ffffffff-ffff-ffff-ffff-ffffffffffff", new string('x', 20_000)];

    private static readonly (string Name, byte[] Bytes)[] Files =
        [("elenco.csv", [0xff, 0xfe, 0x00, 0xd8, 0x00]), ("elenco.xlsx", "PK\u0003\u0004 non è una cartella"u8.ToArray()), ("elenco.exe", "MZ"u8.ToArray()), ("..\\..\\a.csv", []), ("elenco.csv", "a;b\n\"1;2\n3"u8.ToArray())];

    [Theory, OnEachEngine]
    public async Task The_back_office_answers_every_wrong_field_with_a_page(Engine engine)
    {
        await using var app = await Start(engine);
        var people = await app.People(3);
        await app.AtOnce([app.Order(people[0].PatientId, await app.Slot(1, 2, 3), await app.Slot(2, 2, 35))]);
        var (nurse, sisp, manager) = (As.VaccinationCentre(VaccinationApp.Centre), As.Sisp("010301"), As.VaccinationManager());
        await app.Send(
            new ChangeStock { Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Delivery, Vaccine = "comirnaty", LotNumber = "EX1", ExpiresOn = new(2030, 1, 1), Doses = 50 }, nurse);
        var arrival = await app.Send(new WalkIn { Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, FiscalCode = people[1].FiscalCode }, nurse);
        var day = app.Region.DayOf(app.Clock.Now).AddDays(3);
        var operation = await app.Send(new PrepareOperation { Id = Guid.CreateVersion7(), Kind = BulkKind.CentreClosed, Centre = VaccinationApp.Centre, FromDay = day, ToDay = day, Why = "Prova" }, manager);
        var nothing = Guid.CreateVersion7();
        const string campaign = "/vaccination/campaigns/" + VaccinationApp.Campaign;
        (Identity Who, string[] Paths)[] rounds =
        [
            (nurse, ["/vaccination/day", $"/vaccination/arrivals/{arrival}", "/vaccination/stock", $"/vaccination/people/{people[0].PatientId}", "/vaccination/facts", $"/vaccination/arrivals/{nothing}"]),
            (As.CallCentre(), ["/vaccination/book", $"/vaccination/book/{people[2].PatientId}?Campaign={VaccinationApp.Campaign}&Centre={VaccinationApp.Centre}", $"/vaccination/book/{people[0].PatientId}"]),
            (sisp, ["/vaccination/adverse-events", "/vaccination/stock", $"/vaccination/people/{people[2].PatientId}", "/vaccination/operations"]),
            (manager,
            [
                "/vaccination/campaigns", campaign, campaign + "/group", campaign + "/room", "/vaccination/campaigns/edit", "/vaccination/centres", "/vaccination/centres/edit", "/vaccination/centres/" + VaccinationApp.Centre,
                "/vaccination/entitled", $"/vaccination/entitled/{nothing}", "/vaccination/open-data", "/vaccination/operations", $"/vaccination/operations/{operation}",
            ]),
        ];
        var posted = 0;
        foreach (var (who, paths) in rounds)
        {
            var visitor = await app.SignedIn(who);
            foreach (var path in paths)
            {
                posted += await Mangle(visitor, path);
                app.Clock.Advance(TimeSpan.FromSeconds(30));
            }
        }

        Assert.True(posted > 1000, $"Hardly any form was found: {posted}.");
        Assert.Empty(NotAmong(app, "/vaccination", rounds.SelectMany(r => r.Paths)));
        await app.PlacesAreAccountedFor();
        await app.StockAddsUp();
    }

    [Theory, OnEachEngine]
    public async Task The_citizens_pages_answer_every_wrong_field_with_a_page(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Slot(1, 5, 3);
        await app.Slot(2, 5, 38);
        var people = await app.People(2);
        const string campaign = "/vaccini/campagna/" + VaccinationApp.Campaign;
        var citizen = app.Visitor();
        List<string> paths = ["/vaccini", campaign, campaign + "/coda", "/vaccini/avviso", "/vaccini/offerta", "/vaccini/gestisci"];
        foreach (var path in paths)
            await Mangle(citizen, path);
        app.Clock.Advance(TimeSpan.FromMinutes(2));

        await CitizenJourneyTests.Recognised(citizen, await citizen.Open(campaign), people[0]);
        await Mangle(citizen, "/vaccini/prenota/centro");
        var dates = await citizen.Submit(await citizen.Open("/vaccini/prenota/centro"), "Scegli Hub di prova");
        await Mangle(citizen, "/vaccini/prenota/date");
        await citizen.Submit(await citizen.Open(dates.Address), "Continua con queste date");
        await Mangle(citizen, "/vaccini/prenota/conferma");
        var last = await citizen.Open("/vaccini/prenota/conferma");
        if (last.HasButton("Conferma la prenotazione"))
            last = await citizen.Submit(last, "Conferma la prenotazione");
        Assert.Equal("/vaccini/ricevuta", last.Address);
        await app.EveryPlaceIsAccountedFor();
        Assert.Equal(1, await app.Db<VaccinationDb, int>(db => db.Bookings.CountAsync()));
        string[] managed = ["/vaccini/gestisci/sposta-tutto", "/vaccini/gestisci/sposta?dose=1", "/vaccini/gestisci/sposta?dose=x", "/vaccini/ricevuta", "/vaccini/gestisci/prenotazione"];
        foreach (var path in managed)
            await Mangle(citizen, path);
        Assert.Empty(NotAmong(app, "/vaccini", [.. paths, .. managed, "/vaccini/prenota/centro", "/vaccini/prenota/date", "/vaccini/prenota/conferma"]));
        await app.EveryPlaceIsAccountedFor();
    }

    private static Task<PlatformApp> Start(Engine engine) => VaccinationApp.Start(
        engine, ("RateLimit:PerMinute", "1000000"), ("Vaccination:WrongCardsPerMinute", "100000"), ("Vaccination:NumbersPerMinute", "100000"));

    /// <summary>A page that comes later belongs into the rounds above.</summary>
    private static IEnumerable<string> NotAmong(PlatformApp app, string root, IEnumerable<string> visited)
    {
        var seen = visited.Select(v => v.Split('?')[0]).ToList();
        var pages = app.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null).Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct()
            .Where(p => p == root || p.StartsWith(root + "/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(pages);
        return pages.Where(p => !seen.Any(s => Alike(p.Split('/'), s.Split('/'))));
    }

    private static bool Alike(string[] pattern, string[] path) => pattern.Length == path.Length && pattern.Zip(path).All(p => p.First.StartsWith('{') || p.First == p.Second);

    /// <returns>How many times something was sent.</returns>
    private static async Task<int> Mangle(Visitor visitor, string path)
    {
        var screen = await visitor.Open(path);
        Assert.True((int)screen.Status < 500, path);
        var sent = 0;
        foreach (var form in screen.Page.QuerySelectorAll("main form").OfType<IHtmlFormElement>())
        {
            var fields = form.Elements.OfType<IHtmlElement>().Where(e => e.GetAttribute("name") is { Length: > 0 } && e is not IHtmlButtonElement && e is not IHtmlInputElement { Type: "file" })
                .Select(e => KeyValuePair.Create(e.GetAttribute("name")!, ValueOf(e))).Where(f => f.Value is not null).ToList();
            var files = form.QuerySelectorAll("input[type=file]").Select(f => f.GetAttribute("name")!).ToList();
            var addresses = form.QuerySelectorAll("button[formaction]").Select(b => b.GetAttribute("formaction")!).DefaultIfEmpty(form.GetAttribute("action") ?? "").Distinct();
            foreach (var address in addresses.Select(a => a.Length == 0 ? screen.Address : a))
            {
                foreach (var name in fields.Select(f => f.Key).Distinct().Where(n => n != "__RequestVerificationToken" && n != "__Invariant"))
                {
                    foreach (var value in Values)
                    {
                        List<KeyValuePair<string, string?>> mangled = [.. fields.Where(f => f.Key != name)!, .. value is null ? [] : new[] { KeyValuePair.Create(name, (string?)value) }];
                        await Send(visitor, form, address, mangled, null);
                        sent++;
                    }
                }

                foreach (var file in files.SelectMany(f => Files.Select(x => (Field: f, x.Name, x.Bytes))))
                {
                    await Send(visitor, form, address, fields, file);
                    sent++;
                }
            }
        }

        return sent;
    }

    private static async Task Send(Visitor visitor, IHtmlFormElement form, string address, List<KeyValuePair<string, string?>> fields, (string Field, string Name, byte[] Bytes)? file)
    {
        if (string.Equals(form.Method, "get", StringComparison.OrdinalIgnoreCase))
        {
            await Check($"{address.Split('?')[0]}?{string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value![..Math.Min(f.Value!.Length, 2000)])}"))}", a => visitor.Http.GetAsync(a));
            return;
        }

        using HttpContent content = file is { } attached ? Parts(fields, attached) : new FormUrlEncodedContent(fields);
        await Check(address, a => visitor.Http.PostAsync(a, content), string.Join(", ", fields.Where(f => f.Key != "__RequestVerificationToken").Select(f => $"{f.Key}={f.Value![..Math.Min(f.Value!.Length, 40)]}")));
    }

    private static MultipartFormDataContent Parts(List<KeyValuePair<string, string?>> fields, (string Field, string Name, byte[] Bytes) file)
    {
        var parts = new MultipartFormDataContent();
        foreach (var (key, value) in fields)
            parts.Add(new StringContent(value ?? ""), key);
        var bytes = new ByteArrayContent(file.Bytes);
        bytes.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        parts.Add(bytes, file.Field, file.Name);
        return parts;
    }

    private static async Task Check(string address, Func<string, Task<HttpResponseMessage>> send, string what = "")
    {
        using var response = await send(address);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode < 500, $"{address[..Math.Min(address.Length, 300)]} answered {(int)response.StatusCode} to {what}");
        if (response.Content.Headers.ContentType?.MediaType == "text/html")
            Assert.True(text.Contains("<h1", StringComparison.Ordinal), $"{address} says nothing to {what}");
    }

    private static string? ValueOf(IHtmlElement field) => field switch
    {
        IHtmlInputElement { Type: "checkbox" or "radio" } box => box.IsChecked ? box.GetAttribute("value") ?? "on" : null,
        IHtmlInputElement { Type: "submit" or "button" or "image" } => null,
        IHtmlInputElement input => input.Value,
        IHtmlTextAreaElement area => area.Value,
        IHtmlSelectElement select => select.Value ?? "",
        _ => null,
    };
}
