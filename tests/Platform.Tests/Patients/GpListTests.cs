using System.Net;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Security;
using Microsoft.Extensions.DependencyInjection;
using Platform.Patients.Contracts;
using Platform.Patients.GpLists;
using Platform.Patients.People;
using Platform.Tests.Harness;

namespace Platform.Tests.Patients;

public sealed class GpListTests
{
    [Theory, OnEachEngine]
    public async Task A_choice_of_doctor_for_tomorrow_comes_into_force_tomorrow(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        await app.Send(new AssignDoctor { PatientId = id, Id = Guid.CreateVersion7(), DoctorCode = Registry.OtherGp, From = new(2021, 11, 16) }, Registry.Sisp);
        Assert.Equal(Registry.Gp, (await app.Patient(id)).GpCode);
        Assert.Equal(0, await app.Told<PatientChanged>());

        app.Clock.Advance(TimeSpan.FromHours(15));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGpLists.Name, default);
        var patient = await app.Patient(id);
        Assert.Equal(Registry.OtherGp, patient.GpCode);
        Assert.Equal(new DateOnly(2021, 11, 15), patient.Assignments.Single(a => a.DoctorCode == Registry.Gp).ValidTo);
        Assert.Equal(1, await app.Told<PatientChanged>());
        Assert.Empty((await app.Send(new SearchPeople(), As.Gp(Registry.Gp))).Rows);
        Assert.Single((await app.Send(new SearchPeople(), As.Gp(Registry.OtherGp))).Rows);

        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGpLists.Name, default);
        Assert.Equal(1, await app.Told<PatientChanged>());
    }

    [Theory, OnEachEngine]
    public async Task A_validity_that_ended_while_nothing_ran_is_made_good(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        await app.Send(new AssignDoctor
        {
            PatientId = id, Id = Guid.CreateVersion7(), DoctorCode = Registry.Gp, From = new(2021, 11, 1), Until = new(2021, 11, 30),
        }, Registry.Sisp);
        app.Clock.Advance(TimeSpan.FromDays(40));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGpLists.Name, default);
        Assert.Null((await app.Patient(id)).GpCode);
    }

    [Theory, OnEachEngine]
    public async Task The_same_assignment_twice_is_one(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var order = new AssignDoctor { PatientId = id, Id = Guid.CreateVersion7(), DoctorCode = Registry.Gp, From = new(2021, 11, 15) };
        await app.Send(order, Registry.Sisp);
        await app.Send(order, Registry.Sisp);
        Assert.Single((await app.Patient(id)).Assignments);
        Assert.Equal("unknown-doctor", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            order with { Id = Guid.CreateVersion7(), DoctorCode = "999999" }, Registry.Sisp))).Code);
    }

    [Theory, OnEachEngine]
    public async Task A_doctor_takes_only_whoever_has_no_doctor(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var form = Registry.Mario;
        var id = await app.Send(form, Registry.Sisp);
        var take = new TakeIntoList { FiscalCode = form.FiscalCode, FamilyName = "ROSSI", BirthDate = new(1980, 3, 12) };
        Assert.Equal("nobody-without-doctor", (await Assert.ThrowsAsync<Refusal>(() => app.Send(take with { FamilyName = "Verdi" }, As.Gp(Registry.Gp)))).Code);
        Assert.Equal(id, await app.Send(take, As.Gp(Registry.Gp)));
        Assert.Equal(id, await app.Send(take, As.Gp(Registry.Gp)));
        Assert.Equal("nobody-without-doctor", (await Assert.ThrowsAsync<Refusal>(() => app.Send(take, As.Gp(Registry.OtherGp)))).Code);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(take, Registry.Sisp))).Kind);
        Assert.Equal(Registry.Gp, (await app.Patient(id)).GpCode);
    }

    [Theory, OnEachEngine]
    public async Task The_ASL_follows_the_residence_and_an_older_screen_does_not_overwrite(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        var change = new ChangeContacts { Id = id, Version = (await app.Patient(id)).Version, Residence = "Moncalieri", Phone = "+39 011 123456" };
        Assert.True((await app.Send(change, As.Gp(Registry.Gp))).StillVisible);
        Assert.Equal("010205", (await app.Patient(id)).AslCode);
        Assert.Equal(1, await app.Told<PatientChanged>());
        Assert.Equal("changed-meanwhile", (await Assert.ThrowsAsync<Refusal>(() => app.Send(change with { Phone = "+39 011 654321" }, As.Gp(Registry.Gp)))).Code);
        var back = change with { Version = (await app.Patient(id)).Version, Residence = "Torino" };
        Assert.False((await app.Send(back, Registry.SispTo5)).StillVisible);
    }

    [Fact]
    public async Task The_screens_assign_a_doctor_and_show_the_history()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        var sisp = await app.SignedIn(Registry.Sisp);
        var screen = await sisp.Submit(await sisp.Open($"/patients/{id}/doctor"), "Assegna", ("Medico", Registry.OtherGp), ("Primo giorno", "2021-12-01"));
        Assert.Equal((HttpStatusCode.OK, $"/patients/{id}"), (screen.Status, screen.Address));
        Assert.Contains("Giraudo Nicolò", screen.Text, StringComparison.Ordinal);
        Assert.Contains("30/11/2021", screen.Text, StringComparison.Ordinal);
        Assert.Contains("Entra nella lista di D'Angelo Chiara", screen.Text, StringComparison.Ordinal);

        var contacts = await sisp.Submit(await sisp.Open($"/patients/{id}/contacts"), "Salva", ("Telefono", "niente"));
        Assert.Contains("Non è un numero di telefono", contacts.ErrorOf("Telefono"), StringComparison.Ordinal);
        var saved = await sisp.Submit(contacts, "Salva", ("Telefono", "+39 555 1234567"));
        Assert.Contains("+39 555 1234567", saved.Text, StringComparison.Ordinal);

        var english = await app.SignedIn(As.Someone(Role.Sisp, ScopeKind.Asl, "010301") with { DisplayName = "English" }, "en");
        Assert.Contains("Personal data", (await english.Open($"/patients/{id}")).Text, StringComparison.Ordinal);
    }
}
