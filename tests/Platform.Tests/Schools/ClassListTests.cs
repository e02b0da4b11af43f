using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Schools;
using Platform.Schools.People;
using Platform.Schools.Register;
using Platform.Tests.Harness;
using Platform.Tests.Testing;
using Platform.UserManagement;
using static Platform.Tests.Schools.SchoolsApp;

namespace Platform.Tests.Schools;

public sealed class ClassListTests
{
    private const string Header = "Cognome;Nome;Codice fiscale;Ruolo;Classe";

    [Theory]
    [InlineData("2B", "2B")]
    [InlineData("2ª B", "2B")]
    [InlineData("2^b", "2B")]
    [InlineData("II B", "2B")]
    [InlineData("Classe 2 sez. B", "2B")]
    [InlineData("1AGIN", "1AGIN")]
    public void A_class_is_written_in_many_ways(string text, string key) => Assert.Equal(key, ListedPerson.ClassKey(text));

    [Theory, OnEachEngine]
    public async Task A_list_with_columns_of_its_own_is_matched_once_and_remembered_for_the_school(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var pupil = await app.Person("Gallo", "Ada");
        var visitor = await app.SignedIn(Referent);
        var file = Encoding.UTF8.GetBytes($"Alunna o alunno;Chiamata;Tessera;Gruppo;Merenda\nGallo;Ada;{pupil.FiscalCode};2A;frutta\n");
        var match = await visitor.Submit((await visitor.Open("/schools/lists")).Attach("Form.File", "elenco.csv", file), "Continua", ("Scuola", Primary));
        Assert.Contains("Che cosa c’è in ogni colonna?", match.Text, StringComparison.Ordinal);
        Assert.Contains("frutta", match.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Submit(match, "Abbina le colonne", ("La colonna Alunna o alunno è", "Cognome"))).Status);
        var plan = await visitor.Submit(match, "Abbina le colonne", ("La colonna Alunna o alunno è", "Cognome"), ("La colonna Chiamata è", "Nome"), ("La colonna Tessera è", "Codice fiscale"), ("La colonna Gruppo è", "Classe, con la sezione"));
        Assert.Contains("Che cosa cambierebbe", plan.Text, StringComparison.Ordinal);
        Assert.Equal("2021-09-01", plan.ValueOf("Vale dal"));
        var done = await visitor.Submit(plan, "Registra");
        Assert.Contains("Nuovi: 1,", done.Text, StringComparison.Ordinal);
        Assert.Equal($"/schools/register/{Primary}", done.Address);

