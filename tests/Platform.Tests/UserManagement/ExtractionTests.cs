using System.Globalization;
using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Patients;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement;
using Platform.UserManagement.Extractions;

namespace Platform.Tests.UserManagement;

public sealed class ExtractionTests
{
    [Theory, OnEachEngine]
    public async Task An_approved_extraction_says_nothing_that_leads_back_to_anybody(Engine engine)
    {
        await using var app = await Filled(engine);
        var id = await Ask(app);
        await Make(app);
        Assert.Equal(ExtractionState.Asked, (await One(app, id)).State);
        await app.Send(new DecideExtraction(id, true), As.PrivacyOfficer());
        await Make(app);

        var made = await One(app, id);
        Assert.Equal((ExtractionState.Ready, 4, 3), (made.State, made.Rows, made.People));
        var files = await Download(app, id);
        Assert.Equal(["dictionary.csv", "leggimi.txt", "people.csv", "reports.csv", "tests.csv"], files.Keys.Order(StringComparer.Ordinal));
        var text = string.Join('\n', files.Values);
        foreach (var secret in await Secrets(app))
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("[A-Z]{6}[0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{2}[A-Z][0-9LMNPQRSTUV]{3}[A-Z]", text);
        // No day: every date in it is a Monday.
        foreach (System.Text.RegularExpressions.Match day in System.Text.RegularExpressions.Regex.Matches(files["tests.csv"] + files["reports.csv"], @"\d\d/\d\d/\d{4}"))
            Assert.Equal(DayOfWeek.Monday, DateOnly.ParseExact(day.Value, "dd/MM/yyyy", CultureInfo.InvariantCulture).DayOfWeek);

        // Within it the files join; three people are too few to be told apart.
        Assert.Contains(Lines(files["reports.csv"])[0].Split(';')[0], files["people.csv"], StringComparison.Ordinal);
        Assert.Equal(Lines(files["reports.csv"])[0].Split(';')[2], Lines(files["tests.csv"]).Select(l => l.Split(';')[1]).Single(t => files["reports.csv"].Contains(t, StringComparison.Ordinal)));
        Assert.All(Lines(files["people.csv"]), line => Assert.EndsWith(";*;*;*;*", line, StringComparison.Ordinal));

        await app.Drain();
        Assert.Equal("Studio sulla diffusione per classi di età", await app.Db<UserManagementDb, string?>(db => db.AuditLines.Where(l => l.Action == "export" && l.What == "users.Extraction").Select(l => l.Why).SingleAsync()));
    }

