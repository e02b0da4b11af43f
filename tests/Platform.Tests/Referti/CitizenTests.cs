using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Merges;
using Platform.Patients.People;
using Platform.Patients.Ties;
using Platform.Referti;
using Platform.Tests.ExternalSignIn;
using Platform.Tests.Harness;
using Platform.UserManagement;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>A citizen signs in with her digital identity and sees her reports, or those of whom she represents.</summary>
public sealed class CitizenTests(FlowTests.OneProvider one) : IClassFixture<FlowTests.OneProvider>
{
    [Theory, OnEachEngine]
    public async Task She_opens_her_own_reports_without_a_code_and_each_look_is_in_the_audit(Engine engine)
    {
        await using var app = await Start(engine);
        var (hers, another) = (await Reported(app, await app.Person()), await Reported(app, await app.Person("Bianchi", "Anna", new(1970, 3, 3))));
        var citizen = app.Browser();
        var list = await citizen.Identify("/ritiro", hers.FiscalCode!);
        Assert.Equal("/ritiro/referti", list.Address);
        Assert.Single(list.Page.QuerySelectorAll("ul.cards li"));
        Assert.DoesNotContain("Positivo", list.Text, StringComparison.Ordinal);

        var report = await citizen.Open(list.Link("Tampone molecolare"));
        foreach (var words in new[] { "Positivo", "Che cosa significa", "Resti in casa" })
            Assert.Contains(words, report.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(hers.FiscalCode!, report.Page.Source.Text + list.Page.Source.Text, StringComparison.Ordinal);
        using var form = Token(report);
        var pdf = await citizen.Http.PostAsync(report.Address, form);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(await pdf.Content.ReadAsByteArrayAsync(), 0, 5));

        var others = await app.Reports();
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Open($"/ritiro/referti/{others.Single(r => r.PatientId == another.Id).Id}")).Status);
        Assert.Equal(["citizen", "citizen", "citizen"], (await Looks(app, hers.Id)).Select(l => l.Split(' ')[0]));
        Assert.Empty(await Looks(app, another.Id));
    }

    [Theory, OnEachEngine]
    public async Task The_session_is_short_ends_when_she_leaves_and_opens_nothing_else(Engine engine)
    {
        await using var app = await Start(engine);
        var citizen = app.Browser();
        var list = await citizen.Identify("/ritiro", (await Reported(app, await app.Person())).FiscalCode!);
        foreach (var page in new[] { "/patients", "/referti", "/account", "/audit" })
            Assert.StartsWith("/sign-in?", (await citizen.Open(page)).Address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await citizen.Http.GetAsync("/api/v1/me")).StatusCode);

        var left = await citizen.Submit(list, "Esci");
        Assert.Equal("/ritiro", left.Address);
        Assert.Equal("/ritiro", (await citizen.Open("/ritiro/referti")).Address);

        await citizen.Identify("/ritiro", CodeOf("Ferraris", "Lucia", new(1985, 8, 1)));
        app.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("/ritiro/referti", (await citizen.Open("/ritiro/referti")).Address);
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("La sessione è finita", (await citizen.Open("/ritiro/referti")).Page.Body!.TextContent, StringComparison.Ordinal);

        var doctor = await app.SignedIn(As.Gp(Gp));
        Assert.Equal("/ritiro", (await doctor.Open("/ritiro/referti")).Address);
    }

    [Theory, OnEachEngine]
    public async Task A_cookie_copied_before_she_leaves_opens_nothing_after_it(Engine engine)
    {
        await using var app = await Start(engine);
        var (hers, copied) = (new CookieContainer(), new CookieContainer());
        var (citizen, thief) = (app.Browser(hers), app.Browser(copied));
        var list = await citizen.Identify("/ritiro", (await Reported(app, await app.Person())).FiscalCode!);
        copied.Add(hers.GetAllCookies());
        Assert.Equal("/ritiro/referti", (await thief.Open("/ritiro/referti")).Address);
        await citizen.Submit(list, "Esci");
        Assert.Equal("/ritiro", (await thief.Open("/ritiro/referti")).Address);
        Assert.Equal(0, await app.Db<RefertiDb, int>(db => db.CitizenSessions.CountAsync()));
    }

    [Theory, OnEachEngine]
    public async Task Whom_the_registry_does_not_know_sees_what_somebody_without_reports_sees(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var (known, unknown) = (await app.Browser().Identify("/ritiro", person.FiscalCode!), await app.Browser().Identify("/ritiro", CodeOf("Verdi", "Rosa", new(1991, 2, 2))));
        Assert.Equal((known.Status, known.Address, known.Text), (unknown.Status, unknown.Address, unknown.Text));
    }

    [Theory, OnEachEngine]
    public async Task Former_codes_and_merged_records_are_hers_and_what_is_no_longer_on_line_is_not_shown(Engine engine)
    {
        await using var app = await Start(engine);
        var (first, second) = (await Reported(app, await app.Person()), await Reported(app, await app.Person("Ferraris", "Marta")));
        var (survivor, merged) = (await Row(app, first.Id), await Row(app, second.Id));
        await app.Send(new MergePeople { SurvivorId = first.Id, SurvivorVersion = survivor.Version, MergedId = second.Id, MergedVersion = merged.Version, Reason = "Registrata due volte", SamePerson = true }, As.Sisp(Asl));
        await app.Drain();
        foreach (var code in new[] { first.FiscalCode!, second.FiscalCode! })
            Assert.Equal(2, (await app.Browser().Identify("/ritiro", code)).Page.QuerySelectorAll("ul.cards li").Length);

        // A code that once stood on her record by mistake, and is of somebody born on another day, opens nothing.
        var strangers = CodeOf("Ferraris", "Lucia", new(1985, 8, 2));
        await app.Db<PatientsDb, int>(db => db.Identities.Where(i => i.PatientId == first.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Value, strangers)));
        Assert.Empty((await app.Browser().Identify("/ritiro", strangers)).Page.QuerySelectorAll("ul.cards li"));
        await app.Db<RefertiDb, int>(db => db.Reports.ExecuteUpdateAsync(set => set.SetProperty(r => r.IssuedAt, r => r.IssuedAt.AddDays(-46))));
        Assert.Contains("Nessun referto da mostrare", (await app.Browser().Identify("/ritiro", first.FiscalCode!)).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_parent_chooses_her_child_and_sees_the_childs_reports_while_the_tie_holds(Engine engine)
    {
        await using var app = await Start(engine);
        var (parent, child, other) = (await app.Person(), await Reported(app, await app.Person("Ferraris", "Anna", new(2015, 5, 5))), await Reported(app, await app.Person("Neri", "Sara", new(2014, 4, 4))));
        var citizen = app.Browser();
        Assert.DoesNotContain("Di chi vuole vedere", (await citizen.Identify("/ritiro", parent.FiscalCode!)).Text, StringComparison.Ordinal);
        await Tie(app, child, parent, new(2021, 11, 15), null);
        // A tie of last year has ended.
        await Tie(app, other, parent, new(2020, 1, 1), new(2021, 11, 14));

        var own = await citizen.Open("/ritiro/referti");
        Assert.DoesNotContain("Sara", own.Text, StringComparison.Ordinal);
        Assert.Contains("Nessun referto", own.Text, StringComparison.Ordinal);
        var hers = await citizen.Submit(own, "Mostra", ("Di chi vuole vedere i referti", "Anna Ferraris"));
        Assert.Contains("Referti di Anna", hers.Text, StringComparison.Ordinal);
        Assert.Contains("Positivo", (await citizen.Open(hers.Link("Tampone molecolare"))).Text, StringComparison.Ordinal);
        Assert.All(await Looks(app, child.Id), look => Assert.Equal($"citizen {parent.Id}", look));

        // Chosen by hand, whom she may not act for is not there.
        hers.Page.QuerySelector($"option[value='{child.Id}']")!.SetAttribute("value", other.Id.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Submit(hers, "Mostra")).Status);

        var address = hers.Link("Tampone molecolare");
        await app.Db<PatientsDb, int>(db => db.Ties.Where(t => t.PatientId == child.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.ValidTo, new DateOnly(2021, 11, 14))));
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Open(address)).Status);
        Assert.DoesNotContain("Anna", (await citizen.Open("/ritiro/referti")).Text, StringComparison.Ordinal);
        Assert.Empty(await Looks(app, other.Id));
    }

    [Theory, OnEachEngine]
    public async Task She_sees_who_looked_at_her_data_in_which_role_and_why_and_her_look_is_in_the_audit(Engine engine)
    {
        await using var app = await Start(engine);
        var (hers, another) = (await Reported(app, await app.Person()), await Reported(app, await app.Person("Bianchi", "Anna", new(1970, 3, 3))));
        await app.Send(new PersonDetails(hers.Id), As.Gp(Gp));
        await app.Send(new PersonDetails(another.Id), As.Sisp(Asl));
        await app.Drain();
        var citizen = app.Browser();
        var list = await citizen.Identify("/ritiro", hers.FiscalCode!);
        var looks = await citizen.Open(list.Link("Chi ha guardato i suoi dati"));
        Assert.Equal("/ritiro/accessi", looks.Address);
        foreach (var words in new[] { "Medico di medicina generale", "Anagrafe", "Lettura", "Tamponi" })
            Assert.Contains(words, looks.Text, StringComparison.Ordinal);
        // Neither a name of whoever looked, nor an address, nor her own looks.
        foreach (var words in new[] { "Gp 990007", "203.0.113.7", "Chi la rappresenta", hers.FiscalCode!, another.Id.ToString() })
            Assert.DoesNotContain(words, looks.Page.Source.Text, StringComparison.Ordinal);
        await app.Drain();
        Assert.Equal($"citizen {hers.Id}", await app.Db<UserManagementDb, string>(db => db.AuditLines.Where(l => l.SubjectId == hers.Id && l.What == "referti.MyLooks").Select(l => l.Actor).SingleAsync()));
        citizen.Http.DefaultRequestHeaders.AcceptLanguage.Clear();
        citizen.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        Assert.Contains("Who has looked at your data", (await citizen.Open("/ritiro/accessi")).Text, StringComparison.Ordinal);
        Assert.Equal("/ritiro", (await app.Visitor().Open("/ritiro/accessi")).Address);
    }

    private async Task<PlatformApp> Start(Engine engine)
    {
        var app = await PlatformApp.Start(engine, Provider.Settings(one.Process.Address));
        app.Listen();
        await app.Fill();
        return app;
    }

    private static async Task<PatientSummary> Reported(PlatformApp app, PatientSummary person)
    {
        var sample = await app.Sample(person);
        await app.Take(Message("N-" + sample.Number, person, sample.Number), sample.Lab);
        return person;
    }

    private static Task<Patient> Row(PlatformApp app, Guid id) => app.Db<PatientsDb, Patient>(db => db.Patients.AsNoTracking().SingleAsync(p => p.Id == id));

    private static Task<MediatR.Unit> Tie(PlatformApp app, PatientSummary child, PatientSummary parent, DateOnly from, DateOnly? until) => app.Send(
        new NoteTie
        {
            Id = Guid.CreateVersion7(), PatientId = child.Id, ProxyCode = parent.FiscalCode, ProxyFamilyName = parent.FamilyName, Kind = ProxyKind.Parent,
            From = from, Until = until, Document = "CI CA12345AB",
        }, As.Sisp(Asl));

    /// <summary>Who looked at the person's reports as a citizen.</summary>
    private static async Task<List<string>> Looks(PlatformApp app, Guid person)
    {
        await app.Drain();
        return await app.Db<UserManagementDb, List<string>>(db => db.AuditLines
            .Where(l => l.SubjectId == person && (l.What == "referti.MyReports" || l.What == "referti.MyReport")).OrderBy(l => l.Sequence).Select(l => l.Actor).ToListAsync());
    }

    private static FormUrlEncodedContent Token(Screen screen)
    {
        var form = screen.Page.QuerySelector("main form")!;
        return new(form.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? "")));
    }
}
