using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Schools;
using Platform.Schools.Register;
using Platform.Tests.Harness;
using Platform.UserManagement;
using Platform.UserManagement.Accounts;
using static Platform.Tests.Schools.SchoolsApp;

namespace Platform.Tests.Schools;

public sealed class SchoolRegisterTests
{
    [Theory]
    [InlineData("TOEE81501A", true)]
    [InlineData("TO1A24700R", true)]
    [InlineData("TOAA8A102Q", true)]
    [InlineData("toee81501a", false)]
    [InlineData("TOEE8150", false)]
    [InlineData("1OEE81501A", false)]
    public void Every_form_of_a_schools_code_that_exists_is_one(string code, bool one) => Assert.Equal(one, SchoolCode.IsOne(code));

    [Theory]
    [InlineData("SCUOLA INFANZIA NON STATALE", "TO1ASM5007", "Nursery")]
    [InlineData("SCUOLA PRIMARIA", "TOEE81501A", "Primary")]
    [InlineData("SCUOLA SEC. PRIMO GRADO NON STATALE", "TO1M00500X", "LowerSecondary")]
    [InlineData("SCUOLA SEC. SECONDO GRADO NON STATALE", "TOPS00500X", "UpperSecondary")]
    [InlineData("IST PROF PER I SERVIZI COMMERCIALI", "TORC00500X", "UpperSecondary")]
    [InlineData("ISTITUTO COMPRENSIVO", "TOIC81500R", "Seat")]
    [InlineData("CENTRO TERRITORIALE", "TOMM31300A", "Seat")]
    [InlineData(null, "TOAA8A102Q", "Nursery")]
    [InlineData("", "TOTF0100R1", "UpperSecondary")]
    [InlineData(null, "TOXX0100R1", null)]
    public void The_level_is_told_by_the_description_or_by_the_codes_type(string? description, string code, string? level) => Assert.Equal(level, SchoolLevels.Of(description, code)?.ToString());

    [Theory]
    [InlineData("202122", 2021)]
    [InlineData("2021/22", 2021)]
    [InlineData("2021-2022", 2021)]
    [InlineData("202123", null)]
    [InlineData("2021", null)]
    public void A_school_year_is_written_in_some_ways(string text, int? year) => Assert.Equal(year, SchoolsImport.YearOf(text));

    [Theory, OnEachEngine]
    public async Task The_ministrys_rows_are_taken_wrong_ones_are_told_and_the_same_file_changes_nothing(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        string[] file =
        [
            .. Register(),
            State("TOEE8150", "SCUOLA PRIMARIA"), State("TOEE81502B", "SCUOLA PRIMARIA", town: "X999"), State("TOXX81502B", "ALTRO"), State("TOEE81503C", "SCUOLA PRIMARIA", year: 202124),
            State("RMEE81503C", "SCUOLA PRIMARIA").Replace("PIEMONTE", "LAZIO", StringComparison.Ordinal),
        ];
        var first = await app.Bring<SchoolsImport>(file);
        Assert.Equal([4, 0, 0, 1], first.Counts);
        Assert.Equal(["6 CODICESCUOLA", "7 CODICECOMUNESCUOLA", "8 DESCRIZIONETIPOLOGIAGRADOISTRUZIONESCUOLA", "9 ANNOSCOLASTICO"], first.Faults.Select(f => $"{f.Line} {f.Column}"));
        Assert.Equal([0, 0, 4, 1], (await app.Bring<SchoolsImport>(file)).Counts);
        var primary = await app.Db<SchoolsDb, School>(db => db.Schools.SingleAsync(s => s.Code == Primary));
        Assert.Equal((SchoolLevel.Primary, Institute, "001272", "010301", 2021, false, "prova@example.org"), (primary.Level, primary.InstituteCode, primary.MunicipalityIstat, primary.AslCode, primary.Year, primary.Private, primary.Email));
        Assert.Null((await app.Db<SchoolsDb, School>(db => db.Schools.SingleAsync(s => s.Code == Institute))).InstituteCode);

        // Paritarie, as a program of some years ago writes them.
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes($"{PrivateHeader}\n202122,NORD OVEST,PIEMONTE,TORINO,{Private},SCUOLA DELLA LIBERTÀ,VIA NICOLÒ 3,10100,L219,TORINO,SCUOLA PRIMARIA NON STATALE,,,Non Disponibile\n");
        Assert.Equal([1, 0, 0, 0], (await app.Bring<SchoolsImport>(windows)).Counts);
        var paritaria = await app.Db<SchoolsDb, School>(db => db.Schools.SingleAsync(s => s.Code == Private));
        Assert.Equal(("SCUOLA DELLA LIBERTÀ", "VIA NICOLÒ 3", true, null), (paritaria.Name, paritaria.Address, paritaria.Private, paritaria.Email));
    }

