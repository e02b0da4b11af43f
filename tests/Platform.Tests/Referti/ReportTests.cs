using System.Net;
using System.Text;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Contracts;
using Platform.Referti.Reports;
using Platform.Referti.Unmatched;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>Reports by hand, on the screens, on paper, and before the law.</summary>
public sealed class ReportTests
{
    [Theory, OnEachEngine]
    public async Task The_laboratory_enters_reads_again_and_releases(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var lab = await app.SignedIn(As.Lab(sample.Lab));

        var list = await lab.Open("/referti/enter");
        Assert.Contains(sample.Number, list.Text, StringComparison.Ordinal);
        var form = await lab.Open(list.Link(sample.Number));
        var wrong = await lab.Submit(form, "Continua");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("Scelga l'esito.", wrong.Text, StringComparison.Ordinal);
        Assert.Empty(await app.Reports());

        var review = await lab.Submit(form, "Continua", ("Positivo", "true"));
        Assert.Contains("Rilegga e rilasci", review.Text, StringComparison.Ordinal);
        Assert.Empty(await app.Reports());
        var done = await lab.Submit(review, "Rilascia il referto");

        var report = Assert.Single(await app.Reports());
        Assert.Equal($"/referti/{report.Id}", done.Address);
        Assert.Equal(ReportResult.Detected, report.Result);
        // The same form again is the same report.
        Assert.Equal($"/referti/{report.Id}", (await lab.Submit(review, "Rilascia il referto")).Address);
        Assert.Single((await app.Reports()).SelectMany(r => r.Versions));
        await app.Drain();
        Assert.Equal(SwabRequestState.Reported, await app.StateOf(sample.RequestId));
    }

