using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Certificates;
using Platform.Certificates.Collection;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;
using Platform.Certificates.Verification;
using Platform.Notifications;
using Platform.Patients.Contracts;
using Platform.QuickSwabs;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Swabs;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Samples;
using Platform.Tests.Certificates;
using Platform.Tests.Harness;
using Platform.Tests.Referti;
using TestingApp = Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Journeys;

/// <summary>From the pharmacy's cassette to the certificate, across all modules.</summary>
public sealed class QuickSwabJourneyTests : IDisposable
{
    private const string Pharmacy = "FAR-001";

    private static readonly Identity Desk = As.Pharmacy(Pharmacy);
    private static readonly Identity Booth = As.Hotspot(RefertiApp.Hotspot);

    private readonly Keys keys = Keys.Usual();

    public void Dispose() => keys.Dispose();

    [Theory, OnEachEngine]
    public async Task A_pharmacys_positive_goes_by_the_hotspot_to_a_negative_report_and_its_certificate(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person(email: "ferraris@example.org");

        var swab = await WhenThePharmacyReads(app, person, QuickSwabResult.Positive);
        var place = await ThenAPlaceIsTakenAtTheHotspot(app, swab);
        Assert.Empty(await Certificates(app));

        var tube = await WhenTheHotspotTakesTheSample(app, place.RequestId);
        await WhenTheLaboratoryFinds(app, person, tube, RefertiApp.NotDetected);

        Assert.Equal(SwabRequestState.Reported, await app.StateOf(place.RequestId));
        var certificate = Assert.Single(await Certificates(app));
        Assert.Equal((CertificateKind.Test, "molecular"), (certificate.Kind, certificate.Says.Fact));
        Assert.Equal(Outcome.Valid, (await app.Send(new VerifyCertificate { Certificate = certificate.Hc1 })).Outcome);
        Assert.Contains("Test", (await Fetched(app, person, await CodeMailed(app, person))).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_negative_that_was_a_positive_loses_its_certificate_and_the_report_gives_a_recovery_on_its_day(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var swab = await WhenThePharmacyReads(app, person, QuickSwabResult.Negative);
        var test = Assert.Single(await Certificates(app));
        Assert.Equal(Outcome.Valid, (await app.Send(new VerifyCertificate { Certificate = test.Hc1 })).Outcome);

        var shown = (await app.Send(new QuickSwabDetails(swab), Desk)).Swab;
        await app.Send(new CorrectQuickSwab { Id = swab, Version = shown.Version, Result = QuickSwabResult.Positive, Reason = "Linea debole" }, Desk);
        await app.Drain();
        Assert.Equal(RevocationReason.Corrected, Assert.Single(await Certificates(app)).WhyRevoked);
        Assert.Equal(Outcome.NotValid, (await app.Send(new VerifyCertificate { Certificate = test.Hc1 })).Outcome);

        var place = await ThenAPlaceIsTakenAtTheHotspot(app, swab);
        var tube = await WhenTheHotspotTakesTheSample(app, place.RequestId);
        await WhenTheLaboratoryFinds(app, person, tube, RefertiApp.Detected);
        Assert.Equal(0, (await app.Send(new IssueDue())).Issued);
        app.Clock.Advance(TimeSpan.FromDays(11));
        Assert.Equal(1, (await app.Send(new IssueDue())).Issued);
        Assert.Equal(CertificateKind.Recovery, (await Certificates(app))[^1].Kind);
    }

    [Theory, OnEachEngine]
    public async Task From_home_to_the_desk_to_the_result_and_the_certificate(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person(email: "ferraris@example.org");
        var citizen = app.Visitor();
        var born = $"{person.BirthDate:yyyy-MM-dd}";
        var registered = await citizen.Submit(await citizen.Open("/test-rapido"), "Registrati",
            ("Codice fiscale", person.FiscalCode!), ("Cognome", person.FamilyName), ("Nome", person.GivenName), ("Data di nascita", born));
        Assert.NotNull(registered.Page.QuerySelector("main svg"));
        var square = registered.Page.QuerySelector("[data-code]")!.TextContent;

        var desk = await app.SignedIn(Desk);
        var start = await desk.Submit(await desk.Open("/quick-swabs/scan"), "Continua", ("Codice della persona", square));
        var running = await desk.Submit(start, "Inizia il test", ("Dispositivo", "1232"), ("Lotto", "41ADG"), ("Scadenza del kit", "2022-12-31"));
        var early = await citizen.Submit(await citizen.Open("/ritiro-rapido"), "Mostra l'esito", ("Codice per il ritiro", square), ("Data di nascita", born));
        Assert.NotNull(early.Page.QuerySelector("[data-collected=running]"));
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        var result = await desk.Open(running.Address);
        result.Page.QuerySelector("input[value=Negative]")!.SetAttribute("checked", "checked");
        await desk.Submit(result, "Registra l'esito");
        await app.Drain();

        var answer = await citizen.Submit(await citizen.Open("/ritiro-rapido"), "Mostra l'esito", ("Codice per il ritiro", square), ("Data di nascita", born));
        Assert.NotNull(answer.Page.QuerySelector("[data-collected=negative]"));
        var certificate = Assert.Single(await Certificates(app));
        Assert.Equal(("quick-swab", "1232"), (certificate.Says.Fact, certificate.Says.Device));
        Assert.NotNull((await Fetched(app, person, await CodeMailed(app, person))).Page.QuerySelector(".qr svg"));
    }

    [Theory, OnEachEngine]
    public async Task A_positive_corrected_to_negative_frees_the_place_and_the_person_is_told_not_to_come(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person(email: "ferraris@example.org");
        var swab = await WhenThePharmacyReads(app, person, QuickSwabResult.Positive);
        var place = await ThenAPlaceIsTakenAtTheHotspot(app, swab);
        await Correct(QuickSwabResult.Negative);

        var request = await TestingApp.Request(app, place.RequestId);
        Assert.Equal((SwabRequestState.Cancelled, null, WhenNoLongerPositive.Why), (request.State, request.SlotId, request.Moves.MaxBy(m => m.Number)!.Note));
        Assert.Equal(0, await app.Db<TestingDb, int>(db => db.Slots.SumAsync(s => s.Booked)));
        var mail = Assert.Single(await Mails(app, person), m => m.StartsWith("Il suo appuntamento è annullato", StringComparison.Ordinal));
        Assert.DoesNotContain("test", mail, StringComparison.OrdinalIgnoreCase);

        // Positive again, it is another request; annulled, that goes too; a sample that was taken stays.
        await Correct(QuickSwabResult.Positive);
        var again = (await app.Send(new QuickSwabDetails(swab), Desk)).Place!;
        Assert.Equal((SwabRequestState.Requested, true), (again.State, again.RequestId != place.RequestId));
        await app.Send(new AnnulQuickSwab { Id = swab, Version = await Version(), Reason = "Altra persona" }, Desk);
        await app.Drain();
        Assert.Equal(SwabRequestState.Cancelled, await app.StateOf(again.RequestId));

        var other = await app.Person("Bianchi", "Anna");
        swab = await WhenThePharmacyReads(app, other, QuickSwabResult.Positive);
        var taken = await ThenAPlaceIsTakenAtTheHotspot(app, swab);
        await app.Send(new TakeSample { Id = taken.RequestId }, Booth);
        await Correct(QuickSwabResult.Negative);
        Assert.Equal(SwabRequestState.Collected, await app.StateOf(taken.RequestId));

        async Task<int> Version() => (await app.Send(new QuickSwabDetails(swab), Desk)).Swab.Version;
        async Task Correct(QuickSwabResult result)
        {
            app.Clock.Advance(TimeSpan.FromMinutes(1));
            await app.Send(new CorrectQuickSwab { Id = swab, Version = await Version(), Result = result, Reason = "Letto male" }, Desk);
            await app.Drain();
        }
    }

    private Task<PlatformApp> Start(Engine engine) => RefertiApp.Start(engine, [.. keys.Settings, ("Platform:Address", "https://salute.example.org")]);

    private static async Task<Guid> WhenThePharmacyReads(PlatformApp app, PatientSummary person, QuickSwabResult result)
    {
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var id = await app.Send(
            new StartQuickSwab { Id = Guid.CreateVersion7(app.Clock.Now), FiscalCode = person.FiscalCode, PointCode = Pharmacy, DeviceJrc = "1232", Lot = "L1", KitExpiry = new(2022, 12, 31) }, Desk);
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await app.Send(new EnterQuickResult { Id = id, Result = result }, Desk);
        await app.Drain();
        return id;
    }

    private static async Task<SwabPlace> ThenAPlaceIsTakenAtTheHotspot(PlatformApp app, Guid swab)
    {
        await TestingApp.Slot(app, 1, RefertiApp.Hotspot);
        var offered = (await app.Send(new QuickSwabDetails(swab), Desk)).Free;
        var place = await app.Send(new BookMolecular(swab, offered.First(f => f.HotspotCode == RefertiApp.Hotspot).SlotId), Desk);
        Assert.Equal(SwabRequestState.Booked, place.State);
        return place;
    }

    private static async Task<(string Number, string Lab)> WhenTheHotspotTakesTheSample(PlatformApp app, Guid request)
    {
        app.Clock.Advance(TimeSpan.FromHours(3));
        var number = (await app.Send(new TakeSample { Id = request }, Booth)).AccessionNumber;
        await app.Send(new SendSamples { Ids = [request] }, Booth);
        var lab = (await app.Send(new SwabRequestById(request)))!.LabCode!;
        app.Clock.Advance(TimeSpan.FromHours(2));
        await app.Send(new ReceiveSample { AccessionNumber = number }, As.Lab(lab));
        return (number, lab);
    }

    private static Task<string> WhenTheLaboratoryFinds(PlatformApp app, PatientSummary person, (string Number, string Lab) tube, string value) =>
        app.Take(RefertiApp.Message($"J-{tube.Number}", person, tube.Number, value, collected: app.Clock.Now.AddHours(-2).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + "+0000"), tube.Lab);

    private static Task<List<Certificate>> Certificates(PlatformApp app) =>
        app.Db<CertificatesDb, List<Certificate>>(db => db.Certificates.AsNoTracking().OrderBy(c => c.IssuedAt).ThenBy(c => c.Id).ToListAsync());

    private static Task<List<string>> Mails(PlatformApp app, PatientSummary person) =>
        app.Db<NotificationsDb, List<string>>(async db => [.. (await db.Mails.AsNoTracking().Where(m => m.PatientId == person.Id).ToListAsync()).Select(m => $"{m.Subject}\n{m.Body}")]);

    private static async Task<string> CodeMailed(PlatformApp app, PatientSummary person) =>
        Regex.Match((await Mails(app, person)).Single(m => m.Contains(FetchCertificatePage.Address, StringComparison.Ordinal)), "[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}").Value;

    private static async Task<Screen> Fetched(PlatformApp app, PatientSummary person, string code)
    {
        var citizen = app.Visitor();
        return await citizen.Submit(await citizen.Open(FetchCertificatePage.Address), "Mostra la certificazione", ("Codice fiscale", person.FiscalCode!), ("Codice per il ritiro", code));
    }
}