        var again = await visitor.Submit((await visitor.Open("/schools/lists")).Attach("Form.File", "elenco.csv", file), "Continua", ("Scuola", Primary));
        Assert.Contains("Questo elenco non cambia nulla.", again.Text, StringComparison.Ordinal);
        var of = await visitor.Open($"/schools/classes/{(await app.ClassOf(Primary, "2A")).Id}");
        Assert.Contains("Gallo Ada", of.Text, StringComparison.Ordinal);
        // What is in is kept once; who looked at the pupils stands in the audit.
        Assert.Equal(["", null], (await app.Db<SchoolsDb, List<ClassList>>(db => db.ClassLists.OrderBy(l => l.ReceivedAt).ThenBy(l => l.AppliedAt == null).ToListAsync())).Select(l => l.AppliedAt is null ? null : l.Payload));
        await app.Drain();
        Assert.True(await app.Db<UserManagementDb, bool>(db => db.AuditLines.AnyAsync(l => l.SubjectId == pupil.Id && l.What.EndsWith("ClassDetails"))));
        Assert.DoesNotContain(app.Log, l => l.Contains("Gallo", StringComparison.OrdinalIgnoreCase) || l.Contains(pupil.FiscalCode!, StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task Repeated_lists_change_what_changed_move_pupils_and_end_who_left_when_that_is_said(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var (of, pupils, teachers) = await app.Filled(3);
        Assert.Equal(3, await app.Db<SchoolsDb, int>(db => db.Links.CountAsync(l => l.ClassId == of.Id && l.Part == SchoolPart.Pupil)));
        Assert.Equal(2, await app.Db<SchoolsDb, int>(db => db.Links.CountAsync(l => l.PatientId == teachers[0].Id && l.Until == null)));
        app.Clock.Advance(TimeSpan.FromDays(1));

        // One stays, one is new, one goes to the other class, one is not there any more: only what changed is written.
        var added = await app.Person("Nuova", "Bimba");
        string[] rows = [Header, Row(pupils[0], "2A"), Row(added, "2 A"), Row(pupils[1], "II B")];
        var list = await app.HandIn(Referent, Primary, rows);
        var plan = (await app.Send(new OneList(list), Referent)).Plan;
        Assert.Equal((1, 1, 1), (plan.Count(LineFate.Unchanged), plan.Count(LineFate.Added), plan.Count(LineFate.Moved)));
        Assert.Equal(pupils[2].Id, Assert.Single(plan.Leaving).PatientId);
        var asked = await app.Send(new ApplyList { Id = list, From = new(2021, 11, 16) }, Referent);
        Assert.Equal((1, 1, 0, 1, 0), (asked.Added, asked.Moved, asked.Ended, asked.Unchanged, asked.Open));
        Assert.Null((await Live(app, pupils[2])).Single().Until);
        var moved = await app.Db<SchoolsDb, List<SchoolLink>>(db => db.Links.Where(l => l.PatientId == pupils[1].Id).OrderBy(l => l.From).ToListAsync());
        Assert.Equal([new DateOnly(2021, 11, 15), null], moved.Select(l => l.Until));

        var second = await app.HandIn(Referent, Primary, rows);
        Assert.Equal(1, (await app.Send(new ApplyList { Id = second, From = new(2021, 11, 16), EndMissing = true }, Referent)).Ended);
        Assert.Empty(await Live(app, pupils[2]));
        // The teachers' rows were not of this list: nobody takes them for gone.
        Assert.Equal(2, (await Live(app, teachers[0])).Count);

        // A pupil who goes to another school leaves this one.
        var lower = await app.HandIn(Referent, Lower, Header, Row(pupils[0], "1A"));
        Assert.Equal(1, (await app.Send(new ApplyList { Id = lower, From = new(2021, 11, 16) }, Referent)).Moved);
        Assert.Equal(Lower, (await Live(app, pupils[0])).Single().SchoolCode);
    }

    [Theory, OnEachEngine]
    public async Task People_without_a_code_two_alike_anothers_code_and_unknown_classes_each_have_their_answer(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var known = await app.Person("Senzacodice", "Ivo");
        var (one, two) = (await Twin(app, "A944"), await Twin(app, "F205"));
        var other = await app.Person("Altrui", "Eva");
        var code = FiscalCode.Compute("Nuovo", "Pio", Sex.Male, new(2013, 5, 5), "L219");
        var list = await app.HandIn(Referent, Institute,
            "Cognome;Nome;Codice fiscale;Data di nascita;Sesso;Comune di residenza;Classe;Codice plesso",
            $"Senzacodice;Ivo;;{known.BirthDate:dd/MM/yyyy};;;2A;{Primary}",
            $"Gemella;Zoe;;12/03/1960;;;2A;{Primary}",
            $"Sbagliata;Eva;{other.FiscalCode};;;;2A;{Primary}",
            $"Nuovo;Pio;{code};;;Torino;2A;{Primary}",
            $"Ignoto;Leo;;01/02/2013;M;;2A;{Primary}",
            $"Altrui;Eva;{other.FiscalCode};;;;5Z;{Primary}",
            $"Altrui;Eva;{other.FiscalCode};;;;2A;TOEE99999X",
            $"Altrui;Eva;{other.FiscalCode};30/02/2013;;;2A;{Primary}",
            "Altrui;Eva;;;;;2A;",
            $"Altrui;Eva;{other.FiscalCode};;;;2A;",
            $"Altrui;Eva;{other.FiscalCode};;;;2B;{Primary}",
            $"Altrui;Eva;{other.FiscalCode};;;;2A;{Primary}");
        var plan = (await app.Send(new OneList(list), Referent)).Plan;
        Assert.Equal(
            [LineFate.Added, LineFate.Choose, LineFate.Refused, LineFate.Entered, LineFate.Refused, LineFate.Refused, LineFate.Refused, LineFate.Refused, LineFate.Refused, LineFate.Refused, LineFate.Added, LineFate.Refused],
            plan.Lines.Select(l => l.Fate));
        Assert.Equal(
            [
                "Questo codice fiscale è di un’altra persona: lo ricontrolli.", "Non è in anagrafe: per registrarla serve il comune di residenza.", "La classe {0} non c’è: la aggiunga alla scuola, o corregga la riga.",
                "Nessun plesso di questa scuola ha il codice {0}.", "La data va scritta come 30/11/2010.", "Serve il codice fiscale o, se non c’è, la data di nascita.",
                "Più plessi hanno una {0}: aggiunga la colonna con il codice del plesso.", "Questa persona è già alla riga {0}.",
            ],
            plan.Lines.Where(l => l.Fate == LineFate.Refused).Select(l => l.Reason));
        Assert.Equal([one.Id, two.Id], plan.Lines[1].Candidates.Select(c => c.PatientId).Order());

        var done = await app.Send(new ApplyList { Id = list, From = new(2021, 9, 1), Choices = new() { [3] = two.Id } }, Referent);
        Assert.Equal((4, 8), (done.Added, done.Open));
        Assert.Equal("2A", (await app.ClassOf(Primary, "2A")).Name);
        Assert.Single(await Live(app, two));
        Assert.Empty(await Live(app, one));
        var entered = Assert.Single(await app.Send(new PatientsByIdentity(code, null, null, null)));
        Assert.Single(await Live(app, entered));
        // The rows that were not taken stay, to be looked at; nothing else of the file does.
        Assert.Equal(8, (await app.Send(new OneList(list), Referent)).Lines.Count);
        Assert.Empty((await app.Send(new OneList(list), Referent)).Plan.Leaving);
    }

    [Theory, OnEachEngine]
    public async Task Staff_belongs_to_a_school_to_a_class_or_to_several_and_leaves(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var caretaker = await app.Person("Bidello", "Ugo");
        var visitor = await app.SignedIn(As.School(Primary));
        var page = await visitor.Open($"/schools/register/{Primary}/people");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Submit(page, "Aggiungi", ("Codice fiscale", caretaker.FiscalCode!), ("Cognome", "Altro"))).Status);
        var added = await visitor.Submit(page, "Aggiungi", ("Ruolo", "Staff"), ("Codice fiscale", caretaker.FiscalCode!.ToLowerInvariant()), ("Cognome", "bidello"));
        Assert.Contains("Bidello", added.Text, StringComparison.Ordinal);
        var link = (await Live(app, caretaker)).Single();
        Assert.Equal((SchoolPart.Staff, null, Primary, Institute), (link.Part, link.ClassId, link.SchoolCode, link.InstituteCode));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new EndLink(link.Id), As.School(Lower)))).Kind);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Submit(added, "Esce")).Status);
        Assert.Empty(await Live(app, caretaker));

        var of = await app.ClassOf(Primary, "2A");
        await app.Send(new CloseClass(of.Id), Referent);
        Assert.Equal("class-closed", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new AddToSchool
        {
            Id = Guid.CreateVersion7(), SchoolCode = Primary, ClassId = of.Id, Part = SchoolPart.Pupil, FiscalCode = caretaker.FiscalCode, FamilyName = "Bidello", From = new(2021, 11, 15),
        }, Referent))).Code);
        var list = await app.HandIn(Referent, Primary, Header, Row(caretaker, "2A"));
        Assert.Equal("La classe {0} è chiusa.", (await app.Send(new OneList(list), Referent)).Plan.Lines.Single().Reason);
    }

    [Theory, OnEachEngine]
    public async Task Others_see_neither_lists_nor_classes_and_what_is_over_is_forgotten(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var (of, pupils, _) = await app.Filled(1);
        var open = await app.HandIn(Referent, Primary, Header, "Rossi;Mario;RSSMRA80A01L219M;alunno;9Z");
        foreach (var who in new[] { As.School("TOIC99001A"), As.Sisp("010203") })
        {
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ClassDetails(of.Id), who))).Kind);
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new OneList(open), who))).Kind);
            Assert.Equal("no-such-school", (await Assert.ThrowsAsync<Refusal>(() => app.HandIn(who, Primary, Header, "a;b;;;2A"))).Code);
        }

        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ClassDetails(of.Id), As.Administrator()))).Kind);
        await app.Send(new CloseClass(of.Id), Office);
        var later = app.Clock.Now.UtcDateTime.AddDays(800);
        await using var scope = app.Scope();
        foreach (var what in scope.ServiceProvider.GetServices<IForgets>().Where(f => f.GetType().Assembly == typeof(SchoolsModule).Assembly && f.What is Retention.Schools or Retention.RefusedRows))
            await what.Forget(later, default);
        Assert.Equal(0, await app.Db<SchoolsDb, int>(db => db.Links.CountAsync(l => l.PatientId == pupils[0].Id)));
        Assert.Equal(0, await app.Db<SchoolsDb, int>(db => db.ClassLists.CountAsync()));
    }

    private static Task<List<SchoolLink>> Live(PlatformApp app, PatientSummary who) => app.Db<SchoolsDb, List<SchoolLink>>(db => db.Links.Where(l => l.PatientId == who.Id && l.Until == null).ToListAsync());

    // The same name and day, born in another town.
    private static async Task<PatientSummary> Twin(PlatformApp app, string place)
    {
        var id = await app.Send(new Platform.Patients.People.RegisterPerson
        {
            Id = Guid.CreateVersion7(app.Clock.Now), FamilyName = "Gemella", GivenName = "Zoe", Residence = "001272", FiscalCode = FiscalCode.Compute("Gemella", "Zoe", Sex.Female, new(1960, 3, 12), place), SomebodyElse = true,
        }, As.Gp(TestingApp.Gp));
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await app.Send(new PatientById(id)))!;
    }
}
