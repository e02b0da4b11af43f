using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Defence;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.Tests.VaccinationBooking;

/// <summary>Scripts are slowed down, and nobody is shut out.</summary>
public sealed class BotDefenceTests
{
    private const string Entrance = "/vaccini/campagna/" + VaccinationApp.Campaign;
    private const string Api = "/api/v1/vaccination/campaigns/" + VaccinationApp.Campaign;

    [Fact]
    public void Work_is_for_what_was_typed_and_the_answer_is_good_in_figures_and_words()
    {
        var task = new Challenge("abcdefghijkl", "covid", 10, 3, 4, TestClock.Start.UtcDateTime);
        var work = Worked(task.Nonce, task.Bits, "X|1");
        Assert.True(task.IsWork("X|1", work));
        Assert.False(task.IsWork("Y|1", work) && task.IsWork("Z|1", work));
        Assert.False(task.IsWork("X|1", null));
        Assert.False((task with { Bits = 32 }).IsWork("X|1", work));
        Assert.All(["7", " sette ", "SEVEN"], said => Assert.True(task.IsAnswer(said)));
        Assert.All(["", "8", "otto", null], said => Assert.False(task.IsAnswer(said)));
    }

    [Theory, OnEachEngine]
    public async Task Without_script_one_answers_a_question_some_seconds_after_the_page_was_shown(Engine engine)
    {
        await using var app = await Start(engine, BotDefence.Always, ("Vaccination:Defence:WithoutScriptPerMinute", "1"));
        var people = await app.People(4);
        var citizen = app.Visitor();
        async Task<Screen> Try(Screen page, int who, string answer) =>
            await citizen.Submit(page, "Continua", ("Codice fiscale", people[who].FiscalCode!), ("Numero della tessera", VaccinationApp.Card), ("Quanto fa", answer));

        var page = await citizen.Open(Entrance);
        var unanswered = await citizen.Submit(page, "Continua", ("Codice fiscale", people[0].FiscalCode!), ("Numero della tessera", VaccinationApp.Card));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, people[0].FiscalCode!), (unanswered.Status, unanswered.ValueOf("Codice fiscale")));
        Assert.Contains("Risponda alla domanda", unanswered.Page.Body!.TextContent, StringComparison.Ordinal);
        var soon = await Try(unanswered, 0, AnswerIn(unanswered));
        Assert.Contains("aspetti 8 secondi", soon.Page.Body!.TextContent, StringComparison.Ordinal);
        // The question stays the same, and so do the seconds that have passed.
        Assert.Equal(AnswerIn(unanswered), AnswerIn(soon));
        app.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("/vaccini/prenota/centro", (await Try(soon, 0, AnswerIn(soon))).Address);

        // One page, one person; so many a minute.
        Assert.Contains("prema di nuovo", (await Try(soon, 1, AnswerIn(soon))).Page.Body!.TextContent, StringComparison.Ordinal);
        var next = await citizen.Open(Entrance);
        app.Clock.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Try(next, 1, AnswerIn(next))).Status);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/vaccini/prenota/centro", (await Try(next, 1, AnswerIn(next))).Address);
        app.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Contains("prema di nuovo", (await Try(next, 2, AnswerIn(next))).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_number_is_given_for_work_done_for_that_person_and_for_no_other(Engine engine)
    {
        await using var app = await Start(engine, BotDefence.Always);
        await app.Slot(1, 50, 3);
        await app.Db<VaccinationDb, int>(async db =>
        {
            (await db.Campaigns.SingleAsync()).WaitingRoom = true;
            db.Add(new WaitingRoom { CampaignCode = VaccinationApp.Campaign, OpensAt = app.Clock.Now.UtcDateTime.AddMinutes(10) });
            return await db.SaveChangesAsync();
        });
        var people = await app.People(2);
        using var http = app.Anonymous();
        Assert.Equal("proof-needed", await Code(await http.PostAsJsonAsync(Api + "/waiting-room/tickets", new { fiscalCode = people[0].FiscalCode })));
        var (challenge, bits) = await Given(http);
        var work = Worked(challenge.Split('.')[0], bits, people[0].FiscalCode!);
        object Body(string code) => new { fiscalCode = code, proof = new { challenge, work } };
        using var taken = await http.PostAsJsonAsync(Api + "/waiting-room/tickets", Body(people[0].FiscalCode!));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("proof-wrong", await Code(await http.PostAsJsonAsync(Api + "/waiting-room/tickets", Body(people[1].FiscalCode!))));
        // The seal is not hers to change, nor another campaign's to use.
        Assert.Equal("proof-needed", await Code(await http.PostAsJsonAsync(Api + "/waiting-room/tickets", new { fiscalCode = people[0].FiscalCode, proof = new { challenge = challenge[..^4] + "AAAA", work } })));

        // The queue's page, without script.
        var citizen = app.Visitor();
        var queue = await citizen.Open(Entrance + "/coda");
        app.Clock.Advance(TimeSpan.FromSeconds(9));
        var waits = await citizen.Submit(queue, "Prendi il numero", ("Codice fiscale", people[1].FiscalCode!), ("Quanto fa", AnswerIn(queue)));
        Assert.Contains("Il suo posto è tenuto", waits.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task By_load_it_is_on_while_many_ask_and_never_where_the_region_says_so(Engine engine)
    {
        await using var app = await Start(engine, BotDefence.ByLoad, ("Vaccination:Defence:AsksPerMinute", "3"), ("Vaccination:WrongCardsPerMinute", "1000"));
        var person = (await app.People(1))[0];
        using var http = app.Anonymous();
        async Task<HttpResponseMessage> Ask() => await http.PostAsJsonAsync(Api + "/entitlement", new { fiscalCode = person.FiscalCode, card = VaccinationApp.Card });
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await Ask()).StatusCode);
        Assert.Equal("proof-needed", await Code(await Ask()));
        Assert.Contains("Quanto fa", (await app.Visitor().Open(Entrance)).Text, StringComparison.Ordinal);
        // Who asks for many works harder for each.
        var (_, few) = await Given(http);
        for (var i = 0; i < 25; i++)
            await Given(http);
        Assert.Equal(few + 1, (await Given(http)).Bits);
        app.Clock.Advance(Guard.StaysOn + TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await Ask()).StatusCode);
        Assert.DoesNotContain("Quanto fa", (await app.Visitor().Open(Entrance)).Text, StringComparison.Ordinal);

        var manager = await app.SignedIn(As.VaccinationManager());
        var edit = await manager.Open("/vaccination/campaigns/edit?code=" + VaccinationApp.Campaign);
        Assert.Equal("ByLoad", edit.ValueOf("Difesa dai programmi"));
        await manager.Submit(edit, "Salva", ("Difesa dai programmi", ""));
        Assert.Null(await app.Db<VaccinationDb, BotDefence?>(db => db.Campaigns.Select(c => c.Defence).SingleAsync()));
        for (var i = 0; i < 8; i++)
            Assert.Equal(HttpStatusCode.OK, (await Ask()).StatusCode);
    }

    private static string Worked(string nonce, int bits, string typed)
    {
        var task = new Challenge(nonce, "", bits, 1, 1, default);
        return Enumerable.Range(0, int.MaxValue).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture)).First(n => task.IsWork(typed, n));
    }

    private static async Task<(string Challenge, int Bits)> Given(HttpClient http)
    {
        var answer = await http.GetFromJsonAsync<JsonElement>(Api + "/challenge");
        return (answer.GetProperty("challenge").GetString()!, answer.GetProperty("bits").GetInt32());
    }

    private static async Task<string?> Code(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()?["urn:problem:".Length..];

    /// <summary>As a person reads it: «Quanto fa tre più quattro?».</summary>
    private static string AnswerIn(Screen page)
    {
        var words = page.Text[page.Text.IndexOf("Quanto fa", StringComparison.Ordinal)..].Split('?')[0].Split(' ');
        int Number(string word) => Enumerable.Range(0, 10).First(n => Challenge.NumberIn(true, n) == word);
        return Challenge.NumberIn(true, Number(words[2]) + Number(words[4]));
    }

    private static async Task<PlatformApp> Start(Engine engine, BotDefence defence, params (string, string)[] settings)
    {
        var app = await VaccinationApp.Start(engine, [("Vaccination:Defence:Bits", "8"), .. settings]);
        await app.Db<VaccinationDb, int>(db => db.Campaigns.ExecuteUpdateAsync(set => set.SetProperty(c => c.Defence, defence)));
        return app;
    }
}