    [Theory, OnEachEngine]
    public async Task Two_courses_may_have_a_class_of_the_same_name_and_classes_of_unknown_closed_and_seat_schools_are_told(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        await app.Bring<SchoolsImport>(Register());
        string[] file =
        [
            ClassHeader, $"{Primary},EE,1,A,27 ORE", $"{Primary},EE,1,A,40 ORE", $"{Primary},EE,1,A,40 ORE", $"{Primary},EE,9,A,", $"{Institute},EE,1,A,", "TOEE99999X,EE,1,A,", $"{Lower},MM,1,,",
        ];
        var first = await app.Bring<ClassesImport>(file);
        Assert.Equal([2, 0, 1], first.Counts);
        Assert.Equal(["5 ANNOCORSO", "6 CODICESCUOLA", "7 CODICESCUOLA", "8 SEZIONEANNO"], first.Faults.Select(f => $"{f.Line} {f.Column}"));
        Assert.Equal([0, 0, 3], (await app.Bring<ClassesImport>(file)).Counts);
        await app.Send(new CloseSchools { Codes = [Primary] }, As.Administrator());
        var closed = await app.Bring<ClassesImport>(ClassHeader, $"{Primary},EE,1,B,27 ORE");
        Assert.Equal(("CODICESCUOLA", "La scuola è chiusa dal {0}."), (closed.Faults.Single().Column, closed.Faults.Single().Reason));
    }

