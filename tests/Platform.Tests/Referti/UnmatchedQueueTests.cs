using Platform.BuildingBlocks.Failures;
using Platform.Referti.Contracts;
using Platform.Referti.Unmatched;
using Platform.Testing.Samples;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>The queue of what no rule may place: who it may be, several at once, one after the other.</summary>
public sealed class UnmatchedQueueTests
{
    [Theory, OnEachEngine]
    public async Task The_person_meant_by_a_mistyped_message_is_offered_with_the_reasons(Engine engine)
    {
        await using var app = await Start(engine);
        var meant = await app.Person();
        await app.Person("Bianchi", "Carla", meant.BirthDate);
        var sample = await app.Sample(meant);
        // A digit of the number is wrong, and no code is there.
        var wrong = sample.Number[..5] + (sample.Number[5] == '7' ? '8' : '7') + sample.Number[6..];
        await app.Take(Message("N1", meant, wrong, code: "", family: "Ferarris"));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Take(Message("N2", meant, "L-2", code: "", born: new(1985, 1, 8)));

        var near = await app.Send(new OneUnmatched((await app.Queue())[0].Id, null), As.Lab(Lab));
        var candidate = Assert.Single(near.Candidates);
        Assert.Equal(meant.Id, candidate.Patient.Id);
        Assert.Contains("Il numero del campione è suo, con un carattere sbagliato", candidate.Likeness.Reasons);
        Assert.Contains(candidate.Requests, r => r.Id == sample.RequestId);
        var swapped = await app.Send(new OneUnmatched((await app.Queue())[1].Id, null), As.Lab(Lab));
        Assert.Contains("Data di nascita con giorno e mese scambiati", Assert.Single(swapped.Candidates).Likeness.Reasons);
        var page = await (await app.SignedIn(As.Lab(Lab))).Open($"/referti/unmatched/{(await app.Queue())[1].Id}");
        Assert.Contains($"Somiglianza {swapped.Candidates[0].Likeness.Score} su 100", page.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_result_with_an_STP_finds_its_person_and_waits_for_her_until_she_is_registered(Engine engine)
    {
        await using var app = await Start(engine);
        const string stp = "STP0100001234567";
        // PID-3 carries it as the laboratories write it.
        var message = Message("STP1", null, "T-1", code: "", born: new(1985, 8, 1), family: "Ferraris").Replace("||^^^MEF^NNITA||", $"||{stp}^^^STP^HC||", StringComparison.Ordinal);
        await app.Take(message);
        var waiting = Assert.Single(await app.Queue());
        if (waiting.FiscalCode is null)
            Assert.Fail("The STP was not read: " + waiting.Reading);
        Assert.Equal((UnmatchedState.Open, "person-unknown"), (waiting.State, waiting.ReasonCode));
        await app.Send(
            new Platform.Patients.People.RegisterPerson
            {
                Id = Guid.CreateVersion7(), FamilyName = "Ferraris", GivenName = "Lucia", Sex = Platform.Patients.Contracts.FiscalCodes.Sex.Female,
                BirthDate = new(1985, 8, 1), FiscalCode = stp, IssuedOn = new(2021, 10, 1), Residence = "001272",
            }, As.Gp(Gp));
        await app.Drain();
        Assert.Equal(UnmatchedState.Matched, Assert.Single(await app.Queue()).State);
        Assert.Single(await app.Reports());
    }

    [Theory, OnEachEngine]
    public async Task All_that_name_one_person_are_matched_together_and_what_is_in_doubt_stays(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        foreach (var (id, value) in new[] { ("M1", Detected), ("M2", NotDetected), ("M3", "??") })
        {
            await app.Take(Message(id, person, "L-" + id, value, code: ""));
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var first = (await app.Queue())[0];
        var visitor = await app.SignedIn(As.Sisp(Asl));
        var done = await visitor.Submit(await visitor.Open($"/referti/unmatched/{first.Id}"), "Abbina tutti i 3 messaggi con questo nome");
        Assert.Equal("/referti/unmatched", done.Address);
        Assert.Contains("Messaggi abbinati: 2. Non abbinati: 1", done.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await app.Reports()).Count);
        Assert.Equal([UnmatchedState.Matched, UnmatchedState.Matched, UnmatchedState.Open], (await app.Queue()).Select(u => u.State));
        var left = (await app.Queue())[2].Id;
        Assert.Equal("none-matched", (await Assert.ThrowsAsync<Refusal>(() =>
            app.Send(new MatchAllOfPerson { Id = left, PatientId = person.Id }, As.Sisp(Asl)))).Code);
    }

    [Theory, OnEachEngine]
    public async Task Several_are_discarded_for_one_reason_and_only_within_ones_own_queue(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        foreach (var id in new[] { "D1", "D2", "D3" })
            await app.Take(Message(id, person, "L-" + id, code: ""));
        var ids = (await app.Queue()).Select(u => u.Id).ToList();
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new DiscardSeveral { Ids = ids }, As.Lab(Lab)));
        Assert.Equal(new DiscardedSeveral(0, 3), await app.Send(new DiscardSeveral { Ids = ids, Why = "Prove" }, As.Lab("LAB-020")));
        Assert.Equal(new DiscardedSeveral(2, 0), await app.Send(new DiscardSeveral { Ids = ids[..2], Why = "Prove" }, As.Lab(Lab)));
        Assert.Equal(new DiscardedSeveral(1, 2), await app.Send(new DiscardSeveral { Ids = ids, Why = "Prove" }, As.Lab(Lab)));
        Assert.All(await app.Queue(), u => Assert.Equal("Prove", u.Note));

        var visitor = await app.SignedIn(As.Lab(Lab));
        Assert.Contains("Nessun messaggio", (await visitor.Open("/referti/unmatched")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_decision_opens_the_next_one_and_choices_stay_when_something_is_missing(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        foreach (var id in new[] { "Q1", "Q2" })
        {
            await app.Take(Message(id, person, "L-" + id, id == "Q1" ? Detected : "??", code: ""));
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var queue = await app.Queue();
        var visitor = await app.SignedIn(As.Lab(Lab));
        var next = await visitor.Submit(await visitor.Open($"/referti/unmatched/{queue[0].Id}"), "Abbina alla persona, senza richiesta");
        Assert.Equal($"/referti/unmatched/{queue[1].Id}", next.Address);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var missing = await visitor.Submit(next, "Abbina alla persona, senza richiesta");
        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, missing.Status);
        Assert.Contains("Indichi l'esito.", missing.Page.Body!.TextContent, StringComparison.Ordinal);
        // Somebody else has worked on it meanwhile: what was chosen is still there.
        await app.Db<Platform.Referti.RefertiDb, int>(async db =>
        {
            (await db.Unmatched.FindAsync(queue[1].Id))!.WaitFor(queue[1].ReasonCode + "-x");
            return await db.SaveChangesAsync();
        });
        var stale = await visitor.Submit(next, "Abbina alla persona, senza richiesta", ("Esito", "Negativo"));
        Assert.Equal("NotDetected", stale.ValueOf("Esito"));
        var last = await visitor.Submit(stale, "Abbina alla persona, senza richiesta");
        Assert.Equal("/referti/unmatched", last.Address);
        Assert.Equal([ReportResult.Detected, ReportResult.NotDetected], (await app.Reports()).Select(r => r.Result));
    }

    [Theory]
    [InlineData("AA21000017", 9)]
    public void Numbers_that_may_have_been_meant_hold_together(string body, int at)
    {
        var right = AccessionNumber.Make(body[..2], 2021, 17);
        Assert.Empty(NearNumbers.Of(right));
        for (var i = 0; i < right.Length - 1; i++)
        {
            foreach (var other in char.IsAsciiDigit(right[i]) ? "0123456789" : AccessionNumber.Letters)
            {
                if (other != right[i])
                    Assert.Contains(right, NearNumbers.Of(right[..i] + other + right[(i + 1)..]));
            }
        }

        Assert.True(NearNumbers.Of(right[..at] + 'X' + right[(at + 1)..]).Count() < 20);
    }
}
