using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Offers;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.Tests.VaccinationBooking;

/// <summary>What the description of the API shows is what is really sent and answered.</summary>
public sealed class ApiExampleTests
{
    private const string Root = "/api/v1/vaccination";
    private const string Of = Root + "/campaigns/{campaign}";

    [Theory, OnEachEngine]
    public async Task Every_address_has_an_example_and_one_citizens_way_through_all_of_them_answers_in_its_shape(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        await app.Slot(1, 5, 3);
        await app.Slot(2, 5, 38);
        await app.Slot(1, 5, 4);
        await app.Db<VaccinationDb, int>(async db =>
        {
            (await db.Campaigns.SingleAsync()).WaitingRoom = true;
            await db.Centres.ExecuteUpdateAsync(set => set.SetProperty(c => c.Latitude, 45.07).SetProperty(c => c.Longitude, 7.68));
            db.Add(new WaitingRoom { CampaignCode = VaccinationApp.Campaign, OpensAt = app.Clock.Now.UtcDateTime.AddMinutes(-5), Seed = new string('0', 64), State = WaitingRoomState.Open, Serving = 1000 });
            return await db.SaveChangesAsync();
        });
        var people = await app.People(2);
        var walk = new Walk(app.Anonymous(), JsonNode.Parse(await app.Anonymous().GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject());
        var (she, other) = (people[0].FiscalCode!, people[1].FiscalCode!);

        await walk.Get(Of + "/waiting-room");
        await walk.Get(Of + "/challenge");
        var ticket = (string)(await walk.Post(Of + "/waiting-room/tickets", ("fiscalCode", she)))["ticket"]!;
        await walk.Post(Of + "/waiting-room/status", ("ticket", ticket));
        var pass = (string)(await walk.Post(Of + "/entitlement", ("fiscalCode", she), ("card", VaccinationApp.Card), ("ticket", ticket)))["pass"]!;
        var centre = (string)(await walk.Get(Of + "/centres"))["centres"]![0]!["centre"]!["code"]!;
        Assert.Equal(VaccinationApp.Centre, centre);
        var firsts = (await walk.Get(Of + "/centres/{centre}/availability"))["slots"]!.AsArray();
        var first = (string)firsts[0]!["id"]!;
        var second = (string)(await walk.Get(Of + "/centres/{centre}/availability", "?first=" + first))["slots"]![0]!["id"]!;
        var code = (string)(await walk.Post(Root + "/bookings", ("pass", pass), ("first", first), ("second", second)))["code"]!;
        await walk.Post(Root + "/bookings/find", ("code", code), ("fiscalCode", she));
        await walk.Post(Root + "/bookings/move", ("code", code), ("fiscalCode", she), ("slot", (string)firsts[1]!["id"]!));
        await walk.Post(Root + "/bookings/contacts", ("code", code), ("fiscalCode", she));
        await walk.Post(Root + "/bookings/cancel", ("code", code), ("fiscalCode", she));

        await walk.Post(Root + "/wishes", ("campaign", VaccinationApp.Campaign), ("fiscalCode", other), ("card", VaccinationApp.Card));
        await using (var scope = app.Scope())
            await ((OfferPlaces)scope.ServiceProvider.GetService(typeof(OfferPlaces))!).Run(default);
        var offer = Booking.Shown(await app.Db<VaccinationDb, string>(db => db.Offers.Select(o => o.Code).SingleAsync()));
        await walk.Post(Root + "/offers/open", ("code", offer), ("fiscalCode", other));
        await walk.Post(Root + "/offers/answer", ("code", offer), ("fiscalCode", other));
        await app.EveryPlaceIsAccountedFor();
        // A file for who publishes, not a citizen's way: CampaignReplayTests has it.
        Assert.Equal([Root + "/open-data/doses/{layout}"], walk.NotWalked);
    }

    [Fact]
    public async Task Free_places_have_a_quota_of_their_own_for_who_is_not_known_and_every_answer_says_what_is_left()
    {
        await using var app = await VaccinationApp.Start(Engine.Sqlite, ("Vaccination:AvailabilityPerMinute", "2"));
        using var http = app.Anonymous();
        var path = $"{Root}/campaigns/{VaccinationApp.Campaign}/centres";
        foreach (var left in new[] { "1", "0" })
        {
            using var answer = await http.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, "2", left), (answer.StatusCode, One(answer, "X-RateLimit-Limit"), One(answer, "X-RateLimit-Remaining")));
        }