    [Theory, OnEachEngine]
    public async Task A_school_that_a_newer_register_does_not_name_is_closed_by_a_choice_alone_and_opens_when_it_is_named_again(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        await app.Bring<SchoolsImport>($"{PrivateHeader}\n202122,NORD OVEST,PIEMONTE,TORINO,{Private},PARITARIA,VIA ROMA 3,10100,L219,TORINO,SCUOLA PRIMARIA NON STATALE,,,");
        var (_, pupils, _) = await app.Filled(2, Lower, "1A", "2A");
        string[] next = [.. Register(202223).Where(l => !l.Contains(Lower, StringComparison.Ordinal))];
        Assert.Equal([0, 3, 0, 0], (await app.Bring<SchoolsImport>(next)).Counts);
        // The paritaria is of another file: it is not missing.
        var missing = await app.Send(new MissingSchools(), As.Administrator());
        Assert.Equal(Lower, Assert.Single(missing.Schools).Code);
        Assert.False(await app.Db<SchoolsDb, bool>(db => db.Schools.AnyAsync(s => s.ClosedOn != null)));

        Assert.Equal(1, await app.Send(new CloseSchools { Codes = [Lower] }, As.Administrator()));
        Assert.Equal(new DateOnly(2021, 11, 15), (await app.ClassOf(Lower, "1A")).ClosedOn);
        Assert.False(await app.Db<SchoolsDb, bool>(db => db.Links.AnyAsync(l => l.PatientId == pupils[0].Id && l.Until == null)));
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CloseSchools { Codes = [Primary] }, Office))).Kind);
        // An older year's register takes nothing back; a newer one opens the school again.
        Assert.Equal([0, 0, 4, 0], (await app.Bring<SchoolsImport>(Register(202021))).Counts);
        Assert.NotNull((await app.Db<SchoolsDb, School>(db => db.Schools.SingleAsync(s => s.Code == Lower))).ClosedOn);
        await app.Bring<SchoolsImport>(Register(202223));
        Assert.Null((await app.Db<SchoolsDb, School>(db => db.Schools.SingleAsync(s => s.Code == Lower))).ClosedOn);
    }

    [Theory, OnEachEngine]
    public async Task Classes_and_people_follow_a_school_to_another_institute(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        var (of, _, _) = await app.Filled(2);
        await app.Bring<SchoolsImport>(StateHeader, State(Primary, "SCUOLA PRIMARIA", institute: "TOIC99900X"));
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new Platform.Schools.People.ClassDetails(of.Id), Referent))).Kind);
        Assert.Equal(4, (await app.Send(new Platform.Schools.People.ClassDetails(of.Id), As.School("TOIC99900X"))).People.Count);
    }

    [Theory, OnEachEngine]
    public async Task A_file_is_handed_in_on_a_page_and_the_school_is_found_and_shown(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var admin = await app.SignedIn(As.Administrator());
        var form = (await admin.Open("/schools/import")).Attach("Form.File", "scuole.csv", Encoding.UTF8.GetBytes(string.Join('\n', [.. Register(), State("TOEE8150", "SCUOLA PRIMARIA")])));
        var sent = await admin.Submit(form, "Importa");
        await app.Drain();
        var progress = await admin.Open(sent.Address);
        Assert.Contains("Importazione finita: 5 righe", progress.Text, StringComparison.Ordinal);
        Assert.Contains("Il codice meccanografico ha due lettere", progress.Text, StringComparison.Ordinal);
        var list = await admin.Open("/schools?Text=toee815&Level=Primary&Municipality=torino");
        Assert.Equal($"/schools/register/{Primary}", list.Link(Primary));
        Assert.DoesNotContain(Lower, list.Text, StringComparison.Ordinal);

        var office = await app.SignedIn(Office);
        var page = await office.Open($"/schools/register/{Nursery}");
        Assert.Contains("Infanzia", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await office.Submit(page, "Aggiungi", ("Anno di corso", "4"), ("Sezione", "a"))).Status);
        var added = await office.Submit(page, "Aggiungi", ("Anno di corso", "2"), ("Sezione", "a"));
        Assert.Contains("2A", added.Text, StringComparison.Ordinal);
        var elsewhere = await app.SignedIn(As.Sisp("010203"));
        Assert.Equal(HttpStatusCode.NotFound, (await elsewhere.Open($"/schools/register/{Nursery}")).Status);
        Assert.Contains("Nessuna scuola", (await elsewhere.Open("/schools")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_referent_gets_an_account_for_a_school_of_the_register_by_its_code(Engine engine)
    {
        await using var app = await SchoolsApp.Start(engine);
        AddAccount New(string school, string name) => new() { Id = Guid.CreateVersion7(), UserName = name, DisplayName = name, Email = $"{name}@example.org", Role = Role.School, School = school };
        var account = await app.Send(New(Primary.ToLowerInvariant(), "referente"), As.Administrator());
        var row = await app.Db<UserManagementDb, AssignmentRow>(db => db.Assignments.SingleAsync(r => r.AccountId == account.AccountId));
        Assert.Equal((ScopeKind.School, Primary), (row.ScopeKind, row.ScopeCode));
        Assert.Equal($"SCUOLA {Primary}", app.Services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider.GetRequiredService<ScopeNames>().Of(new Scope(ScopeKind.School, Primary)));
        var wrong = await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(New("TOEE99999X", "altra"), As.Administrator()));
        Assert.Contains(wrong.Errors, e => e.PropertyName == "School");

        // Thousands of schools are no list to choose from.
        var admin = await app.SignedIn(As.Administrator());
        var form = await admin.Open($"/users/new?school={Primary}");
        Assert.Equal(Primary, form.ValueOf("Oppure la scuola"));
        Assert.DoesNotContain(form.Page.QuerySelectorAll("select option"), o => o.GetAttribute("value") == $"School:{Primary}");

        var file = "user_name,display_name,email,role,scope\nanna,Anna Verdi,anna@example.org,school," + Lower;
        await admin.Submit((await admin.Open("/users/import")).Attach("Form.File", "utenti.csv", Encoding.UTF8.GetBytes(file)), "Importa");
        await app.Drain();
        Assert.True(await app.Db<UserManagementDb, bool>(db => db.Assignments.AnyAsync(r => r.ScopeCode == Lower && r.Role == Role.School)));
    }

    [Fact]
    public async Task The_demonstration_has_institutes_with_full_classes_and_again_nothing_is_added()
    {
        await using var app = await Testing.TestingApp.Start(Engine.Sqlite);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await using var scope = app.Scope();
            await scope.ServiceProvider.GetServices<Platform.BuildingBlocks.IDemoSeed>().Single(s => s.Title == "Schools").Seed(new Progress<string>(), default);
        }

        Assert.Equal(52, await app.Db<SchoolsDb, int>(db => db.Schools.CountAsync()));
        var code = app.Region.Facilities.First(f => f.Kind == FacilityKind.School && f.Asl == "010301").Code;
        Assert.Equal(20, await app.Db<SchoolsDb, int>(db => db.Links.CountAsync(l => l.InstituteCode == code && db.Classes.Any(c => c.Id == l.ClassId && c.Grade == 2 && c.Section == "A" && c.Level == SchoolLevel.Primary) && l.Part == Platform.Schools.People.SchoolPart.Pupil)));
        Assert.All(await app.Db<SchoolsDb, List<Platform.Schools.People.ClassList>>(db => db.ClassLists.ToListAsync()), l => Assert.True(l.Payload.Length == 0 && l.AppliedAt is not null, l.Payload));
    }
}
