using System.Net;
using FluentValidation;
using Platform.BuildingBlocks.Failures;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Facts;
using Platform.Patients.Identities;
using Platform.Patients.People;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class IdentityTests
{
    private const string Stp = "STP0010011234567";

    private static RegisterPerson Foreigner => new()
    {
        Id = Guid.CreateVersion7(), FiscalCode = Stp, IssuedOn = new(2021, 10, 1), FamilyName = "El Amrani", GivenName = "Youssef",
        Sex = Sex.Male, BirthDate = new(1995, 2, 6), Residence = "Torino",
    };

    [Theory]
    [InlineData("STP0010011234567", IdentityKind.Stp)]
    [InlineData(" eni 001001 1234567", IdentityKind.Eni)]
    [InlineData("PRV0000000000001", IdentityKind.Provisional)]
    [InlineData("00743110157", IdentityKind.NumericCode)]
    [InlineData("RSSMRA80C12L219M", IdentityKind.FiscalCode)]
    [InlineData("STP00100112345", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_code_is_told_by_its_shape(string? text, IdentityKind? kind) => Assert.Equal(kind, PersonCode.KindOf(text));

    [Theory, OnEachEngine]
    public async Task An_STP_is_valid_for_half_a_year_and_is_renewed(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Foreigner, Registry.Sisp);
        var identity = Assert.Single((await app.Patient(id)).Identities);
        Assert.Equal((IdentityKind.Stp, Stp, new DateOnly(2022, 3, 31)), (identity.Kind, identity.Value, identity.ValidTo));

        await app.Send(await Change(app, id) with { FiscalCode = Stp, IssuedOn = new(2021, 11, 10) }, Registry.Sisp);
        Assert.Equal(new DateOnly(2022, 5, 9), Assert.Single((await app.Patient(id)).Identities).ValidTo);
        Assert.Equal("already-registered", (await Assert.ThrowsAsync<Refusal>(() =>
            app.Send(Foreigner with { Id = Guid.CreateVersion7(), FamilyName = "Altro", SomebodyElse = true }, Registry.Sisp))).Code);
    }

    [Theory, OnEachEngine]
    public async Task The_true_code_ends_what_stood_for_it_and_every_code_still_finds_her(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Foreigner, Registry.Sisp);
        var code = FiscalCode.Compute("El Amrani", "Youssef", Sex.Male, new(1995, 2, 6), "Z330");
        await app.Send(await Change(app, id) with { FiscalCode = code }, Registry.Sisp);

        var patient = await app.Patient(id);
        Assert.Equal((code, "Z330"), (patient.FiscalCode, patient.BirthPlaceCode));
        Assert.Equal(new DateOnly(2021, 11, 15), Assert.Single(patient.Identities).ValidTo);
        foreach (var one in new[] { code, Stp, Stp.ToLowerInvariant() })
        {
            Assert.Equal(id, Assert.Single(await app.Send(new PatientsByIdentity(one, null, null, null))).Id);
            Assert.Equal(id, Assert.Single((await app.Send(new SearchPeople { Text = one }, Registry.Sisp)).Rows).Id);
        }

        Assert.Equal([Stp], (await app.Send(new PatientById(id)))!.OtherCodes);
        Assert.Equal(1, await app.Told<PatientChanged>());
        Assert.Contains(FactKind.FiscalCodeGiven, await app.Facts(id));
    }

    [Theory, OnEachEngine]
    public async Task Whoever_has_no_code_gets_a_provisional_one(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var form = Foreigner with { FiscalCode = null, IssuedOn = null };
        var id = await app.Send(form, Registry.Sisp);
        Assert.Equal(id, await app.Send(form, Registry.Sisp));
        var provisional = Assert.Single((await app.Patient(id)).Identities);
        Assert.Equal((IdentityKind.Provisional, IdentityKind.Provisional), (provisional.Kind, PersonCode.KindOf(provisional.Value)));
        Assert.Equal(id, Assert.Single(await app.Send(new PatientsByIdentity(provisional.Value, null, null, null))).Id);

        await app.Send(await Change(app, id) with { FiscalCode = Stp, IssuedOn = new(2021, 11, 15) }, Registry.Sisp);
        var patient = await app.Patient(id);
        Assert.Equal([IdentityKind.Stp, IdentityKind.Provisional], patient.Identities.Select(i => i.Kind).Order());
        Assert.False(patient.Identities.Single(i => i.Kind == IdentityKind.Provisional).CoversDay(new(2021, 11, 16)));
        Assert.Equal(Stp, patient.CodeShown);
    }

    [Theory, OnEachEngine]
    public async Task A_codice_fiscale_that_changed_stays_as_a_former_one(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var omocode = FiscalCode.Omocodie(Registry.Mario.FiscalCode!)[0];
        await app.Send(await Change(app, id) with { FiscalCode = omocode }, Registry.Sisp);
        var patient = await app.Patient(id);
        Assert.Equal((omocode, Registry.Mario.FiscalCode), (patient.FiscalCode, Assert.Single(patient.Identities).Value));
        Assert.Equal(id, Assert.Single(await app.Send(new PatientsByIdentity(Registry.Mario.FiscalCode, null, null, null))).Id);
    }

    [Theory, OnEachEngine]
    public async Task A_code_of_another_record_is_refused_and_an_older_screen_too(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        await app.Send(Registry.Mario, Registry.Sisp);
        var id = await app.Send(Foreigner with { FamilyName = "Rossi", GivenName = "Mario", BirthDate = new(1980, 3, 12), SomebodyElse = true }, Registry.Sisp);
        var change = await Change(app, id) with { FiscalCode = Registry.Mario.FiscalCode };
        Assert.Equal("code-of-another", (await Assert.ThrowsAsync<Refusal>(() => app.Send(change, Registry.Sisp))).Code);
        await app.Send(await Change(app, id) with { GivenName = "Maria", Sex = Sex.Female }, Registry.Sisp);
        Assert.Equal("changed-meanwhile", (await Assert.ThrowsAsync<Refusal>(() => app.Send(change, Registry.Sisp))).Code);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(change, Registry.SispTo5))).Kind);
    }

    [Theory]
    [InlineData("STP001001123", null, "FiscalCode")]
    [InlineData("STP0010011234567", null, "IssuedOn")]
    [InlineData("STP0010011234567", "2022-01-01", "IssuedOn")]
    [InlineData("PRV0000000000001", null, "FiscalCode")]
    [InlineData("00743110158", null, "FiscalCode")]
    public async Task A_code_that_cannot_be_is_told_beside_its_field(string code, string? issued, string field)
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var day = issued is null ? (DateOnly?)null : DateOnly.Parse(issued, System.Globalization.CultureInfo.InvariantCulture);
        var wrong = await Assert.ThrowsAsync<ValidationException>(() => app.Send(Foreigner with { FiscalCode = code, IssuedOn = day }, Registry.Sisp));
        Assert.Contains(field, wrong.Errors.Select(e => e.PropertyName));
    }

    [Fact]
    public async Task The_screens_register_by_STP_and_give_the_true_code()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var sisp = await app.SignedIn(Registry.Sisp);
        var person = await sisp.Submit(await sisp.Open("/patients/new"), "Registra",
            ("Codice fiscale, STP o ENI", Stp), ("Rilascio o rinnovo", "2021-10-01"), ("Cognome", "El Amrani"), ("Nome", "Youssef"), ("Sesso", "Maschio"),
            ("Data di nascita", "1995-02-06"), ("Comune di residenza", "Torino (TO)"));
        Assert.Equal(HttpStatusCode.OK, person.Status);
        Assert.Contains("Codice STP STP0010011234567", person.Text, StringComparison.Ordinal);
        var code = FiscalCode.Compute("El Amrani", "Youssef", Sex.Male, new(1995, 2, 6), "Z330");
        var known = await sisp.Submit(await sisp.Open(person.Address + "/identity"), "Salva", ("Codice fiscale, STP o ENI", code));
        Assert.Equal(person.Address, known.Address);
        Assert.Contains("STP0010011234567 dal 01/10/2021 al 15/11/2021", known.Text, StringComparison.Ordinal);
        Assert.Contains("Codice fiscale attribuito", known.Text, StringComparison.Ordinal);
    }

    internal static async Task<ChangeIdentity> Change(PlatformApp app, Guid id)
    {
        var patient = await app.Patient(id);
        return new()
        {
            Id = id, Version = patient.Version, FamilyName = patient.FamilyName, GivenName = patient.GivenName, Sex = patient.Sex, BirthDate = patient.BirthDate,
        };
    }
}