    [Theory, OnEachEngine]
    public async Task Two_extractions_join_only_within_a_project_that_was_allowed(Engine engine)
    {
        await using var app = await Filled(engine);
        var files = new List<Dictionary<string, string>>();
        foreach (var project in new[] { null, null, "Onda uno", " onda UNO " })
        {
            var id = await Ask(app, project);
            await app.Send(new DecideExtraction(id, true), As.PrivacyOfficer());
            await Make(app);
            files.Add(await Download(app, id));
        }

        HashSet<string> People(int index) => [.. Lines(files[index]["people.csv"]).Select(l => l.Split(';')[0])];
        Assert.Equal(3, People(0).Count);
        Assert.Empty(People(0).Intersect(People(1)));
        Assert.Empty(People(0).Intersect(People(2)));
        Assert.Equal(People(2), People(3));
        Assert.DoesNotContain("p" + Convert.ToHexStringLower(new byte[4]), files[0]["people.csv"], StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task It_expires_and_only_who_asked_downloads_it(Engine engine)
    {
        await using var app = await Filled(engine);
        var id = await Ask(app);
        await Assert.ThrowsAsync<Refusal>(() => Download(app, id));
        await app.Send(new DecideExtraction(id, true), As.PrivacyOfficer());
        await Make(app);
        var other = As.Analyst() with { Id = Guid.CreateVersion7() };
        Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DownloadExtraction(id), other))).Code);
        foreach (var who in new[] { As.PrivacyOfficer(), As.Administrator(), As.Sisp("010301"), As.Gp("990007") })
            Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DownloadExtraction(id), who))).Kind);
        Assert.Empty((await app.Send(new ExtractionList(1), other)).Rows);

        app.Clock.Advance(TimeSpan.FromDays(31));
        await Make(app);
        Assert.Equal(ExtractionState.Expired, (await One(app, id)).State);
        Assert.Equal(0, await app.Db<UserManagementDb, int>(db => db.ExtractionParts.CountAsync()));
        await Assert.ThrowsAsync<Refusal>(() => Download(app, id));
    }

    [Theory, OnEachEngine]
    public async Task Asked_and_decided_on_the_pages_and_the_analyst_opens_no_person(Engine engine)
    {
        await using var app = await Filled(engine);
        var analyst = await app.SignedIn(As.Analyst());
        foreach (var page in new[] { "/patients", "/testing/requests", "/referti", "/audit", "/patients/held-data", "/privacy/retention", "/users" })
            Assert.Equal(HttpStatusCode.Forbidden, (await analyst.Open(page)).Status);
        var form = await analyst.Open("/privacy/extractions/new");
        var empty = await analyst.Submit(form, "Invia la richiesta");
        Assert.Contains("Dica a che cosa serve", empty.Text, StringComparison.Ordinal);
        Assert.Contains("Scelga almeno un tipo", empty.Text, StringComparison.Ordinal);
        var sent = await analyst.Submit(form, "Invia la richiesta", ("Dal", "2021-11-01"), ("Al", "2021-11-15"), ("Tamponi richiesti", "true"), ("A che cosa serve", "Studio sulla diffusione per classi di età"), ("Formato", "Excel (xlsx)"));
        Assert.Equal("/privacy/extractions", sent.Address);
        Assert.Contains("Da approvare", sent.Text, StringComparison.Ordinal);
        Assert.False(sent.HasButton("Approva"));

        var officer = await app.SignedIn(As.PrivacyOfficer());
        Assert.Contains("Estrazioni da approvare", (await officer.Open("/")).Text, StringComparison.Ordinal);
        var list = await officer.Open("/privacy/extractions");
        Assert.Contains("Indichi perché la rifiuta", (await officer.Submit(list, "Rifiuta")).Text, StringComparison.Ordinal);
        await officer.Submit(list, "Approva");
        await Make(app);
        var ready = await analyst.Open("/privacy/extractions");
        Assert.Contains("Pronta", ready.Text, StringComparison.Ordinal);
        Assert.True(ready.HasButton("Scarica"));
        var sheet = (await Download(app, await app.Db<UserManagementDb, Guid>(db => db.Extractions.Select(e => e.Id).SingleAsync()), analystId: await app.Db<UserManagementDb, Guid>(db => db.Extractions.Select(e => e.AskedById).SingleAsync()))).Keys;
        Assert.Contains("tests.xlsx", sheet);
        Assert.Equal("own-extraction", Assert.Throws<Refusal>(() => new Extraction
        {
            Id = default, AskedById = As.Analyst().Id, AskedByName = "", AskedAt = default, Purpose = "", From = default, To = default, Kinds = "", Format = TableFormat.Csv,
        }.Decide(true, null, As.Analyst().Id, "", default)).Code);
    }

    [Fact]
    public void Who_is_alike_with_too_few_is_described_less_and_nobody_is_lost()
    {
        CoarsePerson P(string age, string sex, string place, string asl) => new(Guid.CreateVersion7(), age, sex, place, asl);
        List<CoarsePerson> people =
        [
            .. Enumerable.Range(0, 5).Select(_ => P("40-44", "Female", "001272", "010301")),
            .. Enumerable.Range(0, 3).Select(_ => P("40-44", "Female", "001156", "010205")), .. Enumerable.Range(0, 3).Select(_ => P("40-44", "Female", "001059", "010205")),
            P("90+", "Male", "001272", "010301"),
        ];
        var said = Coarsening.Of(people, 5).ToList();
        Assert.Equal(people.Select(p => p.Id).Order(), said.Select(p => p.Id).Order());
        Assert.Equal(5, said.Count(p => p.Municipality == "001272"));
        Assert.Equal(6, said.Count(p => p is { Municipality: "*", Asl: "010205", Sex: "Female" }));
        Assert.Equal(1, said.Count(p => p is { Municipality: "*", Asl: "*", Sex: "*", AgeClass: "*" }));
        Assert.Equal("90+", Coarsening.Of(new(Guid.Empty, new(1900, 2, 28), "Male", "", ""), new(2021, 2, 27), 5, 90).AgeClass);
        Assert.Equal("35-39", Coarsening.Of(new(Guid.Empty, new(1981, 2, 28), "Male", "", ""), new(2021, 2, 27), 5, 90).AgeClass);
        Assert.Equal("40-44", Coarsening.Of(new(Guid.Empty, new(1981, 2, 28), "Male", "", ""), new(2021, 2, 28), 5, 90).AgeClass);
    }

    private static async Task<PlatformApp> Filled(Engine engine)
    {
        var app = await RefertiApp.Start(engine);
        var sample = await app.Sample(await app.Person(email: "lucia@example.org"));
        await app.Take(RefertiApp.Message("M1", sample.Person, sample.Number), sample.Lab);
        await app.Sample(await app.Person("Bianchi", "Anna", new(1970, 3, 3)));
        await app.Sample(await app.Person("Verdi", "Rosa", new(1991, 2, 2)));
        return app;
    }

    private static Task<Guid> Ask(PlatformApp app, string? project = null) => app.Send(
        new AskExtraction
        {
            Id = Guid.CreateVersion7(), From = new(2021, 11, 1), To = app.Region.DayOf(app.Clock.Now), Kinds = ["tests", "reports"], Purpose = "Studio sulla diffusione per classi di età", Project = project,
        }, As.Analyst());

    private static Task Make(PlatformApp app) => app.Services.GetRequiredService<JobRunner>().Run(MakeExtractions.Name, default);

    private static Task<Extraction> One(PlatformApp app, Guid id) => app.Db<UserManagementDb, Extraction>(db => db.Extractions.AsNoTracking().SingleAsync(e => e.Id == id));

    private static async Task<Dictionary<string, string>> Download(PlatformApp app, Guid id, Guid? analystId = null)
    {
        await using var file = await app.Send(new DownloadExtraction(id), As.Analyst() with { Id = analystId ?? As.Analyst().Id });
        using var zip = new ZipArchive(file);
        return zip.Entries.ToDictionary(e => e.Name, e => new StreamReader(e.Open()).ReadToEnd());
    }

    private static List<string> Lines(string csv) => [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    /// <summary>All that stands in the registry of anybody, and every id.</summary>
    private static Task<List<string>> Secrets(PlatformApp app) => app.Db<PatientsDb, List<string>>(async db =>
    {
        var people = await db.Patients.AsNoTracking().ToListAsync();
        return [.. people.SelectMany(p => new[] { p.FiscalCode!, p.FamilyName, p.GivenName, p.Id.ToString(), p.Id.ToString("N"), string.Create(CultureInfo.InvariantCulture, $"{p.BirthDate:dd/MM/yyyy}"), string.Create(CultureInfo.InvariantCulture, $"{p.BirthDate:yyyy-MM-dd}"), p.Email!, p.Address! }.Where(s => s is not null))];
    });
}
