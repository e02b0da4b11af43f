using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.Certificates;
using Platform.Certificates.Collection;
using Platform.Certificates.Contracts;
using Platform.Certificates.Downloads;
using Platform.Certificates.Issuing;
using Platform.Certificates.Verification;
using Platform.Notifications;
using Platform.Patients;
using Platform.Patients.Contracts;
using Platform.Patients.Merges;
using Platform.QuickSwabs.Contracts;
using Platform.Referti.Contracts;
using Platform.Testing.Contracts;
using Platform.Tests.ExternalSignIn;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using Platform.Tests.VaccinationBooking;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Contracts;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Stock;

namespace Platform.Tests.Certificates;

/// <summary>Certificates come of doses, reports and quick swabs by themselves, each once, and go with them.</summary>
public sealed class IssuingTests(FlowTests.OneProvider one) : IClassFixture<FlowTests.OneProvider>, IDisposable
{
    private static readonly DateOnly Old = new(1938, 8, 1);

    private readonly Keys keys = Keys.Usual();

    public void Dispose() => keys.Dispose();

    [Theory, OnEachEngine]
    public async Task A_dose_gives_a_certificate_that_verifies_and_its_annulment_revokes_it(Engine engine)
    {
        await using var app = await Start(engine);
        var nurse = As.VaccinationCentre(VaccinationApp.Centre);
        var person = await app.Person(born: Old);
        var lot = await app.Send(new ChangeStock
        {
            Id = Guid.CreateVersion7(), Centre = VaccinationApp.Centre, Kind = StockMoveKind.Delivery, Vaccine = "comirnaty", LotNumber = "lot1", ExpiresOn = new(2030, 1, 1), Doses = 10,
        }, nurse);
        var arrival = await app.Send(new WalkIn { Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode }, nurse);
        await app.Send(new AssessArrival { Id = arrival, Consent = ConsentBy.Herself }, nurse);
        var dose = await app.Send(new GiveDose { Id = Guid.CreateVersion7(), Arrival = arrival, Lot = lot, Site = InjectionSite.LeftDeltoid }, nurse);
        await app.Drain();

        var certificate = Assert.Single(await All(app));
        Assert.Matches("^01IT[0-9A-F]{32}#[A-Z0-9/:]$", certificate.Uvci);
        Assert.Equal((CertificateKind.Vaccination, dose, 1, 2), (certificate.Kind, certificate.StandsFor, certificate.Says.Number, certificate.Says.Total));
        var shown = await app.Send(new VerifyCertificate { Certificate = certificate.Hc1 });
        Assert.Equal(("Ferraris", "Lucia", "1938-08-01"), (shown.FamilyName, shown.GivenName, shown.BirthDate));

        // The centre that gave it sees it, another does not; she who has no part in it neither.
        Assert.Equal(certificate.Id, (await app.Send(new OneCertificate(certificate.Id), nurse)).Certificate.Id);
        foreach (var stranger in new[] { As.VaccinationCentre("CV-099"), As.Sisp("010203"), As.Gp("990008") })
            Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new OneCertificate(certificate.Id), stranger))).Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new OneCertificate(certificate.Id), As.Lab("LAB-001")))).Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new RevokeCertificate { Id = certificate.Id, Why = "Prova" }, As.Gp(RefertiApp.Gp)))).Kind);

        await app.Send(new AnnulDose { Dose = dose, Why = "Persona scambiata" }, nurse);
        await app.Drain();
        certificate = Assert.Single(await All(app));
        Assert.Equal((RevocationReason.Annulled, (Guid?)null), (certificate.WhyRevoked, certificate.StandsFor));
        Assert.Equal(RevokedCertificate.HashOf(certificate.Uvci), Assert.Single(await app.Db<CertificatesDb, List<RevokedCertificate>>(db => db.Revoked.ToListAsync())).Hash);
    }

    [Theory, OnEachEngine]
    public async Task A_negative_gives_a_test_certificate_and_a_positive_a_recovery_on_its_day(Engine engine)
    {
        await using var app = await Start(engine);
        var sample = await app.Sample(await app.Person());
        await app.Take(RefertiApp.Message("T1", sample.Person, sample.Number, RefertiApp.NotDetected), sample.Lab);
        var test = Assert.Single(await All(app));
        Assert.Equal((CertificateKind.Test, "molecular"), (test.Kind, test.Says.Fact));
        Assert.Equal(Outcome.Valid, (await app.Send(new VerifyCertificate { Certificate = test.Hc1 })).Outcome);

        // It was positive all along: the certificate goes, and a recovery waits for its day.
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Take(RefertiApp.Message("T2", sample.Person, sample.Number, RefertiApp.Detected, status: "C"), sample.Lab);
        Assert.Equal(RevocationReason.Corrected, Assert.Single(await All(app)).WhyRevoked);
        Assert.Equal(Outcome.NotValid, (await app.Send(new VerifyCertificate { Certificate = test.Hc1 })).Outcome);
        Assert.Equal(0, (await app.Send(new IssueDue())).Issued);
        app.Clock.Advance(TimeSpan.FromDays(11));
        Assert.Equal(1, (await app.Send(new IssueDue())).Issued);
        Assert.Equal(0, (await app.Send(new IssueDue())).Issued);
        await app.Drain();
        var recovery = (await All(app))[^1];
        var positive = recovery.Says.On!.Value;
        Assert.Equal((CertificateKind.Recovery, positive.AddDays(11), positive.AddDays(180)), (recovery.Kind, recovery.Says.From!.Value, recovery.Says.Until!.Value));

        // Another positive of the same infection gives none; of the first annulled, it is the first.
        var again = await app.Sample(sample.Person);
        await app.Take(RefertiApp.Message("T3", sample.Person, again.Number, collected: "20211126083000+0100"), again.Lab);
        Assert.Equal(2, (await All(app)).Count);
        await app.Take(RefertiApp.Message("T4", sample.Person, sample.Number, status: "D"), sample.Lab);
        Assert.All(await All(app), c => Assert.NotNull(c.RevokedAt));
        app.Clock.Advance(TimeSpan.FromDays(12));
        Assert.Equal(1, (await app.Send(new IssueDue())).Issued);
        Assert.Equal(new(2021, 11, 26), (await All(app)).Single(c => c.StandsFor is not null).Says.On);
    }

    [Theory, OnEachEngine]
    public async Task However_often_and_from_wherever_it_is_told_a_dose_gives_one_certificate(Engine engine)
    {
        await using var app = await Start(engine);
        var people = new List<PatientSummary>();
        foreach (var given in new[] { "Ada", "Bea", "Clio", "Dora" })
            people.Add(await app.Person("Prova", given, Old));
        var doses = people.ConvertAll(p => new DoseAdministered(Guid.CreateVersion7(), p.Id, "comirnaty", "covid-19", DoseKind.First, app.Clock.Now.UtcDateTime.AddHours(-1), null, null));
        await app.Db<VaccinationDb, int>(db =>
        {
            for (var time = 0; time < 6; time++)
            {
                foreach (var dose in doses)
                    db.Tell(dose);
            }

            return db.SaveChangesAsync();
        });

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0)
                await app.Drain();
            else
                await app.Send(new IssueDue());
        })));
        for (var round = 0; round < 4; round++)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(10));
            await app.Drain();
            await app.Send(new IssueDue());
        }

        var all = await All(app);
        Assert.Equal(doses.Select(d => d.DoseId).Order(), all.Select(c => c.OccasionId).Order());
        Assert.All(all, c => Assert.Equal(c.OccasionId, c.StandsFor));
        Assert.Equal(all.Count, all.Select(c => c.Uvci).Distinct().Count());

        // Annulled before it is told: then it gives nothing, in whatever order.
        var late = Guid.CreateVersion7();
        await app.Db<VaccinationDb, int>(db =>
        {
            db.Tell(new DoseAnnulled(late, people[0].Id));
            db.Tell(doses[0] with { DoseId = late, Kind = DoseKind.Second });
            return db.SaveChangesAsync();
        });
        await app.Drain();
        Assert.Equal(4, (await All(app)).Count);
    }

    [Theory, OnEachEngine]
    public async Task A_quick_swab_gives_a_test_certificate_with_its_device_and_a_correction_takes_it_away(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var at = app.Clock.Now.UtcDateTime;
        var swab = new QuickSwabFacts(Guid.CreateVersion7(), 1, person.Id, "FAR-001", "Farmacia di prova", "010301", person.AslCode, "1232", "Abbott Panbio", at.AddMinutes(-20), at, QuickSwabResult.Negative, false, false, null);
        await Tell(app, new QuickSwabRecorded(swab));
        var test = Assert.Single(await All(app));
        Assert.Equal((CertificateKind.Test, "1232", "Farmacia di prova"), (test.Kind, test.Says.Device, test.Says.Place));
        await Tell(app, new QuickSwabCorrected(swab with { Version = 2, Result = QuickSwabResult.Positive }, QuickSwabResult.Negative));
        Assert.Equal(RevocationReason.Corrected, Assert.Single(await All(app)).WhyRevoked);
        await Tell(app, new QuickSwabCorrected(swab with { Version = 3 }, QuickSwabResult.Positive));
        Assert.Equal(2, (await All(app)).Count);
        await Tell(app, new QuickSwabAnnulled(swab.SwabId, 4, person.Id, QuickSwabResult.Negative, at));
        Assert.All(await All(app), c => Assert.NotNull(c.RevokedAt));
    }

    [Theory, OnEachEngine]
    public async Task She_fetches_it_with_her_codice_fiscale_and_the_code_of_the_message(Engine engine)
    {
        var card = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = Path.Combine(keys.Folder, "card.pem");
        await File.WriteAllTextAsync(file, card.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var app = await Start(engine, ("Certificates:HealthCards:Key", file), ("Platform:Address", "https://salute.example.org"));
        var person = await app.Person(born: Old, email: "ferraris@example.org");
        await Elsewhere(app, person, DoseKind.First, "comirnaty", -60);
        var mail = await app.Db<NotificationsDb, string>(db => db.Mails.Where(m => m.PatientId == person.Id).Select(m => m.Body).SingleAsync());
        Assert.Contains("https://salute.example.org/ritiro/certificazione", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("accin", mail, StringComparison.Ordinal);
        var code = System.Text.RegularExpressions.Regex.Match(mail, "[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}").Value;

        var citizen = app.Visitor();
        var wrong = await Fetch(citizen, RefertiApp.CodeOf("Altra", "Persona", Old), code);
        var none = await Fetch(citizen, person.FiscalCode!, "2222-3333-4444");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, wrong.Text), (none.Status, none.Text));
        var page = await Fetch(citizen, person.FiscalCode!.ToLowerInvariant(), code.Replace('-', ' '));
        Assert.Equal((HttpStatusCode.OK, FetchCertificatePage.Address), (page.Status, page.Address));
        Assert.Contains("Comirnaty", page.Text, StringComparison.Ordinal);
        Assert.NotNull(page.Page.QuerySelector(".qr svg"));
        Assert.DoesNotContain(person.FiscalCode, page.Page.Source.Text, StringComparison.Ordinal);

        Assert.Equal("%PDF-", Encoding.ASCII.GetString(await Take(citizen, page, "Paper"), 0, 5));
        using var bundle = JsonDocument.Parse(await Take(citizen, page, "Fhir"));
        Assert.Equal("Immunization", bundle.RootElement.GetProperty("entry")[1].GetProperty("resource").GetProperty("resourceType").GetString());
        using var health = JsonDocument.Parse(await Take(citizen, page, "HealthCard"));
        var parts = health.RootElement.GetProperty("verifiableCredential")[0].GetString()!.Split('.');
        Assert.True(card.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        await using var deflate = new DeflateStream(new MemoryStream(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])), CompressionMode.Decompress);
        using var content = await JsonDocument.ParseAsync(deflate, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("https://salute.example.org", content.RootElement.GetProperty("iss").GetString());
        using var known = JsonDocument.Parse(await citizen.Http.GetStringAsync("/.well-known/jwks.json", TestContext.Current.CancellationToken));
        using var header = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0]));
        Assert.Equal(header.RootElement.GetProperty("kid").GetString(), known.RootElement.GetProperty("keys")[0].GetProperty("kid").GetString());
        Assert.All(HealthCards.Numeric(string.Join('.', parts))["shc:/".Length..], c => Assert.True(char.IsAsciiDigit(c)));

        // Revoked, neither the code nor what she had before gives it any more.
        var certificate = Assert.Single(await All(app));
        await app.Send(new RevokeCertificate { Id = certificate.Id, Why = "Paziente sbagliato" }, As.Sisp(person.AslCode));
        Assert.Contains("Revocata", (await Fetch(citizen, person.FiscalCode, code)).Text, StringComparison.Ordinal);
        using var late = new FormUrlEncodedContent(Fields(page));
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Http.PostAsync($"{FetchCertificatePage.Address}?handler=Paper", late, TestContext.Current.CancellationToken)).StatusCode);
        for (var i = 0; i < 5; i++)
            await Fetch(app.Visitor(), "XXXXXX00X00X000X", code);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Fetch(citizen, person.FiscalCode, code)).Status);
        Assert.DoesNotContain(app.Log, l => l.Contains(code, StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task Signed_in_she_sees_her_own_and_nobody_elses(Engine engine)
    {
        await using var app = await Start(engine);
        var (hers, other) = (await app.Person(born: Old), await app.Person("Bianchi", "Anna", Old));
        await Elsewhere(app, hers, DoseKind.First, "comirnaty", -60);
        await Elsewhere(app, other, DoseKind.First, "spikevax", -60);
        Assert.Equal("/ritiro", (await app.Visitor().Open(MyCertificatesPage.Address)).Address);

        var citizen = app.Browser();
        var list = await citizen.Identify("/ritiro", hers.FiscalCode!);
        var page = await citizen.Open(list.Link("Le sue certificazioni verdi"));
        Assert.Equal(MyCertificatesPage.Address, page.Address);
        Assert.Single(page.Page.QuerySelectorAll("[data-fetched=vaccination]"));
        Assert.Contains("Comirnaty", page.Text, StringComparison.Ordinal);
        var fields = Fields(page, "Taken");
        using (var form = new FormUrlEncodedContent(fields))
            Assert.Equal(HttpStatusCode.OK, (await citizen.Http.PostAsync($"{page.Address}?handler=Paper", form, TestContext.Current.CancellationToken)).StatusCode);
        var anothers = (await All(app)).Single(c => c.PatientId == other.Id).Id;
        using var swapped = new FormUrlEncodedContent(fields.Select(f => f.Key == "Taken" ? KeyValuePair.Create("Taken", anothers.ToString()) : f));
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Http.PostAsync($"{page.Address}?handler=Paper", swapped, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory, OnEachEngine]
    public async Task An_operator_revokes_with_a_reason_and_has_another_issued(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person(born: Old);
        await Elsewhere(app, person, DoseKind.First, "comirnaty", -60);
        var office = await app.SignedIn(As.Sisp(person.AslCode));
        var hers = await office.Open($"/certificates/people/{person.Id}");
        var page = await office.Open(hers.Link("Vaccinazione"));
        var refused = await office.Submit(page, "Revoca");
        Assert.Equal("Scriva il motivo.", refused.ErrorOf("Motivo della revoca"));
        var revoked = await office.Submit(page, "Revoca", ("Motivo della revoca", "Dato per errore"));
        Assert.Contains("Dato per errore", revoked.Text, StringComparison.Ordinal);
        // By itself none comes of it any more.
        await app.Send(new IssueDue());
        Assert.Single(await All(app));
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var anew = await office.Submit(revoked, "Emetti di nuovo");
        Assert.Contains("È stata emessa un’altra certificazione.", anew.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await All(app)).Count);
        Assert.Contains("Certificazione verde revocata", (await office.Open($"/patients/{person.Id}")).Text, StringComparison.Ordinal);
        var code = (await office.Submit(anew, "Fa un codice per il ritiro")).Page.QuerySelector("[data-fetch-code] .figure")!.TextContent;
        Assert.Contains("Comirnaty", (await Fetch(app.Visitor(), person.FiscalCode!, code)).Text, StringComparison.Ordinal);
        var listed = await office.Open("/certificates");
        Assert.Equal(2, listed.Page.QuerySelectorAll("table.list tbody tr").Length);
    }

    [Theory, OnEachEngine]
    public async Task Two_records_of_one_person_are_certified_once_under_the_survivors_name(Engine engine)
    {
        await using var app = await Start(engine);
        var (first, second) = (await app.Person("Ferraris", "Lucia", Old), await app.Person("Ferraris", "Marta", Old));
        await Elsewhere(app, first, DoseKind.First, "comirnaty", -60);
        await Elsewhere(app, second, DoseKind.First, "comirnaty", -60);
        await Elsewhere(app, second, DoseKind.Second, "comirnaty", -30);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var versions = await app.Db<PatientsDb, Dictionary<Guid, int>>(db => db.Patients.ToDictionaryAsync(p => p.Id, p => p.Version));
        await app.Send(new MergePeople
        {
            SurvivorId = first.Id, SurvivorVersion = versions[first.Id], MergedId = second.Id, MergedVersion = versions[second.Id], Reason = "Registrata due volte", SamePerson = true,
        }, As.Sisp(RefertiApp.Asl));
        await app.Drain();
        var standing = (await All(app)).Where(c => c.StandsFor is not null).ToList();
        Assert.Equal([(1, "Lucia"), (2, "Lucia")], standing.Select(c => (c.Says.Number!.Value, c.Says.GivenName)).Order());
        Assert.All(standing, c => Assert.Equal(first.Id, c.PatientId));
    }

    private async Task<PlatformApp> Start(Engine engine, params (string Key, string Value)[] settings)
    {
        var app = await PlatformApp.Start(engine, [.. keys.Settings, .. Provider.Settings(one.Process.Address), .. settings]);
        app.Listen();
        await app.Fill();
        await app.OpenCampaign();
        return app;
    }

    private static Task<List<Certificate>> All(PlatformApp app) => app.Db<CertificatesDb, List<Certificate>>(db => db.Certificates.AsNoTracking().OrderBy(c => c.IssuedAt).ThenBy(c => c.Id).ToListAsync());

    private static async Task Elsewhere(PlatformApp app, PatientSummary person, DoseKind kind, string vaccine, int days)
    {
        await app.Send(new NoteDoseElsewhere
        {
            Id = Guid.CreateVersion7(), Person = person.Id, Vaccine = vaccine, Kind = kind, Day = app.Region.DayOf(app.Clock.Now).AddDays(days), Where = "Francia, certificato",
        }, As.Sisp(person.AslCode));
        await app.Drain();
    }

    private static async Task Tell(PlatformApp app, IEvent fact)
    {
        await app.Db<VaccinationDb, int>(db =>
        {
            db.Tell(fact);
            return db.SaveChangesAsync();
        });
        await app.Drain();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    private static async Task<Screen> Fetch(Visitor citizen, string fiscalCode, string code) =>
        await citizen.Submit(await citizen.Open(FetchCertificatePage.Address), "Mostra la certificazione", ("Codice fiscale", fiscalCode), ("Codice per il ritiro", code));

    private static async Task<byte[]> Take(Visitor citizen, Screen page, string handler)
    {
        using var form = new FormUrlEncodedContent(Fields(page));
        using var answer = await citizen.Http.PostAsync($"{FetchCertificatePage.Address}?handler={handler}", form);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static List<KeyValuePair<string, string>> Fields(Screen screen, string of = "ticket") =>
        [.. screen.Page.QuerySelector($"input[name='{of}']")!.Closest("form")!.QuerySelectorAll("input").Select(i => KeyValuePair.Create(i.GetAttribute("name")!, i.GetAttribute("value") ?? ""))];
}
