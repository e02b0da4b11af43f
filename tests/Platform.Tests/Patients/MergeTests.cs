using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.Patients.Facts;
using Platform.Patients.Merges;
using Platform.Patients.People;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement.AuditLog;

namespace Platform.Tests.Patients;

public sealed class MergeTests
{
    private static RegisterPerson Second => new()
    {
        Id = Guid.CreateVersion7(), FamilyName = "Rosi", GivenName = "Mario", Sex = Sex.Male, BirthDate = new(1980, 3, 12), Residence = "Torino",
        Email = "mario@example.org", SomebodyElse = true,
    };

    [Theory, OnEachEngine]
    public async Task One_record_takes_over_what_the_other_has_and_its_id_answers_with_the_survivor(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var survivor = await app.Send(Second, As.Gp(Registry.Gp));
        var merged = await app.Send(Registry.Mario with { SomebodyElse = true, Residence = "Torino", DoctorCode = Registry.OtherGp }, Registry.Sisp);
        var order = await Order(app, survivor, merged);
        Assert.Equal(survivor, await app.Send(order, Registry.Sisp));
        Assert.Equal(survivor, await app.Send(order, Registry.Sisp));

        var patient = await app.Patient(survivor);
        Assert.Equal((Registry.Mario.FiscalCode, Registry.Gp, "mario@example.org"), (patient.FiscalCode, patient.GpCode, patient.Email));
        Assert.Equal(survivor, (await app.Send(new PatientById(merged)))!.Id);
        Assert.Equal(survivor, (await app.Send(new VisiblePatient(merged), Registry.Sisp)).Patient.Id);
        Assert.Equal(survivor, (await app.Send(new PersonDetails(merged), Registry.Sisp)).Patient.Id);
        Assert.Equal(survivor, Assert.Single(await app.Send(new PatientsByIdentity(Registry.Mario.FiscalCode, null, null, null))).Id);
        Assert.Equal(survivor, Assert.Single((await app.Send(new SearchPeople(), Registry.Sisp)).Rows).Id);
        Assert.Contains(FactKind.RecordMerged, await app.Facts(survivor));
        Assert.Equal(1, await app.Told<PatientsMerged>());
        var record = await app.Db<PatientsDb, Merge>(db => db.Merges.SingleAsync());
        Assert.Equal(("Registrata due volte", "Sisp 010301"), (record.Reason, record.ByName));
        Assert.Contains(Registry.Mario.FiscalCode!, record.Before, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_third_record_leads_to_the_last_survivor_and_every_code_with_it(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var first = await app.Send(Second, Registry.Sisp);
        var second = await app.Send(Second with { Id = Guid.CreateVersion7(), FamilyName = "Rossi" }, Registry.Sisp);
        var third = await app.Send(Registry.Mario with { SomebodyElse = true }, Registry.Sisp);
        await app.Send(await Order(app, second, first), Registry.Sisp);
        await app.Send(await Order(app, third, second), Registry.Sisp);
        foreach (var id in new[] { first, second, third })
            Assert.Equal(third, (await app.Send(new PatientById(id)))!.Id);
        var many = await app.Send(new PatientsByIds([first, second, third]));
        Assert.All(many.Values, p => Assert.Equal(third, p.Id));
        Assert.Equal(3, many.Count);
        var patient = await app.Patient(third);
        var byCode = await app.Send(new PatientsByFiscalCodes([.. patient.Identities.Select(i => i.Value), patient.FiscalCode!]));
        Assert.Equal((3, third), (byCode.Count, byCode[patient.Identities[0].Value].Single().Id));
        Assert.Equal(2, patient.Identities.Count);
        foreach (var code in patient.Identities.Select(i => i.Value).Append(patient.FiscalCode!))
            Assert.Equal(third, Assert.Single(await app.Send(new PatientsByIdentity(code, null, null, null))).Id);
    }

    [Theory, OnEachEngine]
    public async Task What_differs_is_to_be_confirmed_and_only_the_ASL_in_charge_of_both_may(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var one = await app.Send(Registry.Mario, Registry.Sisp);
        var other = await app.Send(Registry.Person("Rossi", "Mario", new(1980, 3, 13)), Registry.Sisp);
        var elsewhere = await app.Send(Registry.Person("Rossi", "Mario", new(1980, 3, 14), residence: Registry.Moncalieri), Registry.SispTo5);
        var order = await Order(app, one, other);
        Assert.Equal("not-the-same", (await Refused(order, Registry.Sisp)).Code);
        Assert.Equal(RefusalKind.Forbidden, (await Refused(order, As.Gp(Registry.Gp))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Refused(order with { SamePerson = true }, Registry.SispTo5)).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Refused(await Order(app, one, elsewhere), Registry.Sisp)).Kind);
        Assert.Equal("changed-meanwhile", (await Refused(order with { MergedVersion = 7, SamePerson = true }, Registry.Sisp)).Code);
        await app.Send(order with { SamePerson = true }, Registry.Sisp);
        // The code of the merged record finds the survivor too.
        Assert.Equal(one, Assert.Single(await app.Send(new PatientsByIdentity(FiscalCode.Compute("Rossi", "Mario", Sex.Male, new(1980, 3, 13), "L219"), null, null, null))).Id);

        Task<Refusal> Refused(MergePeople what, Identity who) => Assert.ThrowsAsync<Refusal>(() => app.Send(what, who));
    }

    [Theory, OnEachEngine]
    public async Task Requests_reports_messages_and_the_audit_follow(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await app.Sample();
        await app.Take(RefertiApp.Message("M1", sample.Person, sample.Number), sample.Lab);
        var open = await app.Sample(sample.Person);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var survivor = await app.Person(given: "Lucía Anna");
        var own = await app.Sample(survivor);
        var sisp = As.Sisp(survivor.AslCode);
        await app.Send(await Order(app, survivor.Id, sample.Person.Id) with { SamePerson = true }, sisp);
        await app.Drain();

        Assert.All(await app.Reports(), r => Assert.Equal((survivor.Id, "Lucía Anna"), (r.PatientId, r.GivenName)));
        foreach (var id in new[] { sample.RequestId, open.RequestId, own.RequestId })
            Assert.Equal(survivor.Id, (await app.Send(new Platform.Testing.Contracts.SwabRequestById(id)))!.PatientId);
        var page = await app.Send(new PersonDetails(survivor.Id), sisp);
        Assert.True(page.Timeline.Count > 5);
        var lines = (await app.Send(new SearchAudit(survivor.Id, null, null) { Size = 200 }, As.Administrator())).Rows;
        Assert.Equal([survivor.Id, sample.Person.Id], lines.Select(l => l.SubjectId).Distinct().OrderBy(i => i != survivor.Id));
        Assert.Equal(lines.Count, (await app.Send(new SearchAudit(sample.Person.Id, null, null) { Size = 200 }, As.Administrator())).Rows.Count);
    }

    [Fact]
    public async Task The_screens_find_the_other_record_show_both_and_lead_to_the_survivor()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var one = await app.Send(Registry.Mario, Registry.Sisp);
        var other = await app.Send(Second, Registry.Sisp);
        var sisp = await app.SignedIn(Registry.Sisp);
        var choose = await sisp.Open((await sisp.Open($"/patients/{one}")).Link("Unisci con un'altra scheda"));
        var both = await sisp.Open(choose.Link("Rosi Mario"));
        Assert.Equal($"/patients/{one}/merge/{other}", both.Address);
        var joined = await sisp.Submit(both, "Unisci", ("Motivo", "Registrata due volte"));
        Assert.Equal($"/patients/{one}", joined.Address);
        Assert.Contains("Unita la scheda doppia di Rosi Mario", joined.Text, StringComparison.Ordinal);
        Assert.Equal($"/patients/{one}", (await sisp.Open($"/patients/{other}")).Address);
        var unknown = await sisp.Submit(await sisp.Open($"/patients/{one}/merge"), "Cerca", ("Codice dell'altra scheda", "STP0010011234567"));
        Assert.Contains("Nessuna scheda", unknown.ErrorOf("Codice dell'altra scheda"), StringComparison.Ordinal);
    }

    private static async Task<MergePeople> Order(PlatformApp app, Guid survivor, Guid merged) => new()
    {
        SurvivorId = survivor, SurvivorVersion = (await app.Patient(survivor)).Version, MergedId = merged, MergedVersion = (await app.Patient(merged)).Version,
        Reason = "Registrata due volte",
    };
}
