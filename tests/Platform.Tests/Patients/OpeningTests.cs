using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.People;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.UserManagement;
using Platform.UserManagement.AuditLog;

namespace Platform.Tests.Patients;

/// <summary>Breaking the glass: a person outside the scope, for a reason and a short time.</summary>
public sealed class OpeningTests
{
    private const string Why = "Ricoverata qui, non risponde";

    private static readonly Identity Elsewhere = Registry.SispTo5;

    [Theory, OnEachEngine]
    public async Task It_gives_that_person_with_her_swabs_and_reports_to_that_account_for_that_time_and_nothing_after(Engine engine)
    {
        await using var app = await RefertiApp.Start(engine);
        var sample = await app.Sample();
        await app.Take(RefertiApp.Message("M1", sample.Person, sample.Number), sample.Lab);
        var report = Assert.Single(await app.Reports());
        var other = await app.Person("Verdi", "Anna", new(1990, 2, 3));
        string[] hers = [$"/patients/{sample.Person.Id}", $"/testing/requests/{sample.RequestId}", $"/referti/{report.Id}"];
        var operatore = await app.SignedIn(Elsewhere);
        var colleague = await app.SignedIn(Elsewhere with { DisplayName = "Collega 010205" });
        await Each(operatore, hers, HttpStatusCode.NotFound);

        var open = await Open(operatore, sample.Person.FiscalCode!);
        Assert.Equal(hers[0], open.Address);
        Assert.Contains("fuori dal suo ambito", open.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Richiedi un tampone", open.Text, StringComparison.Ordinal);
        await Each(operatore, hers, HttpStatusCode.OK);
        await Each(operatore, [$"/patients/{other.Id}", $"/testing/requests/new?PatientId={sample.Person.Id}"], HttpStatusCode.NotFound);
        await Each(colleague, hers, HttpStatusCode.NotFound);
        Assert.Contains("Ferraris", (await operatore.Open("/referti")).Text, StringComparison.Ordinal);

        app.Clock.Advance(TimeSpan.FromMinutes(29));
        await operatore.Open("/");
        app.Clock.Advance(TimeSpan.FromMinutes(29));
        await Each(operatore, hers, HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await Each(operatore, hers, HttpStatusCode.NotFound);
        Assert.DoesNotContain("Ferraris", (await operatore.Open("/referti")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("fuori dal suo ambito", (await operatore.Open("/")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task The_privacy_officer_is_told_reads_the_reason_beside_each_look_and_revokes_at_once(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var officer = await app.SignedIn(As.PrivacyOfficer());
        var operatore = await app.SignedIn(Elsewhere);
        await Open(operatore, Registry.Mario.FiscalCode!);
        await operatore.Open($"/patients/{id}");
        await app.Drain();

        Assert.Contains(Why, (await officer.Open("/inbox")).Text, StringComparison.Ordinal);
        var lines = await app.Db<UserManagementDb, List<AuditLine>>(db => db.AuditLines.Where(l => l.SubjectId == id && l.Why != null).OrderBy(l => l.Sequence).ToListAsync());
        Assert.Single(lines, l => l.Action == "open");
        Assert.True(lines.Count(l => l.What == "patients.PersonDetails") >= 2);
        Assert.All(lines, l => Assert.Equal($"Urgenza clinica: {Why}", l.Why));
        Assert.Contains(Why, (await officer.Open($"/audit/person/{id}")).Text, StringComparison.Ordinal);

        var list = await officer.Open("/patients/openings");
        Assert.Contains("Rossi Mario", list.Text, StringComparison.Ordinal);
        Assert.Contains("Operatore SISP, ASL TO5", list.Text, StringComparison.Ordinal);
        Assert.Contains("revocato", (await officer.Submit(list, "Revoca")).Text, StringComparison.Ordinal);
        await Each(operatore, [$"/patients/{id}"], HttpStatusCode.NotFound);
        Assert.False((await officer.Open("/patients/openings")).HasButton("Revoca"));
        Assert.Equal(HttpStatusCode.Forbidden, (await operatore.Open("/patients/openings")).Status);
    }

    [Theory, OnEachEngine]
    public async Task Only_a_whole_code_finds_her_and_only_with_a_reason_is_she_opened(Engine engine)
    {
        await using var app = await Registry.Start(engine);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        var operatore = await app.SignedIn(Elsewhere);
        Assert.Contains("Nessun assistito trovato", (await operatore.Open("/patients?Q=Rossi")).Text, StringComparison.Ordinal);
        var screen = await operatore.Open("/patients/outside");
        foreach (var (typed, said) in new[] { ("RSSMRA80C12", "16 caratteri"), ("Rossi Mario", "16 caratteri"), ("VRDNNA90B43L219X", "Nessuna persona") })
        {
            var answer = await operatore.Submit(screen, "Continua", ("Codice fiscale", typed));
            Assert.Contains(said, answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("è fuori dal suo ambito", answer.Text, StringComparison.Ordinal);
        }

        var outside = await operatore.Submit(screen, "Continua", ("Codice fiscale", Registry.Mario.FiscalCode!));
        Assert.Contains("Questa persona è fuori dal suo ambito", outside.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Rossi", outside.Text, StringComparison.Ordinal);
        var refused = await operatore.Submit(outside, "Apri la scheda", ("Motivo", ""), ("Perché", "boh"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Scelga il motivo", refused.Text, StringComparison.Ordinal);
        await Each(operatore, [$"/patients/{id}"], HttpStatusCode.NotFound);

        // Within the scope there is nothing to open.
        var inside = await app.SignedIn(Registry.Sisp);
        Assert.Equal($"/patients/{id}", (await inside.Submit(await inside.Open("/patients/outside"), "Continua", ("Codice fiscale", Registry.Mario.FiscalCode!))).Address);
        var last = await operatore.Open("/patients/outside");
        for (var attempt = 0; attempt < 11; attempt++)
            last = await operatore.Submit(screen, "Continua", ("Codice fiscale", "VRDNNA90B43L219X"));
        Assert.Contains("attenda un minuto", last.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_opened_is_read_and_never_written()
    {
        await using var app = await Registry.Start(Engine.Sqlite);
        var id = await app.Send(Registry.Mario, Registry.Sisp);
        await using var scope = app.Scope();
        var user = (CurrentUser)scope.ServiceProvider.GetService(typeof(CurrentUser))!;
        user.Become(Elsewhere, null, [new(id, "x", DateTime.MaxValue, "")]);
        var mediator = (MediatR.IMediator)scope.ServiceProvider.GetService(typeof(MediatR.IMediator))!;
        Assert.Equal(id, (await mediator.Send(new PersonDetails(id))).Patient.Id);
        foreach (var act in new Func<Task>[]
        {
            () => mediator.Send(new VisiblePatient(id)),
            () => mediator.Send(new ChangeContacts { Id = id, Residence = "Moncalieri" }),
        })
            await Assert.ThrowsAsync<Refusal>(act);
        Assert.Equal([id], user.OpenedUnder("referti.read"));
        Assert.Empty(user.OpenedUnder("testing.request"));
        Assert.Empty(user.OpenedUnder("patients.register"));
    }

    private static async Task<Screen> Open(Visitor visitor, string code)
    {
        var outside = await visitor.Submit(await visitor.Open("/patients/outside"), "Continua", ("Codice fiscale", code));
        return await visitor.Submit(outside, "Apri la scheda", ("Motivo", "emergency"), ("Perché", Why));
    }

    private static async Task Each(Visitor visitor, string[] paths, HttpStatusCode status)
    {
        foreach (var path in paths)
            Assert.True((await visitor.Open(path)) is var screen && screen.Status == status, $"{path}: {screen.Status} {screen.Text}");
    }
}