    [Theory, OnEachEngine]
    public async Task Of_two_who_change_a_report_at_once_one_is_told_and_nothing_fails(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("P1", sample.Person, sample.Number), sample.Lab);
        var report = Assert.Single(await app.Reports());
        var at = app.Region.LocalOf(app.Clock.Now.UtcDateTime).AddHours(-1);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                return i % 2 == 0
                    ? (await app.Send(
                        new CorrectReport
                        {
                            Id = Guid.CreateVersion7(), ReportId = report.Id, SeenVersion = report.Version, Result = ReportResult.NotDetected,
                            CollectedAt = at, ReportedAt = at, Reason = "Prova",
                        }, As.Lab(sample.Lab))).Id.ToString()
                    : (await app.Send(
                        new AnnulReport { Id = Guid.CreateVersion7(), ReportId = report.Id, SeenVersion = report.Version, Reason = "Prova" },
                        As.Lab(sample.Lab))).Id.ToString();
            }
            catch (Refusal refusal)
            {
                return refusal.Code;
            }
        }));

        Assert.Single(outcomes, o => o == report.Id.ToString());
        Assert.Equal(7, outcomes.Count(o => o == "changed-meanwhile"));
        Assert.Equal(2, Assert.Single(await app.Reports()).Versions.Count);
        // The database's words on a duplicate may quote the row.
        Assert.DoesNotContain(app.Log, line => line.Contains("saving changes for context", StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task Correct_and_annul_are_versions_of_the_laboratory_alone(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("V1", sample.Person, sample.Number), sample.Lab);
        var id = Assert.Single(await app.Reports()).Id;
        var lab = await app.SignedIn(As.Lab(sample.Lab));

        var page = await lab.Open($"/referti/{id}");
        var form = await lab.Open(page.Link("Correggi"));
        var refused = await lab.Submit(form, "Rilascia la correzione", ("Negativo", "true"));
        Assert.Contains("Scriva il motivo.", refused.Text, StringComparison.Ordinal);
        var corrected = await lab.Submit(form, "Rilascia la correzione", ("Negativo", "true"), ("Motivo della correzione", "Scambio di provette"));
        Assert.Contains("Scambio di provette", corrected.Text, StringComparison.Ordinal);
        Assert.Contains("Positivo", corrected.Text, StringComparison.Ordinal);

        await lab.Submit(form, "Rilascia la correzione", ("Negativo", "true"), ("Motivo della correzione", "Ancora"));
        Assert.Equal(2, Assert.Single(await app.Reports()).CurrentVersion);

        var annulled = await lab.Submit(await lab.Open($"/referti/{id}/annul"), "Annulla il referto", ("Motivo per cui si annulla", "Campione di altri"));
        Assert.Contains("Referto annullato", annulled.Text, StringComparison.Ordinal);
        await app.Drain();
        Assert.Equal(SwabRequestState.Received, await app.StateOf(sample.RequestId));

        foreach (var other in new[] { As.Gp(Gp), As.Sisp(Asl), As.Lab("LAB-003") })
        {
            var visitor = await app.SignedIn(other);
            Assert.Contains((await visitor.Open($"/referti/{id}/correct")).Status, new[] { HttpStatusCode.Forbidden, HttpStatusCode.NotFound });
        }
    }

    [Theory, OnEachEngine]
    public async Task Who_is_not_entitled_finds_no_list_no_page_and_no_paper(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("E1", sample.Person, sample.Number), sample.Lab);
        var id = Assert.Single(await app.Reports()).Id;

        foreach (var entitled in new[] { As.Gp(Gp), As.Sisp(Asl), As.Lab(sample.Lab) })
        {
            var visitor = await app.SignedIn(entitled);
            Assert.Contains(sample.Person.FiscalCode!, (await visitor.Open("/referti")).Text, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await visitor.Open($"/referti/{id}")).Status);
        }

        foreach (var stranger in new[] { As.Gp("990008"), As.Sisp("010203"), As.Lab("LAB-003") })
        {
            var visitor = await app.SignedIn(stranger);
            Assert.DoesNotContain(sample.Person.FiscalCode!, (await visitor.Open("/referti")).Text, StringComparison.Ordinal);
            Assert.DoesNotContain(sample.Person.FiscalCode!, await visitor.Http.GetStringAsync("/referti?format=csv"), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Open($"/referti/{id}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Http.GetAsync($"/referti/{id}/report.pdf")).StatusCode);
        }
    }

    [Theory, OnEachEngine]
    public async Task The_list_is_filtered_and_sorted(Engine engine)
    {
        await using var app = await Start(engine);
        var first = await app.Person();
        var second = await app.Person("Bianchi", "Carla", new(1990, 2, 3));
        await app.Take(Message("X1", first, "T-1"));
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Take(Message("X2", second, "T-2", NotDetected));

        foreach (var (filter, expected) in new (ReportList, string[])[]
        {
            (new(null, null, null, null, false), ["Bianchi", "Ferraris"]),
            (new(null, null, null, null, true), ["Ferraris", "Bianchi"]),
            (new(null, ReportResult.Detected, null, null, false), ["Ferraris"]),
            (new("bian", null, null, null, false), ["Bianchi"]),
            (new("T-1", null, null, null, false), ["Ferraris"]),
            (new(null, null, new(2021, 11, 16), null, false), []),
            (new(null, null, null, null, false) { Sort = "name" }, ["Bianchi", "Ferraris"]),
        })
        {
            Assert.Equal(expected, (await app.Send(filter, As.Sisp(Asl))).Rows.Select(r => r.FamilyName));
        }

        var csv = await (await app.SignedIn(As.Sisp(Asl))).Http.GetStringAsync("/referti?format=csv&result=Detected");
        Assert.Equal(2, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory, OnEachEngine]
    public async Task The_paper_is_a_PDF_and_its_code_tells_what_holds_today_without_the_result(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("A1", sample.Person, sample.Number), sample.Lab);
        var report = Assert.Single(await app.Reports());
        var first = Assert.Single(report.Versions).VerificationCode;
        Assert.Equal(40, first.Length);

        var pdf = await (await app.SignedIn(As.Gp(Gp))).Http.GetAsync($"/referti/{report.Id}/report.pdf");
        Assert.True(pdf.IsSuccessStatusCode, string.Join("\n", app.Log.Where(l => l.StartsWith("Error ", StringComparison.Ordinal))));
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType!.MediaType);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(await pdf.Content.ReadAsByteArrayAsync(), 0, 5));

        var anybody = app.Visitor();
        await Says("Autentico");
        await app.Take(Message("A2", sample.Person, sample.Number, NotDetected, status: "C"), sample.Lab);
        await Says("Corretto in seguito");
        await app.Take(Message("A3", sample.Person, sample.Number, status: "D"), sample.Lab);
        await Says("Referto annullato");
        Assert.Contains("Non riconosciuto", (await anybody.Open("/verify/" + new string('0', 40))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Open("/verify/x")).Status);
        // Who has no camera types the code from the paper, as carelessly as people do.
        Assert.Equal(HttpStatusCode.OK, (await anybody.Open("/verify")).Status);
        Assert.Contains("Referto annullato", (await anybody.Open("/verify?Code=%20" + first.ToUpperInvariant())).Text, StringComparison.Ordinal);
        foreach (var version in new[] { 1, 2, 3 })
            Assert.Equal(HttpStatusCode.OK, (await (await app.SignedIn(As.Gp(Gp))).Http.GetAsync($"/referti/{report.Id}/report.pdf?version={version}")).StatusCode);

        async Task Says(string words)
        {
            var screen = await anybody.Open("/verify/" + first);
            Assert.Contains(words, screen.Text, StringComparison.Ordinal);
            Assert.Contains("L. F.", screen.Text, StringComparison.Ordinal);
            foreach (var hidden in new[] { sample.Person.FamilyName, sample.Person.FiscalCode!, "Positivo", "Negativo" })
                Assert.DoesNotContain(hidden, screen.Text, StringComparison.Ordinal);
        }
    }

    [Theory, OnEachEngine]
    public async Task What_waits_is_matched_by_hand_once_and_only_by_those_entitled(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        await app.Take(Message("U1", person, "T-1", code: ""));
        var waiting = Assert.Single(await app.Queue());

        Assert.Empty((await app.Send(new UnmatchedList(null, null, UnmatchedState.Open), As.Lab("LAB-020"))).Rows);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new OneUnmatched(waiting.Id, null), As.Sisp("010213")))).Kind);

        var visitor = await app.SignedIn(As.Sisp(Asl));
        var page = await visitor.Open((await visitor.Open("/referti/unmatched")).Link("FERRARIS LUCIA"));
        Assert.Contains("Nessuna differenza", page.Text, StringComparison.Ordinal);
        var done = await visitor.Submit(page, "Abbina alla persona, senza richiesta");
        Assert.Single(await app.Reports());
        Assert.Equal("/referti/unmatched", done.Address);
        Assert.Equal(UnmatchedState.Matched, Assert.Single(await app.Queue()).State);
        await visitor.Submit(page, "Abbina alla persona, senza richiesta");
        Assert.Single((await app.Reports()).SelectMany(r => r.Versions));
    }

    [Theory, OnEachEngine]
    public async Task What_is_not_certain_only_the_laboratory_can_say_and_a_discard_has_its_reason(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        await app.Take(Message("O1", person, "T-1", "??"));
        await app.Take(Message("O2", person, "T-2", "??"));
        var (first, second) = ((await app.Queue())[0], (await app.Queue())[1]);
        var match = new MatchUnmatched { Id = first.Id, PatientId = person.Id };

        Assert.Equal("lab-must-say", (await Assert.ThrowsAsync<Refusal>(() => app.Send(match, As.Sisp(Asl)))).Code);
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(match, As.Lab(Lab)));
        await app.Send(match with { Result = ReportResult.NotDetected }, As.Lab(Lab));
        Assert.Equal(ReportResult.NotDetected, Assert.Single(await app.Reports()).Result);

        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new DiscardUnmatched { Id = second.Id }, As.Lab(Lab)));
        await app.Send(new DiscardUnmatched { Id = second.Id, Why = "Prova del laboratorio" }, As.Lab(Lab));
        Assert.Equal("already-decided", (await Assert.ThrowsAsync<Refusal>(() =>
            app.Send(new DiscardUnmatched { Id = second.Id, Why = "Ancora" }, As.Lab(Lab)))).Code);
    }

    [Theory, OnEachEngine]
    public async Task Nothing_of_the_person_is_in_the_log(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("G1", sample.Person, sample.Number), sample.Lab);
        await app.Take(Message("G2", sample.Person, sample.Number, "??"), sample.Lab);
        await (await app.SignedIn(As.Gp(Gp))).Open("/referti?text=ferraris");

        Assert.NotEmpty(app.Log);
        Assert.DoesNotContain(app.Log, line => line.Contains("ferraris", StringComparison.OrdinalIgnoreCase)
            || line.Contains(sample.Person.FiscalCode!, StringComparison.OrdinalIgnoreCase) || line.Contains("260373001", StringComparison.Ordinal));
    }
}
