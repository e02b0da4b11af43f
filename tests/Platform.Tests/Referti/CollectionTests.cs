using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.Patients.Contracts;
using Platform.Referti;
using Platform.Referti.Collection;
using Platform.Tests.Harness;
using Platform.UserManagement;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>A citizen fetches her report with code and birth date.</summary>
public sealed class CollectionTests
{
    // As regions/piemonte/collection_limits.csv has them.
    private const int OfCode = 5, OfAddress = 30;

    [Theory, OnEachEngine]
    public async Task Code_and_birth_date_open_the_report_in_plain_words_with_its_paper(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        var code = (await app.Send(new GiveCode { RequestId = sample.RequestId }, As.Gp(Gp))).Code;
        Assert.Matches("^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$", code);
        var citizen = app.Visitor();

        var early = await Fetch(citizen, code, sample.Person.BirthDate);
        Assert.Contains("Non c'è ancora un referto", early.Text, StringComparison.Ordinal);
        await app.Take(Message("C1", sample.Person, sample.Number), sample.Lab);
        // As people type: without hyphens, small letters, blanks.
        var page = await Fetch(citizen, " " + code.Replace('-', ' ').ToLowerInvariant(), sample.Person.BirthDate);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("/ritiro", page.Address);
        foreach (var words in new[] { "Positivo", "Che cosa significa", "è stato trovato il virus", "Resti in casa" })
            Assert.Contains(words, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(sample.Person.FiscalCode!, page.Page.Source.Text, StringComparison.Ordinal);

        using var form = new FormUrlEncodedContent(Fields(page));
        var pdf = await citizen.Http.PostAsync("/ritiro?handler=Paper", form);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(await pdf.Content.ReadAsByteArrayAsync(), 0, 5));
        app.Clock.Advance(TimeSpan.FromMinutes(21));
        using var late = new FormUrlEncodedContent(Fields(page));
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Http.PostAsync("/ritiro?handler=Paper", late)).StatusCode);

        // The corrected report and the annulled one are what she finds from then on.
        await app.Take(Message("C2", sample.Person, sample.Number, NotDetected, status: "C"), sample.Lab);
        var corrected = await Fetch(citizen, code, sample.Person.BirthDate);
        Assert.Contains("Il laboratorio ha corretto questo referto", corrected.Text, StringComparison.Ordinal);
        Assert.Contains("Negativo", corrected.Text, StringComparison.Ordinal);
        await app.Take(Message("C3", sample.Person, sample.Number, status: "D"), sample.Lab);
        var annulled = await Fetch(citizen, code, sample.Person.BirthDate);
        Assert.Contains("non vale più", annulled.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Negativo", annulled.Text, StringComparison.Ordinal);
        app.Clock.Advance(TimeSpan.FromDays(45) + TimeSpan.FromMinutes(1));
        Assert.Contains("Non c'è ancora un referto", (await Fetch(citizen, code, sample.Person.BirthDate)).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Whatever_is_wrong_the_answer_is_the_same_and_attempts_are_counted(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        await app.Take(Message("W1", sample.Person, sample.Number), sample.Lab);
        var code = (await app.Send(new GiveCode { RequestId = sample.RequestId }, As.Gp(Gp))).Code;
        var citizen = app.Visitor();
        var wrongDate = await Fetch(citizen, code, sample.Person.BirthDate.AddDays(1));
        var wrongCode = await Fetch(citizen, "2222-3333-4444-5555", sample.Person.BirthDate);
        var nonsense = await Fetch(citizen, "'; drop", sample.Person.BirthDate);
        foreach (var screen in new[] { wrongDate, wrongCode, nonsense })
            Assert.Equal((HttpStatusCode.UnprocessableEntity, Plain(wrongDate)), (screen.Status, Plain(screen)));

        // Five wrong dates and the code waits, even for the right one; one that does not exist does the same.
        foreach (var tried in new[] { code, "2222-3333-4444-5555" })
        {
            for (var i = 0; i < OfCode; i++)
                await Refused(app, tried, new(1950, 1, 1), $"198.51.100.{i}");
            Assert.Equal("too-many-attempts", await Refused(app, tried, sample.Person.BirthDate, "198.51.100.77"));
        }

        app.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Single((await app.Send(Attempt(code, sample.Person.BirthDate, "198.51.100.77"))).Reports);

        // Side by side no more get through than one after the other.
        var other = (await app.Send(new GiveCode { RequestId = sample.RequestId }, As.Gp(Gp))).Code;
        var rush = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Refused(app, other, new(1950, 1, 1), $"203.0.113.{i}")));
        Assert.True(rush.Count(r => r == "not-recognised") <= OfCode);

        // One address that tries codes of the air is stopped too.
        for (var i = 0; i < OfAddress; i++)
            Assert.Equal("not-recognised", await Refused(app, $"2222-3333-{i:0000}-AAAA", new(1950, 1, 1), "192.0.2.1"));
        Assert.Equal("too-many-attempts", await Refused(app, "7777-7777-7777-7777", new(1950, 1, 1), "192.0.2.1"));

        await app.Drain();
        var lines = await app.Db<UserManagementDb, List<string>>(async db =>
            [.. (await db.AuditLines.Where(l => l.SubjectId == sample.Person.Id && l.What == "referti.FetchReport").ToListAsync()).Select(l => $"{l.Action} {l.Address}")]);
        Assert.Contains("read 198.51.100.77", lines);
        Assert.Contains(lines, l => l.StartsWith("refused 198.51.100.", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log, l => l.Contains(code, StringComparison.Ordinal));

        app.Clock.Advance(TimeSpan.FromDays(2));
        await ((JobRunner)app.Services.GetRequiredService(typeof(JobRunner))).Run("referti.forget-attempts", TestContext.Current.CancellationToken);
        Assert.Equal(0, await app.Db<RefertiDb, int>(db => db.Set<CollectionAttempts>().CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task Only_who_follows_the_person_or_takes_her_swab_prints_a_code_and_only_its_hash_is_kept(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample();
        foreach (var entitled in new[] { As.Gp(Gp), As.Sisp(Asl), As.Hotspot(Hotspot) })
        {
            var code = (await app.Send(new GiveCode { RequestId = sample.RequestId }, entitled)).Code;
            var rows = await app.Db<RefertiDb, List<CollectionCode>>(db => db.CollectionCodes.ToListAsync());
            Assert.DoesNotContain(rows, r => r.Hash.Contains(code.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
        }

        foreach (var stranger in new[] { As.Gp("990008"), As.Sisp("010203"), As.Hotspot("HS-002") })
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new GiveCode { RequestId = sample.RequestId }, stranger))).Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new GiveCode { RequestId = sample.RequestId }, As.Lab(Lab)))).Kind);

        var doctor = await app.SignedIn(As.Gp(Gp));
        var person = await doctor.Open($"/patients/{sample.Person.Id}");
        var sheets = await doctor.Open(person.Link("Foglio per il ritiro del referto"));
        using var form = new FormUrlEncodedContent(Fields(sheets, "Form.RequestId"));
        var pdf = await doctor.Http.PostAsync(sheets.Address, form);
        Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
    }

    private static FetchReport Attempt(string code, DateOnly born, string address) => new() { Code = code, BirthDate = born, Address = address };

    private static async Task<string> Refused(PlatformApp app, string code, DateOnly born, string address) =>
        (await Assert.ThrowsAsync<Refusal>(() => app.Send(Attempt(code, born, address)))).Code;

    private static async Task<Screen> Fetch(Visitor citizen, string code, DateOnly born) =>
        await citizen.Submit(await citizen.Open("/ritiro"), "Mostra il referto", ("Codice per il ritiro", code), ("Data di nascita", born.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));

    private static string Plain(Screen screen) => screen.Text;

    private static List<KeyValuePair<string, string>> Fields(Screen screen, string of = "ticket")
    {
        var form = screen.Page.QuerySelector($"input[name='{of}']")!.Closest("form")!;
        return [.. form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))];
    }
}
