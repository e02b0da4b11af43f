using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Jobs;
using Platform.Certificates;
using Platform.Certificates.Collection;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;
using Platform.Certificates.Verification;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Holds;
using Platform.Patients.Ties;
using Platform.Tests.ExternalSignIn;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.Tests.VaccinationBooking;
using Platform.UserManagement.RetentionRuns;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;

namespace Platform.Tests.Certificates;

/// <summary>Certificates follow the person, who represents her, the laboratory's word on its device, and the years.</summary>
public sealed class FollowingTests(FlowTests.OneProvider one) : IClassFixture<FlowTests.OneProvider>, IDisposable
{
    private const string Antigen = "94558-4^SARS-CoV-2 Ag^LN";

    private static readonly DateOnly Old = new(1938, 8, 1);

    private readonly Keys keys = Keys.Usual();

    public void Dispose() => keys.Dispose();

    [Theory, OnEachEngine]
    public async Task A_name_corrected_in_the_registry_has_another_certificate_issued(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person(born: Old);
        await Elsewhere(app, person);
        app.Clock.Advance(TimeSpan.FromDays(1));
        await app.Db<PatientsDb, int>(async db =>
        {
            await db.Patients.Where(p => p.Id == person.Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.FamilyName, "Ferrari"));
            db.Tell(new PatientChanged(person with { FamilyName = "Ferrari" }));
            return await db.SaveChangesAsync();
        });
        await app.Drain();
        var all = await All(app);
        Assert.Equal([(RevocationReason?)RevocationReason.Corrected, null], all.Select(c => c.WhyRevoked));
        Assert.Equal(["Ferraris", "Ferrari"], all.Select(c => c.Says.FamilyName));
        Assert.Equal(Outcome.NotValid, (await app.Send(new VerifyCertificate { Certificate = all[0].Hc1 })).Outcome);
        Assert.Equal("Ferrari", (await app.Send(new VerifyCertificate { Certificate = all[1].Hc1 })).FamilyName);
    }

    [Theory, OnEachEngine]
    public async Task A_parent_sees_her_childs_certificates_while_she_represents_it(Engine engine)
    {
        await using var app = await Start(engine);
        var (parent, child, other) = (await app.Person(born: Old), await app.Person("Ferraris", "Anna", new(2008, 5, 5)), await app.Person("Neri", "Sara", new(2008, 4, 4)));
        await Elsewhere(app, child);
        await Elsewhere(app, other);
        await app.Send(new NoteTie
        {
            Id = Guid.CreateVersion7(), PatientId = child.Id, ProxyCode = parent.FiscalCode, ProxyFamilyName = parent.FamilyName, Kind = ProxyKind.Parent, From = new(2021, 11, 15), Document = "CI CA12345AB",
        }, As.Sisp(child.AslCode));
        var citizen = app.Browser();
        await citizen.Identify("/ritiro", parent.FiscalCode!);
        Assert.NotNull((await citizen.Open(MyCertificatesPage.Address)).Page.QuerySelector("[data-fetched=none]"));
        await citizen.Submit(await citizen.Open("/ritiro/referti"), "Mostra", ("Di chi vuole vedere i referti", "Anna Ferraris"));
        var hers = await citizen.Open(MyCertificatesPage.Address);
        Assert.Contains("Certificazioni verdi di Anna", hers.Text, StringComparison.Ordinal);
        Assert.Single(hers.Page.QuerySelectorAll("[data-fetched=vaccination]"));
        Assert.DoesNotContain("Sara", hers.Text, StringComparison.Ordinal);

        await app.Db<PatientsDb, int>(db => db.Ties.ExecuteUpdateAsync(set => set.SetProperty(t => t.ValidTo, new DateOnly(2021, 11, 14))));
        Assert.Empty((await citizen.Open(MyCertificatesPage.Address)).Page.QuerySelectorAll("[data-fetched=vaccination]"));
    }

    [Theory, OnEachEngine]
    public async Task A_year_after_their_end_certificates_are_forgotten_and_not_those_of_who_has_a_hold(Engine engine)
    {
        await using var app = await Start(engine);
        var (gone, held) = (await app.Person(born: Old), await app.Person("Bianchi", "Anna", Old));
        foreach (var person in new[] { gone, held })
        {
            var sample = await app.Sample(person);
            await app.Take(RefertiApp.Message("F-" + sample.Number, person, sample.Number, RefertiApp.NotDetected), sample.Lab);
        }

        var until = (await All(app)).Max(c => c.ExpiresAt);
        app.Clock.Set(new(until.AddDays(364), TimeSpan.Zero));
        await Forget(app);
        Assert.Equal(2, (await All(app)).Count);
        await app.Send(new HoldData { Id = Guid.CreateVersion7(), FiscalCode = held.FiscalCode, Kind = HoldKind.Litigation, Reason = "RG 123/2022" }, As.PrivacyOfficer());
        app.Clock.Advance(TimeSpan.FromDays(3));
        await Forget(app);
        Assert.Equal([held.Id], (await All(app)).Select(c => c.PatientId));
        Assert.Equal([held.Id], await app.Db<CertificatesDb, List<Guid>>(db => db.Occasions.Select(o => o.PatientId).ToListAsync()));
    }

    [Theory, OnEachEngine]
    public async Task A_laboratorys_antigen_negative_gives_a_certificate_only_with_its_device_of_the_common_list(Engine engine)
    {
        await using var app = await Start(engine);
        foreach (var (id, given, device) in new[] { ("A1", "Ada", ""), ("A2", "Bea", "1232^Panbio^JRC"), ("A3", "Clio", "1232^Panbio^L"), ("A4", "Dora", "999999^Nessuno^JRC") })
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            var sample = await app.Sample(await app.Person("Prova", given, Old), Platform.Testing.Contracts.TestType.Antigen);
            await app.Take(RefertiApp.Message(id, sample.Person, sample.Number, test: Antigen, observations: $"OBX|1|CWE|{Antigen}||{RefertiApp.NotDetected}||||||F||||||{device}"), sample.Lab);
        }

        var certificate = Assert.Single(await All(app));
        Assert.Equal((CertificateKind.Test, "antigen", "1232"), (certificate.Kind, certificate.Says.Fact, certificate.Says.Device));
        Assert.Equal(Outcome.Valid, (await app.Send(new VerifyCertificate { Certificate = certificate.Hc1 })).Outcome);
        // A correction that says the same device keeps it; the paper says it too.
        var report = (await app.Reports()).Single(r => r.Versions.Any(v => v.Device == "1232"));
        Assert.Single(report.Versions);

        // As equipment, by its namespace.
        var other = await app.Sample(await app.Person("Prova", "Altra", Old), Platform.Testing.Contracts.TestType.Antigen);
        await app.Take(RefertiApp.Message("A5", other.Person, other.Number, test: Antigen, observations: $"OBX|1|CWE|{Antigen}||{RefertiApp.NotDetected}||||||F|||||||1232^JRC"), other.Lab);
        Assert.Equal(2, (await All(app)).Count);
    }

    private async Task<PlatformApp> Start(Engine engine)
    {
        var app = await PlatformApp.Start(engine, [.. keys.Settings, .. Provider.Settings(one.Process.Address)]);
        app.Listen();
        await app.Fill();
        await app.OpenCampaign();
        return app;
    }

    private static Task<List<Certificate>> All(PlatformApp app) => app.Db<CertificatesDb, List<Certificate>>(db => db.Certificates.AsNoTracking().OrderBy(c => c.IssuedAt).ThenBy(c => c.Id).ToListAsync());

    private static Task Forget(PlatformApp app) => app.Services.GetRequiredService<JobRunner>().Run(ApplyRetention.Name, default);

    private static async Task Elsewhere(PlatformApp app, PatientSummary person)
    {
        await app.Send(new NoteDoseElsewhere
        {
            Id = Guid.CreateVersion7(), Person = person.Id, Vaccine = "comirnaty", Kind = DoseKind.First, Day = app.Region.DayOf(app.Clock.Now).AddDays(-60), Where = "Francia, certificato",
        }, As.Sisp(person.AslCode));
        await app.Drain();
    }
}
