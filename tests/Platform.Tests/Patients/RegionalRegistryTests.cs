using System.Net;
using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Facts;
using Platform.Patients.Registry;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class RegionalRegistryTests
{
    private static readonly string Code = Registry.Mario.FiscalCode!;

    private static object Mario(string residence = "001272", string? code = null, string? died = null, string[]? former = null) => new
    {
        fiscalCode = code ?? Code,
        familyName = "Rossi",
        givenName = "Mario",
        sex = "M",
        birthDate = "1980-03-12",
        birthPlace = "L219",
        residence,
        address = "Via Po 1",
        domicile = (string?)null,
        gpCode = Registry.Gp,
        diedOn = died,
        formerCodes = former ?? [],
    };

    [Fact]
    public async Task A_look_up_by_code_fills_in_the_registration()
    {
        await using var registry = await RegistryProcess.Start([Mario()], "--key", "segreta");
        await using var app = await Registry.Start(Engine.Sqlite, ("Patients:Registry:Address", registry.Address), ("Patients:Registry:Key", "segreta"));
        var sisp = await app.SignedIn(Registry.Sisp);
        var filled = await sisp.Submit(await sisp.Open("/patients/new"), "Cerca nel registro regionale", ("Codice fiscale, STP o ENI", Code.ToLowerInvariant()), ("E-mail", "mario@example.org"));
        Assert.Contains("Dati presi dal registro regionale", filled.Text, StringComparison.Ordinal);
        Assert.Equal(("Rossi", "Via Po 1", "mario@example.org"), (filled.ValueOf("Cognome"), filled.ValueOf("Indirizzo"), filled.ValueOf("E-mail")));
        var person = await sisp.Submit(filled, "Registra");
        Assert.Equal(HttpStatusCode.OK, person.Status);
        Assert.Contains("Rossi Mario", person.Text, StringComparison.Ordinal);

        var unknown = await sisp.Submit(await sisp.Open("/patients/new"), "Cerca nel registro regionale", ("Codice fiscale, STP o ENI", "STP0010011234567"));
        Assert.Contains("non conosce questo codice: si può registrare a mano", unknown.Text, StringComparison.Ordinal);
        var empty = await sisp.Submit(await sisp.Open("/patients/new"), "Cerca nel registro regionale");
        Assert.NotEmpty(empty.ErrorOf("Codice fiscale, STP o ENI"));
    }

    [Theory, OnEachEngine]
    public async Task Differences_are_taken_over_one_by_one_and_the_rest_follows(Engine engine)
    {
        await using var registry = await RegistryProcess.Start([Mario(residence: Registry.Moncalieri)]);
        await using var app = await Registry.Start(engine, ("Patients:Registry:Address", registry.Address));
        var id = await app.Send(Registry.Mario with { GivenName = "Maria Rosa", FiscalCode = null, Sex = Sex.Male, BirthDate = new(1980, 3, 12) }, Registry.Sisp);
        await app.Send(await IdentityTests.Change(app, id) with { FiscalCode = Code, GivenName = "Mario" }, Registry.Sisp);

        var found = await app.Send(new RegistryDifferences(id), Registry.Sisp);
        Assert.Equal([RegistryField.Residence, RegistryField.Address, RegistryField.Doctor], found.Differences.Select(d => d.Field));
        Assert.Equal((false, true), (found.Differences.Single(d => d.Field == RegistryField.Doctor).MayAccept, found.Differences[0].MayAccept));
        var accept = new AcceptFromRegistry { Id = id, Version = found.Version, Fields = [RegistryField.Residence, RegistryField.Doctor] };
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(accept, Registry.SispTo5))).Kind);
        await app.Send(accept, Registry.Sisp);
        var patient = await app.Patient(id);
        Assert.Equal((Registry.Moncalieri, "010205", null), (patient.ResidenceIstat, patient.AslCode, patient.Address));
        Assert.Equal([FactKind.Moved, FactKind.AslChanged, FactKind.FollowedRegistry], (await app.Facts(id)).Where(f => f is not FactKind.FiscalCodeGiven and not FactKind.DataCorrected).Order());
        Assert.Equal("changed-meanwhile", (await Assert.ThrowsAsync<Refusal>(() => app.Send(accept, Registry.SispTo5))).Code);
    }

    [Theory, OnEachEngine]
    public async Task A_new_code_and_a_death_come_from_the_registry(Engine engine)
    {
        var omocode = FiscalCode.Omocodie(Code)[0];
        await using var registry = await RegistryProcess.Start([Mario(code: omocode, died: "2021-11-10", former: [Code])]);
        await using var app = await Registry.Start(engine, ("Patients:Registry:Address", registry.Address));
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        await app.Send(new AcceptFromRegistry { Id = id, Fields = [RegistryField.FiscalCode, RegistryField.Death] }, Registry.Sisp);
        var patient = await app.Patient(id);
        Assert.Equal((omocode, new DateOnly(2021, 11, 10), null), (patient.FiscalCode, patient.DiedOn, patient.GpCode));
        Assert.Equal(id, Assert.Single(await app.Send(new PatientsByIdentity(Code, null, null, null))).Id);
        Assert.Equal(1, await app.Told<PatientDied>());
    }

    [Fact]
    public async Task A_registry_that_does_not_answer_is_left_alone_for_a_while_and_one_goes_on_by_hand()
    {
        await using var registry = await RegistryProcess.Start([Mario()]);
        await using var app = await Registry.Start(Engine.Sqlite, ("Patients:Registry:Address", registry.Address));
        Assert.Equal(LookUp.Found, await Outcome(app));
        await registry.Stop();
        var sisp = await app.SignedIn(Registry.Sisp);
        var form = await sisp.Submit(await sisp.Open("/patients/new"), "Cerca nel registro regionale", ("Codice fiscale, STP o ENI", Code));
        Assert.Contains("Il registro regionale non risponde: si può registrare a mano", form.Text, StringComparison.Ordinal);
        Assert.Equal(Code, form.ValueOf("Codice fiscale, STP o ENI"));
        for (var i = 1; i < HttpRegionalRegistry.FailuresInARow; i++)
            Assert.Equal(LookUp.Absent, await Outcome(app));

        // Nothing is asked any more, whoever answers at that address.
        var asked = app.Log.Count(l => l.Contains("regional registry", StringComparison.Ordinal));
        Assert.Equal(LookUp.Absent, await Outcome(app));
        Assert.Equal(asked, app.Log.Count(l => l.Contains("regional registry", StringComparison.Ordinal)));
        app.Clock.Advance(HttpRegionalRegistry.Rest);
        Assert.Equal(LookUp.Absent, await Outcome(app));
        Assert.Equal(asked + 1, app.Log.Count(l => l.Contains("regional registry", StringComparison.Ordinal)));
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        Assert.Equal("registry-absent", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new AcceptFromRegistry { Id = id, Fields = [RegistryField.Address] }, Registry.Sisp))).Code);
    }

    [Theory]
    [InlineData("--slow", "30")]
    [InlineData("--key", "another")]
    public async Task One_that_is_slow_or_refuses_is_absent(string option, string value)
    {
        await using var registry = await RegistryProcess.Start([Mario()], option, value);
        await using var app = await Registry.Start(Engine.Sqlite, ("Patients:Registry:Address", registry.Address), ("Patients:Registry:TimeoutSeconds", "0.3"));
        Assert.Equal(LookUp.Absent, await Outcome(app));
    }

    [Fact]
    public async Task Where_none_is_configured_nothing_of_it_is_shown()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var sisp = await app.SignedIn(Registry.Sisp);
        Assert.False((await sisp.Open("/patients/new")).HasButton("Cerca nel registro regionale"));
        Assert.DoesNotContain("registro regionale", (await sisp.Open($"/patients/{id}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await sisp.Open($"/patients/{id}/registry")).Status);
    }

    private static async Task<LookUp> Outcome(PlatformApp app) => (await app.Send(new LookUpPerson(Code), Registry.Sisp)).Outcome;
}