        using var stopped = await http.GetAsync($"{path}/{VaccinationApp.Centre}/availability");
        Assert.Equal(HttpStatusCode.TooManyRequests, stopped.StatusCode);
        Assert.InRange(int.Parse(One(stopped, "Retry-After"), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        // The others go on, and after the minute so do these.
        using var challenge = await http.GetAsync($"{Root}/campaigns/{VaccinationApp.Campaign}/challenge");
        Assert.Equal((HttpStatusCode.OK, "6000"), (challenge.StatusCode, One(challenge, "X-RateLimit-Limit")));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        using var again = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private static string One(HttpResponseMessage response, string header) => Assert.Single(response.Headers.GetValues(header));

    /// <summary>Sends each example, with the data of this test in the place of its own, and compares the answer's shape.</summary>
    private sealed class Walk(HttpClient http, JsonObject paths)
    {
        private readonly HashSet<string> walked = [];

        public IEnumerable<string> NotWalked => paths.Select(p => p.Key).Where(p => p.StartsWith(Root, StringComparison.Ordinal)).Except(walked);

        public async Task<JsonNode> Get(string path, string query = "")
        {
            using var response = await http.GetAsync(Filled(path) + query);
            return await Compare(path, "get", response);
        }

        public async Task<JsonNode> Post(string path, params (string Name, string Value)[] own)
        {
            var body = Example(paths[path]!["post"]!["requestBody"]!).DeepClone().AsObject();
            foreach (var (name, value) in own)
            {
                Assert.True(body.ContainsKey(name), $"The example of {path} has no «{name}».");
                body[name] = value;
            }

            using var response = await http.PostAsJsonAsync(Filled(path), body);
            return await Compare(path, "post", response);
        }

        private static string Filled(string path) => path.Replace("{campaign}", VaccinationApp.Campaign, StringComparison.Ordinal).Replace("{centre}", VaccinationApp.Centre, StringComparison.Ordinal);

        private static JsonNode Example(JsonNode holder) => holder["content"]!["application/json"]!["example"] ?? throw new InvalidOperationException("No example.");

        private async Task<JsonNode> Compare(string path, string verb, HttpResponseMessage response)
        {
            walked.Add(path);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, path + ": " + text);
            var answer = JsonNode.Parse(text)!;
            var operation = paths[path]![verb]!;
            Same(path, Example(operation["responses"]!["200"]!), answer);
            foreach (var parameter in operation["parameters"]?.AsArray().Where(p => (string?)p!["in"] == "path") ?? [])
                Assert.NotNull(parameter!["example"]);
            return answer;
        }

        private static void Same(string where, JsonNode? shown, JsonNode? real)
        {
            if (shown is null || real is null)
                return;
            Assert.True(shown.GetValueKind() == real.GetValueKind() || (shown.GetValueKind(), real.GetValueKind()) is (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False), where);
            if (shown is JsonObject example)
            {
                Assert.Equal(real.AsObject().Select(p => p.Key).Order(), example.Select(p => p.Key).Order());
                foreach (var (name, value) in example)
                    Same($"{where}.{name}", value, real[name]);
            }
            else if (shown is JsonArray { Count: > 0 } list && real.AsArray() is { Count: > 0 } found)
            {
                Same(where + "[]", list[0], found[0]);
            }
        }
    }
}
