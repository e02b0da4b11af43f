using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Deaths;
using Platform.Patients.Facts;
using Platform.Patients.GpLists;
using Platform.Patients.People;
using Platform.Testing.Contracts;
using Platform.Testing.Requests;
using Platform.Tests.Harness;
using Platform.Tests.Referti;

namespace Platform.Tests.Patients;

/// <summary>Deaths, and lists that end.</summary>
public sealed class LifeTests
{
    [Theory, OnEachEngine]
    public async Task A_death_ends_the_doctors_list_is_told_and_can_be_withdrawn(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        foreach (var day in new[] { new DateOnly(2021, 11, 16), new(1980, 3, 11) })
            Assert.Equal("death-impossible", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new RecordDeath { Id = id, On = day }, Registry.Sisp))).Code);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new RecordDeath { Id = id, On = new(2021, 11, 14) }, Registry.SispTo5))).Kind);
        await app.Send(new RecordDeath { Id = id, On = new(2021, 11, 14) }, As.Gp(Registry.Gp));

        var patient = await app.Patient(id);
        Assert.Equal((new DateOnly(2021, 11, 14), null), (patient.DiedOn, patient.GpCode));
        Assert.NotNull(Assert.Single(patient.Assignments).ValidTo);
        Assert.Equal((1, 1), (await app.Told<PatientDied>(), await app.Told<PatientChanged>()));
        Assert.Equal("patient-died", Assert.Throws<Refusal>(() => patient.Summary().CheckAlive()).Code);
        Assert.Empty((await app.Send(new PersonDetails(id), Registry.Sisp)).Actions);
        Assert.Equal("patient-died", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            new AssignDoctor { PatientId = id, Id = Guid.CreateVersion7(), DoctorCode = Registry.Gp, From = new(2021, 11, 16) }, Registry.Sisp))).Code);
        Assert.Equal("already-dead", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new RecordDeath { Id = id, On = new(2021, 11, 14) }, Registry.Sisp))).Code);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGpLists.Name, default);
        Assert.Null((await app.Patient(id)).GpCode);

        await app.Send(new WithdrawDeath { Id = id, Reason = "Omonimia" }, Registry.Sisp);
        Assert.Null((await app.Patient(id)).DiedOn);
        Assert.Equal([FactKind.Died, FactKind.DeathWithdrawn], await app.Facts(id));
    }

    [Theory, OnEachEngine]
    public async Task No_swab_is_asked_for_the_dead(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var person = await app.Person();
        await app.Send(new RecordDeath { Id = person.Id, On = new(2021, 11, 14) }, As.Gp(RefertiApp.Gp));
        var request = new RequestSwab
        {
            Id = Guid.CreateVersion7(), PatientId = person.Id, TestType = TestType.Molecular, Reason = "contact", SlotId = Guid.CreateVersion7(),
        };
        Assert.Equal("patient-died", (await Assert.ThrowsAsync<Refusal>(() => app.Send(request, As.Sisp(person.AslCode)))).Code);
    }

    [Theory, OnEachEngine]
    public async Task The_ASL_takes_a_person_off_a_list(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        await app.Send(new EndList { PatientId = id, LastDay = new(2021, 11, 20) }, Registry.Sisp);
        Assert.Equal(Registry.Gp, (await app.Patient(id)).GpCode);
        app.Clock.Advance(TimeSpan.FromDays(6));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGpLists.Name, default);
        Assert.Null((await app.Patient(id)).GpCode);
        Assert.Equal("on-no-list", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new EndList { PatientId = id, LastDay = new(2021, 11, 25) }, Registry.Sisp))).Code);
    }

    [Theory, OnEachEngine]
    public async Task A_doctor_who_leaves_takes_nobody_and_her_people_are_without(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        var close = new CloseList { Code = Registry.Gp, LastDay = new(2021, 11, 30) };
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(close, Registry.SispTo5))).Kind);
        await Assert.ThrowsAsync<ValidationException>(() => app.Send(close with { LastDay = new(2021, 11, 14) }, Registry.Sisp));
        Assert.Equal(1, await app.Send(close, Registry.Sisp));
        Assert.Equal(Registry.Gp, (await app.Patient(id)).GpCode);
        app.Clock.Advance(TimeSpan.FromDays(16));
        await app.Services.GetRequiredService<JobRunner>().Run(ApplyGpLists.Name, default);
        Assert.Null((await app.Patient(id)).GpCode);
        Assert.Equal("doctor-ends", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            new AssignDoctor { PatientId = id, Id = Guid.CreateVersion7(), DoctorCode = Registry.Gp, From = new(2021, 12, 2) }, Registry.Sisp))).Code);
        Assert.DoesNotContain(await app.Send(new DoctorChoices(), Registry.Sisp), d => d.Code == Registry.Gp);
    }

    [Theory, OnEachEngine]
    public async Task Of_two_who_take_the_last_place_one_finds_the_list_full(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var people = new List<Guid>();
        for (var i = 0; i < 6; i++)
            people.Add(await app.Send(Registry.Person("Prova", "Uno", new DateOnly(1980, 1, 1).AddDays(i)), Registry.Sisp));
        await app.Db<PatientsDb, int>(db => db.Doctors.Where(d => d.Code == Registry.Gp).ExecuteUpdateAsync(set => set.SetProperty(d => d.ListLimit, 2)));
        var outcomes = await Task.WhenAll(people.Select(id => Record.ExceptionAsync(() => app.Send(
            new AssignDoctor { PatientId = id, Id = Guid.CreateVersion7(), DoctorCode = Registry.Gp, From = new(2021, 11, 15) }, Registry.Sisp)).AsTask()));
        Assert.Equal(2, outcomes.Count(o => o is null));
        Assert.All(outcomes.OfType<Exception>(), o => Assert.Equal("list-full", Assert.IsType<Refusal>(o).Code));
    }

    [Theory, OnEachEngine]
    public async Task An_ASL_assigns_its_own_doctors(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        Assert.Equal("doctor-elsewhere", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            new AssignDoctor { PatientId = id, Id = Guid.CreateVersion7(), DoctorCode = Registry.GpOfMoncalieri, From = new(2021, 11, 15) }, Registry.Sisp))).Code);
        Assert.Equal("doctor-elsewhere", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            Registry.Person("Verdi", "Luca", new(1970, 1, 1)) with { DoctorCode = Registry.GpOfMoncalieri }, Registry.Sisp))).Code);
    }

    [Fact]
    public async Task The_screens_record_a_death_and_end_lists()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, As.Gp(Registry.Gp));
        var sisp = await app.SignedIn(Registry.Sisp);
        var off = await sisp.Submit(await sisp.Open($"/patients/{id}/doctor"), "Togli dalla lista", ("Ultimo giorno in lista", "2021-11-20"));
        Assert.Contains("Fine dell'assistenza di D'Angelo Chiara: ultimo giorno 20/11/2021", off.Text, StringComparison.Ordinal);
        var lists = await sisp.Open("/doctors?Q=d'angelo");
        var closed = await sisp.Submit(await sisp.Open(lists.Link("D'Angelo Chiara")), "Chiudi la lista", ("Ultimo giorno", "2021-12-31"));
        Assert.Equal("/doctors", closed.Address);
        Assert.Contains("31/12/2021", closed.Text, StringComparison.Ordinal);
        var dead = await sisp.Submit(await sisp.Open($"/patients/{id}/death"), "Registra", ("Data del decesso", "2021-11-15"));
        Assert.Contains("Deceduta il 15/11/2021", dead.Text, StringComparison.Ordinal);
        var alive = await sisp.Submit(await sisp.Open($"/patients/{id}/death"), "Annulla la registrazione", ("Motivo", "Omonimia"));
        Assert.DoesNotContain("Deceduta il", alive.Text, StringComparison.Ordinal);
    }
}
