using System.Net;
using FluentValidation;
using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.People;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class RegisterPersonTests
{
    [Theory, OnEachEngine]
    public async Task Birth_data_left_empty_are_read_from_the_codice_fiscale_and_the_ASL_from_the_residence(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario with { Residence = "Torino", Email = "mario@example.org" }, Registry.Sisp);
        var patient = await app.Patient(id);
        Assert.Equal((Sex.Male, new DateOnly(1980, 3, 12), "L219"), (patient.Sex, patient.BirthDate, patient.BirthPlaceCode));
        Assert.Equal(("001272", "010301"), (patient.ResidenceIstat, patient.AslCode));
        Assert.Null(patient.GpCode);
        Assert.Equal(1, await app.Told<PatientRegistered>());
    }

    [Theory, OnEachEngine]
    public async Task A_doctor_takes_whom_she_registers_into_her_own_list(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var patient = await app.Patient(await app.Send(Registry.Mario with { Residence = Registry.Moncalieri, DoctorCode = Registry.OtherGp }, As.Gp(Registry.Gp)));
        Assert.Equal((Registry.Gp, "010205"), (patient.GpCode, patient.AslCode));
        Assert.Equal(new DateOnly(2021, 11, 15), Assert.Single(patient.Assignments).ValidFrom);
    }

    [Theory, OnEachEngine]
    public async Task The_same_form_twice_registers_once(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var form = Registry.Mario;
        Assert.Equal(await app.Send(form, Registry.Sisp), await app.Send(form, Registry.Sisp));
        Assert.Equal(1, await app.Count());
    }

    [Theory, OnEachEngine]
    public async Task A_codice_fiscale_that_is_known_is_refused_whoever_may_see_it(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        await app.Send(Registry.Mario, Registry.Sisp);
        foreach (var who in new[] { Registry.Sisp, As.Gp(Registry.GpOfMoncalieri) })
            Assert.Equal("already-registered", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Registry.Mario, who))).Code);
    }

    [Theory, OnEachEngine]
    public async Task Two_who_register_the_same_person_at_once_make_one_of_her(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Record.ExceptionAsync(() => app.Send(Registry.Mario, Registry.Sisp)).AsTask()));
        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<Exception>(), o => Assert.Equal("already-registered", Assert.IsType<Refusal>(o).Code));
        Assert.Equal(1, await app.Count());
    }

    [Theory, OnEachEngine]
    public async Task What_disagrees_with_the_codice_fiscale_is_told_part_by_part(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var wrong = await Assert.ThrowsAsync<ValidationException>(() => app.Send(Registry.Mario with
        {
            FamilyName = "Verdi",
            Sex = Sex.Female,
            BirthDate = new(1981, 3, 12),
            BirthPlace = "Milano",
        }, Registry.Sisp));
        Assert.Equal(["FamilyName", "Sex", "BirthDate", "BirthPlace"], wrong.Errors.Select(e => e.PropertyName));
        Assert.Contains("12/03/1980", wrong.Errors.Single(e => e.PropertyName == "BirthDate").ErrorMessage, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task An_ASL_registers_its_own_residents(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        Assert.Equal("resident-elsewhere", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Registry.Mario with { Residence = "Moncalieri" }, Registry.Sisp))).Code);
        await app.Send(Registry.Mario with { Residence = "Moncalieri" }, Registry.SispTo5);
    }

    [Theory, OnEachEngine]
    public async Task Without_a_codice_fiscale_a_namesake_must_be_confirmed_to_be_somebody_else(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        await app.Send(Registry.Mario, Registry.Sisp);
        var form = new RegisterPerson
        {
            Id = Guid.CreateVersion7(), FamilyName = "ROSSI", GivenName = "mario", Sex = Sex.Male, BirthDate = new(1980, 3, 12), Residence = "Torino",
        };
        Assert.Equal("same-name", (await Assert.ThrowsAsync<Refusal>(() => app.Send(form, Registry.Sisp))).Code);
        await app.Send(form with { SomebodyElse = true }, Registry.Sisp);
        await app.Send(form with { Id = Guid.CreateVersion7(), SomebodyElse = true }, Registry.Sisp);
        Assert.Equal(3, await app.Count());
    }

    [Fact]
    public async Task The_screen_says_beside_the_field_why_the_codice_fiscale_is_none()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var sisp = await app.SignedIn(Registry.Sisp);
        var screen = await sisp.Submit(await sisp.Open("/patients/new"), "Registra",
            ("Codice fiscale, STP o ENI", "RSSMRA80C12L219A"), ("Cognome", "Rossi"), ("Nome", "Mario"), ("Comune di residenza", "Torino (TO)"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, screen.Status);
        Assert.Contains("carattere di controllo", screen.ErrorOf("Codice fiscale, STP o ENI"), StringComparison.Ordinal);
        Assert.Equal("Rossi", screen.ValueOf("Cognome"));
    }

    [Fact]
    public async Task The_screen_registers_shows_the_person_and_links_to_her_when_she_is_known_and_visible()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var code = Registry.Mario.FiscalCode!;
        var sisp = await app.SignedIn(Registry.Sisp);
        (string, string)[] fields = [("Codice fiscale, STP o ENI", code.ToLowerInvariant()), ("Cognome", "Rossi"), ("Nome", "Mario"), ("Comune di residenza", "Torino (TO)")];
        var person = await sisp.Submit(await sisp.Open("/patients/new"), "Registra", fields);
        Assert.Equal(HttpStatusCode.OK, person.Status);
        Assert.Contains("Rossi Mario", person.Text, StringComparison.Ordinal);
        Assert.Contains("Torino (TO)", person.Text, StringComparison.Ordinal);

        var again = await sisp.Submit(await sisp.Open("/patients/new"), "Registra", fields);
        Assert.Contains("già registrata", again.Text, StringComparison.Ordinal);
        Assert.Equal(person.Address, again.Link("Rossi Mario"));

        var gp = await app.SignedIn(As.Gp(Registry.Gp));
        var unseen = await gp.Submit(await gp.Open("/patients/new"), "Registra", fields);
        Assert.Contains("già registrata", unseen.Text, StringComparison.Ordinal);
        Assert.Contains("il suo profilo non può vedere", unseen.Text, StringComparison.Ordinal);
    }
}
