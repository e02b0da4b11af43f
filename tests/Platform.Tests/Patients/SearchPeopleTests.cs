using System.Net;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.GpLists;
using Platform.Patients.People;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class SearchPeopleTests
{
    [Theory, OnEachEngine]
    public async Task People_are_found_by_code_names_in_any_order_and_birth_date(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        await app.Send(Registry.Mario, Registry.Sisp);
        await app.Send(Registry.Person("D'Angelo", "Nicolò Maria", new(1991, 11, 23)), Registry.Sisp);
        await app.Send(Registry.Person("Rossini", "Anna", new(1980, 3, 12), Sex.Female), Registry.Sisp);

        async Task<string> Found(string text) =>
            string.Join(' ', (await app.Send(new SearchPeople { Text = text }, Registry.Sisp)).Rows.Select(r => r.GivenName));
        Assert.Equal("Nicolò Maria Mario Anna", await Found(""));
        Assert.Equal("Mario Anna", await Found("rossi"));
        Assert.Equal("Mario", await Found("mario rossi"));
        Assert.Equal("Mario", await Found("ROSSI MAR"));
        Assert.Equal("Nicolò Maria", await Found("nicolo dangelo"));
        Assert.Equal("Nicolò Maria", await Found("d'angelo maria"));
        Assert.Equal("Nicolò Maria", await Found("angelo"));
        Assert.Equal("Mario Anna", await Found("12/03/1980"));
        Assert.Equal("Anna", await Found("anna 1980-03-12"));
        Assert.Equal("Mario", await Found(Registry.Mario.FiscalCode!));
        Assert.Equal("Mario", await Found("rss mra 80c12 l219 " + Registry.Mario.FiscalCode![^1]));
        Assert.Equal("Mario", await Found("RSSMRA80C"));
        Assert.Equal("", await Found("%"));
        Assert.Equal("", await Found("' or 1=1 --"));
        Assert.Equal("", await Found("_ossi"));
    }

    [Theory, OnEachEngine]
    public async Task Whoever_moved_is_found_by_name_where_she_lives_now(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        await app.Send(new ChangeContacts { Id = id, Version = (await app.Patient(id)).Version, Residence = "Moncalieri" }, Registry.Sisp);

        var search = new SearchPeople { Text = "rossi mario" };
        Assert.Equal(id, Assert.Single((await app.Send(search, Registry.SispTo5)).Rows).Id);
        Assert.Empty((await app.Send(search, Registry.Sisp)).Rows);
    }

    [Theory, OnEachEngine]
    public async Task A_search_counts_whom_it_found_and_puts_them_in_the_order_asked_for(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        foreach (var year in Enumerable.Range(1970, 7))
            await app.Send(Registry.Person("Rossi", "Anna", new(year, 3, 12), Sex.Female), Registry.Sisp);
        await app.Send(Registry.Person("Verdi", "Anna", new(1960, 3, 12), Sex.Female), Registry.Sisp);

        var second = await app.Send(new SearchPeople { Text = "rossi", Sort = "-birth", Page = 2, Size = 3 }, Registry.Sisp);
        Assert.Equal((7, 2, false), (second.Total, second.Page, second.Beyond));
        Assert.Equal([1973, 1972, 1971], second.Rows.Select(r => r.BirthDate.Year));
    }

    [Theory, OnEachEngine]
    public async Task Everybody_sees_her_own_scope_and_no_other(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var mine = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        await app.Send(Registry.Person("Bianchi", "Luca", new(1970, 1, 1)), As.Gp(Registry.OtherGp));
        await app.Send(Registry.Person("Verdi", "Sara", new(1971, 1, 1), Sex.Female, residence: Registry.Moncalieri), Registry.SispTo5);

        async Task<int> Seen(Identity who) => (await app.Send(new SearchPeople(), who)).Total;
        Assert.Equal(1, await Seen(As.Gp(Registry.Gp)));
        Assert.Equal(2, await Seen(Registry.Sisp));
        Assert.Equal(1, await Seen(Registry.SispTo5));
        Assert.Equal(0, await Seen(As.Gp(Registry.GpOfMoncalieri)));

        foreach (var stranger in new[] { As.Gp(Registry.OtherGp), Registry.SispTo5 })
        {
            await Gone(() => app.Send(new PersonDetails(mine), stranger));
            await Gone(() => app.Send(new VisiblePatient(mine), stranger));
            await Gone(() => app.Send(new ChangeContacts { Id = mine, Residence = "Torino" }, stranger));
            Assert.Empty((await app.Send(new PatientsLike("Rossi"), stranger)).Patients);
        }

        await Gone(() => app.Send(new AssignDoctor { PatientId = mine, Id = Guid.CreateVersion7(), DoctorCode = Registry.Gp, From = new(2021, 1, 1) }, Registry.SispTo5));
        foreach (var other in new[] { As.Hotspot("HS-001"), As.Lab("LAB-001"), As.Administrator() })
            Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new SearchPeople(), other))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task Identities_are_answered_whole_for_matching(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Person("D'Angelo", "Nicolò", new(1991, 11, 23)), Registry.Sisp);
        await app.Send(Registry.Person("D'Angelo", "Nicolò", new(1991, 11, 23), place: "F205"), Registry.Sisp);
        Assert.Equal(2, (await app.Send(new PatientsByIdentity(null, "DANGELO", "nicolo", new(1991, 11, 23)))).Count);
        Assert.Equal(id, Assert.Single(await app.Send(new PatientsByIdentity(
            FiscalCode.Compute("D'Angelo", "Nicolò", Sex.Male, new(1991, 11, 23), "L219").ToLowerInvariant(), null, null, null))).Id);
        Assert.Empty(await app.Send(new PatientsByIdentity(null, "DANGELO", null, new(1991, 11, 23))));
        Assert.Equal("Nicolò", (await app.Send(new PatientById(id)))!.GivenName);
        Assert.Null(await app.Send(new PatientById(Guid.CreateVersion7())));
    }

    [Fact]
    public async Task The_export_is_what_the_list_shows()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        await app.Import([.. Enumerable.Range(0, 30).Select(i =>
            $"{FiscalCode.Compute("Prova", "Uno", Sex.Male, new DateOnly(1980, 1, 1).AddDays(i), "L219")},Prova,Uno,,,,001272,,,,{Registry.Gp},2020-01-01")]);
        await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        var gp = await app.SignedIn(As.Gp(Registry.Gp));

        var list = await gp.Open("/patients?Q=prova&sort=-birth");
        var csv = await gp.Http.GetStringAsync("/patients?Q=prova&sort=-birth&format=csv");
        var lines = csv.TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Persona;Codice fiscale;Data di nascita;Sesso;Residenza;ASL;Medico", lines[0]);
        Assert.Equal(30, lines.Length - 1);
        Assert.Contains(";30/01/1980;M;Torino;ASL Città di Torino;D'Angelo Chiara", lines[1], StringComparison.Ordinal);
        Assert.Equal(25, list.Page.QuerySelectorAll("tbody tr").Length);
        var second = await gp.Open("/patients?Q=prova&sort=-birth&p=2");
        var shown = list.Page.QuerySelectorAll("tbody tr").Concat(second.Page.QuerySelectorAll("tbody tr"))
            .Select(r => r.QuerySelectorAll("td")[0].TextContent.Trim());
        Assert.Equal(shown, lines.Skip(1).Select(l => l.Split(';')[1]));
        Assert.Equal(HttpStatusCode.OK, (await gp.Open("/patients?p=abc&sort=nonsense")).Status);
    }

    [Fact]
    public async Task The_persons_page_out_of_scope_is_not_found()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        var stranger = await app.SignedIn(As.Gp(Registry.OtherGp));
        foreach (var path in new[] { $"/patients/{id}", $"/patients/{id}/contacts" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Open(path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Open($"/patients/{id}/doctor")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Open("/patients/import")).Status);
    }

    private static async Task Gone<T>(Func<Task<T>> act) =>
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(act)).Kind);
}
