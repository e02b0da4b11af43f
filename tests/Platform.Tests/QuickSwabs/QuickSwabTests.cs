using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.QuickSwabs;
using Platform.QuickSwabs.Archive;
using Platform.QuickSwabs.Collecting;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Devices;
using Platform.QuickSwabs.Kits;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Preregistrations;
using Platform.QuickSwabs.Reimbursement;
using Platform.QuickSwabs.Swabs;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Tests.Harness;
using Platform.Tests.Testing;
using Platform.UserManagement.Contracts;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.QuickSwabs;

public sealed class QuickSwabTests
{
    private const string Pharmacy = "FAR-001";
    private const string Panbio = "1232";
    private const string Withdrawn = "1065";

    private static readonly Identity Desk = As.Pharmacy(Pharmacy);

    [Theory, OnEachEngine]
    public async Task A_positive_without_symptoms_in_low_prevalence_opens_the_molecular_request_and_takes_one_of_the_first_places(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Slot(1);
        await app.Slot(2, OtherHotspot, TimeSpan.FromDays(1));
        var person = await app.Person();
        var id = await Begin(app, person);
        var early = await Assert.ThrowsAsync<Refusal>(() => app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Positive }, Desk));
        Assert.Equal("too-early", early.Code);
        app.Clock.Advance(TimeSpan.FromMinutes(15));
        await app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Positive }, Desk);
        await app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Positive }, Desk);

        var details = await app.Send(new QuickSwabDetails(id), Desk);
        Assert.Equal((PositiveMeaning.Molecular, SwabRequestState.Requested), (details.Swab.Meaning, details.Place!.State));
        Assert.NotEmpty(details.Free);
        var requests = await app.Send(new OpenSwabRequestsOf(person.Id));
        Assert.Equal((details.Swab.RequestId, TestType.Molecular), (requests.Single().Id, requests.Single().TestType));
        var place = await app.Send(new BookMolecular(id, details.Free[0].SlotId), Desk);
        Assert.Equal(place, await app.Send(new BookMolecular(id, details.Free[0].SlotId), Desk));
        Assert.Equal((SwabRequestState.Booked, details.Free[0].HotspotCode), (place.State, place.HotspotCode));

        await app.Drain();
        var told = await Told<QuickSwabRecorded>(app);
        Assert.Equal((true, false, details.Swab.RequestId, 1), (told.Single().Swab.MolecularAsked, told.Single().Swab.ConfirmsCase, told.Single().Swab.RequestId, told.Single().Swab.Version));
        // The ASL of the person sees it, another's does not.
        Assert.Single((await app.Send(new QuickSwabList(), As.Sisp(TestingApp.Asl))).Rows);
        Assert.Empty((await app.Send(new QuickSwabList(), As.Sisp("010210"))).Rows);
        Assert.Single((await app.Send(new QuickSwabList(), As.Gp(Gp))).Rows);
        Assert.Empty((await app.Send(new QuickSwabList(), As.Pharmacy("FAR-002"))).Rows);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new QuickSwabDetails(id), As.Pharmacy("FAR-002")))).Kind);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Negative }, As.Pharmacy("FAR-002")))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task A_positive_with_symptoms_confirms_the_case_and_a_correction_and_an_annulment_are_told(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var id = await Begin(app, person, s => s with { Symptoms = true, SymptomsSince = new(2021, 11, 14) });
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Positive }, Desk);
        var swab = (await app.Send(new QuickSwabDetails(id), Desk)).Swab;
        Assert.Equal((PositiveMeaning.Confirms, (Guid?)null), (swab.Meaning, swab.RequestId));
        Assert.Empty(await app.Send(new OpenSwabRequestsOf(person.Id)));

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var correction = new CorrectQuickSwab { Id = id, Version = swab.Version, Result = QuickSwabResult.Negative, Reason = "Letto male" };
        await app.Send(correction, Desk);
        await app.Send(correction, Desk);
        Assert.Equal("changed-meanwhile", (await Assert.ThrowsAsync<Refusal>(() => app.Send(correction with { Reason = "Altro" }, Desk))).Code);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        swab = (await app.Send(new QuickSwabDetails(id), Desk)).Swab;
        await app.Send(new AnnulQuickSwab { Id = id, Version = swab.Version, Reason = "Altra persona" }, Desk);
        swab = (await app.Send(new QuickSwabDetails(id), Desk)).Swab;
        Assert.Equal([SwabVersionKind.Result, SwabVersionKind.Correction, SwabVersionKind.Annulment], swab.Versions.Select(v => v.Kind));
        await app.Drain();
        Assert.True((await Told<QuickSwabRecorded>(app)).Single().Swab.ConfirmsCase);
        var corrected = (await Told<QuickSwabCorrected>(app)).Single();
        Assert.Equal((QuickSwabResult.Positive, QuickSwabResult.Negative, 2), (corrected.Former, corrected.Swab.Result, corrected.Swab.Version));
        var annulled = (await Told<QuickSwabAnnulled>(app)).Single();
        Assert.Equal((QuickSwabResult.Negative, 3), (annulled.Former, annulled.Version));
    }

    [Theory]
    [InlineData("2021-11-15", false, false, PositiveMeaning.Molecular)]
    [InlineData("2021-11-15", true, false, PositiveMeaning.Confirms)]
    [InlineData("2021-11-15", false, true, PositiveMeaning.Confirms)]
    [InlineData("2022-01-15", false, false, PositiveMeaning.Confirms)]
    [InlineData("2020-12-01", true, true, PositiveMeaning.Molecular)]
    public void What_a_positive_means_is_the_rule_of_the_day(string day, bool symptoms, bool link, PositiveMeaning expected)
    {
        var region = RegionPack.Read(Path.Combine(Walls.Documents.Root, "regions/piemonte"));
        Assert.Equal(expected, region.QuickSwabs.MeaningOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), symptoms, link));
        Assert.Equal(88, region.QuickSwabs.Devices.Count);
    }

    [Theory, OnEachEngine]
    public async Task Withdrawn_devices_expired_kits_and_unknown_people_are_refused_and_the_unknown_can_be_entered(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        Assert.Equal("device-withdrawn", (await Assert.ThrowsAsync<Refusal>(() => Begin(app, person, s => s with { DeviceJrc = Withdrawn }))).Code);
        Assert.Equal("kit-expired", (await Assert.ThrowsAsync<Refusal>(() => Begin(app, person, s => s with { KitExpiry = new(2021, 11, 14) }))).Code);
        Assert.Equal("other-person", (await Assert.ThrowsAsync<Refusal>(() => Begin(app, person, s => s with { BirthDate = new(2000, 1, 1) }))).Code);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => Begin(app, person, s => s with { PointCode = "FAR-002" }))).Kind);
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => Begin(app, person, s => s with { DeviceJrc = "999999", Lot = "" }));

        var code = FiscalCode.Compute("Nuova", "Persona", Sex.Female, new(1980, 5, 5), "L219");
        var wrong = await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => Begin(app, person, s => s with { FiscalCode = code }));
        Assert.Contains(wrong.Errors, e => e.PropertyName == "Residence");
        var id = await Begin(app, person, s => s with { FiscalCode = code, FamilyName = "Nuova", GivenName = "Persona", Residence = "Torino" });
        var swab = (await app.Send(new QuickSwabDetails(id), Desk)).Swab;
        Assert.Equal(("Nuova", "010301", 41), (swab.FamilyName, swab.AslCode, swab.Age));
        Assert.Single(await app.Send(new PatientsByIdentity(code, null, null, null)));
    }

    [Theory, OnEachEngine]
    public async Task The_list_of_devices_is_brought_up_to_date_and_again_changes_nothing(Engine engine)
    {
        await using var app = await Start(engine);
        var file = Encoding.UTF8.GetBytes("""
            {"valueSetId":"covid-19-lab-test-manufacturer-and-name","valueSetDate":"2021-11-10","valueSetValues":{
             "1232":{"display":"Abbott Rapid Diagnostics, Panbio COVID-19 Ag Rapid Test","active":false,"version":"2021-11-09"},
             "345":{"display":"SD BIOSENSOR Inc, STANDARD Q COVID-19 Ag Test","active":true,"version":"2021-05-10"},
             "9001":{"display":"Nuova S.p.A., Rapidissimo","active":true,"version":"2021-11-01"}}}
            """);
        var done = await app.Send(new ImportDevices(file), As.Administrator());
        Assert.Equal((3, 1, 1, 0), (done.Lines, done.Added, done.Withdrawn, done.Changed));
        var again = await app.Send(new ImportDevices(file), As.Administrator());
        Assert.Equal((0, 0, 0), (again.Added, again.Withdrawn, again.Changed));
        var today = await app.Send(new DevicesOfDay(), Desk);
        Assert.Contains(today, d => d.Jrc == "9001");
        Assert.DoesNotContain(today, d => d.Jrc == Panbio);
        Assert.Equal("no-device-list", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ImportDevices("{}"u8.ToArray()), As.Administrator()))).Code);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ImportDevices(file), Desk))).Kind);
    }

    [Theory, OnEachEngine]
    public async Task From_pre_registration_to_the_result_fetched_with_the_same_code(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person("Gallo", "Ada");
        var citizen = app.Visitor();
        var form = await citizen.Open("/test-rapido");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await citizen.Submit(form, "Registrati")).Status);
        var answer = await citizen.Submit(form, "Registrati", ("Codice fiscale", person.FiscalCode!), ("Cognome", "Gallo"), ("Nome", "Ada"), ("Data di nascita", $"{person.BirthDate:yyyy-MM-dd}"));
        Assert.Equal("/test-rapido", answer.Address);
        var code = answer.Page.QuerySelector("[data-code]")!.TextContent;

        var desk = await app.SignedIn(Desk);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Submit(await desk.Open("/quick-swabs/scan"), "Continua", ("Codice della persona", "ABCD-EFGH-JKMN"))).Status);
        var start = await desk.Submit(await desk.Open("/quick-swabs/scan"), "Continua", ("Codice della persona", code));
        Assert.Equal(person.FiscalCode, start.ValueOf("Codice fiscale"));
        var running = await desk.Submit(start, "Inizia il test", ("Dispositivo", Panbio), ("Lotto", "41adg123a"), ("Scadenza del kit", "2022-12-31"));
        Assert.Contains("Gallo Ada", running.Text, StringComparison.Ordinal);
        Assert.Contains("In attesa dell'esito", running.Text, StringComparison.Ordinal);
        Assert.Contains("Gallo", (await desk.Open("/quick-swabs")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await desk.Submit(await desk.Open("/quick-swabs/scan"), "Continua", ("Codice della persona", code))).Status);

        app.Clock.Advance(TimeSpan.FromMinutes(16));
        var page = await desk.Open(running.Address);
        page.Page.QuerySelector("input[value=Negative]")!.SetAttribute("checked", "checked");
        var reported = await desk.Submit(page, "Registra l'esito");
        Assert.Contains("L'esito è registrato.", reported.Text, StringComparison.Ordinal);

        var fetch = await citizen.Open("/ritiro-rapido");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await citizen.Submit(fetch, "Mostra l'esito", ("Codice per il ritiro", code), ("Data di nascita", "1999-01-01"))).Status);
        var fetched = await citizen.Submit(fetch, "Mostra l'esito", ("Codice per il ritiro", code.ToLowerInvariant()), ("Data di nascita", $"{person.BirthDate:yyyy-MM-dd}"));
        Assert.NotNull(fetched.Page.QuerySelector("[data-collected=negative]"));
        Assert.Equal("/ritiro-rapido", fetched.Address);

        var slip = await desk.Http.GetAsync(new Uri(running.Address + "/slip.pdf", UriKind.Relative));
        Assert.Equal(("application/pdf", HttpStatusCode.OK), (slip.Content.Headers.ContentType!.MediaType, slip.StatusCode));
        var version = await app.Db<QuickSwabsDb, string>(db => db.Versions.Select(v => v.VerificationCode).SingleAsync());
        var verified = await citizen.Open($"/verify-quick/{version}");
        Assert.NotNull(verified.Page.QuerySelector("[data-standing=current]"));
        Assert.DoesNotContain("Gallo", verified.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Open($"/verify-quick/{new string('a', 40)}")).Status);

        // The privacy of negatives: after two days the person is in the archive alone, and is read back with leave.
        app.Clock.Advance(TimeSpan.FromHours(49));
        await using (var scope = app.Scope())
            Assert.Equal(1, (await scope.ServiceProvider.GetRequiredService<Archivist>().Run(default)).Archived);
        var gone = await app.Db<QuickSwabsDb, QuickSwab>(db => db.Swabs.SingleAsync());
        Assert.Equal((null, null, null), (gone.PatientId, gone.FamilyName, gone.FiscalCode));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await citizen.Submit(fetch, "Mostra l'esito", ("Codice per il ritiro", code), ("Data di nascita", $"{person.BirthDate:yyyy-MM-dd}"))).Status);
        Assert.Empty((await app.Send(new QuickSwabList { Text = "Gallo" }, Desk)).Rows);
        Assert.Single((await app.Send(new QuickSwabList(), Desk)).Rows);
        var office = As.Sisp(TestingApp.Asl);
        var reading = await app.Send(new AskArchive { Id = Guid.CreateVersion7(app.Clock.Now), FiscalCode = person.FiscalCode, Reason = "Focolaio" }, office);
        Assert.Equal("no-leave", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ReadArchive(reading), office))).Code);
        await app.Send(new DecideArchive(reading, 0, Allow: true), As.PrivacyOfficer());
        Assert.Equal("Gallo", (await app.Send(new ReadArchive(reading), office)).Lines.Single().FamilyName);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ReadArchive(reading), As.Sisp("010210")))).Kind);
        app.Clock.Advance(TimeSpan.FromDays(8));
        Assert.Equal("no-leave", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new ReadArchive(reading), office))).Code);
    }

    [Theory, OnEachEngine]
    public async Task The_archive_still_finds_a_person_when_the_key_that_sealed_her_has_gone(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person("Gallo", "Ada");
        var id = await Begin(app, person);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Negative }, Desk);
        app.Clock.Advance(TimeSpan.FromHours(49));
        await using (var scope = app.Scope())
            Assert.Equal(1, (await scope.ServiceProvider.GetRequiredService<Archivist>().Run(default)).Archived);

        var (second, junk) = (Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        await using (var both = app.Beside(("Privacy:Keys:2", second)))
        await using (var scope = both.Scope())
            Assert.Equal(0, await both.Modules.SelectMany(m => m.ConsoleCommands).Single(c => c.Words == "privacy reencrypt").Run(scope.ServiceProvider, [], default));

        await using var alone = app.Beside(("Privacy:Keys:1", junk), ("Privacy:Keys:2", second));
        var office = As.Sisp(TestingApp.Asl);
        var reading = await alone.Send(new AskArchive { Id = Guid.CreateVersion7(alone.Clock.Now), FiscalCode = person.FiscalCode, Reason = "Focolaio" }, office);
        await alone.Send(new DecideArchive(reading, 0, Allow: true), As.PrivacyOfficer());
        Assert.Equal("Gallo", (await alone.Send(new ReadArchive(reading), office)).Lines.Single().FamilyName);
    }

    [Theory, OnEachEngine]
    public async Task A_pharmacys_software_sends_many_and_each_is_recorded_once_with_its_own_errors(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var client = await app.Send(new CreateApiClient("Gestionale", [new(Role.PharmacySystem, new(ScopeKind.Pharmacy, Pharmacy))], null));
        using var http = app.Anonymous();
        http.DefaultRequestHeaders.Authorization = new("Bearer", client.Key);
        object Test(Guid id, string jrc = Panbio, int minutes = 16, string point = Pharmacy) => new
        {
            id,
            fiscalCode = person.FiscalCode,
            pointCode = point,
            deviceJrc = jrc,
            lot = "L1",
            kitExpiry = "2022-12-31",
            collectedAt = app.Clock.Now.AddHours(-1),
            resultAt = app.Clock.Now.AddHours(-1).AddMinutes(minutes),
            result = "Negative",
        };
        var first = Guid.CreateVersion7(app.Clock.Now);
        var tests = new[] { Test(first), Test(Guid.CreateVersion7(app.Clock.Now), Withdrawn), Test(Guid.CreateVersion7(app.Clock.Now), minutes: 3), Test(Guid.CreateVersion7(app.Clock.Now), point: "FAR-002"), Test(Guid.Empty), Test(Guid.CreateVersion7(app.Clock.Now)) };
        for (var round = 0; round < 2; round++)
        {
            var answer = await http.PostAsJsonAsync("/api/v1/quick-swabs/bulk", new { tests });
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            var rows = (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().ToList();
            Assert.Equal(["ok", "device-withdrawn", "too-early", "not-found", "invalid", "ok"], rows.Select(r => r.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()).FirstOrDefault() ?? "ok"));
            Assert.Equal(round > 0, rows[0].GetProperty("recorded").GetProperty("already").GetBoolean());
        }

        Assert.Equal(2, await app.Db<QuickSwabsDb, int>(db => db.Swabs.CountAsync()));
        using var one = new HttpRequestMessage(HttpMethod.Post, "/api/v1/quick-swabs") { Content = JsonContent.Create(Test(first)) };
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(one)).StatusCode);
        Assert.Equal(2, await app.Db<QuickSwabsDb, int>(db => db.Swabs.CountAsync()));
        using var nobody = app.Anonymous();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.PostAsJsonAsync("/api/v1/quick-swabs/bulk", new { tests })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await http.PostAsJsonAsync("/api/v1/quick-swabs/bulk", new { tests = Array.Empty<object>() })).StatusCode);
    }

    [Theory, OnEachEngine]
    public async Task Twenty_senders_of_one_test_make_one(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var test = new RecordQuickSwab
        {
            Id = Guid.CreateVersion7(app.Clock.Now), FiscalCode = person.FiscalCode, PointCode = Pharmacy, DeviceJrc = Panbio, Lot = "L1", KitExpiry = new(2022, 12, 31),
            CollectedAt = app.Clock.Now.AddHours(-1), ResultAt = app.Clock.Now.AddMinutes(-40), Result = QuickSwabResult.Positive,
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => app.Send(test, Desk))));
        Assert.Single(answers.Select(a => a.RequestId).Distinct());
        Assert.Equal(1, await app.Db<QuickSwabsDb, int>(db => db.Swabs.CountAsync()));
        Assert.Single(await app.Send(new OpenSwabRequestsOf(person.Id)));
        await app.Drain();
        Assert.Single(await Told<QuickSwabRecorded>(app));
    }

    [Theory, OnEachEngine]
    public async Task Kits_go_down_with_tests_are_asked_for_and_the_month_is_reimbursed(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var kits = new NoteKits { Id = Guid.CreateVersion7(app.Clock.Now), PointCode = Pharmacy, DeviceJrc = Panbio, Lot = "L1", Expiry = new(2022, 12, 31), Quantity = 25 };
        await app.Send(kits, Desk);
        await app.Send(kits, Desk);
        var id = await Begin(app, person);
        Assert.Equal(24, (await app.Send(new KitsOfPoints(), Desk)).Kits.Single().Left);
        Assert.Empty((await app.Send(new KitsOfPoints(), As.Pharmacy("FAR-002"))).Kits);
        await app.Send(new AskSupply { Id = Guid.CreateVersion7(app.Clock.Now), PointCode = Pharmacy, Quantity = 50 }, Desk);
        var office = As.Sisp(TestingApp.Asl);
        var asked = (await app.Send(new KitsOfPoints(), office)).Requests.Single();
        await app.Send(new DecideSupply(asked.Id, asked.Version, SupplyState.Granted, null), office);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(new DecideSupply(asked.Id, asked.Version + 1, SupplyState.Delivered, null), As.Sisp("010210")))).Kind);

        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Negative }, Desk);
        var boy = FiscalCode.Compute("Giovane", "Ugo", Sex.Male, new(2007, 5, 5), "L219");
        id = await Begin(app, person, s => s with { FiscalCode = boy, FamilyName = "Giovane", GivenName = "Ugo", Residence = "001272" });
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        await app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Negative }, Desk);
        var lines = await app.Send(new ReimbursementOfMonth(2021, 11), office);
        Assert.Equal([(1, 7m), (1, 0m)], lines.Select(l => (l.Tests, l.Euro)));
        Assert.Empty(await app.Send(new ReimbursementOfMonth(2021, 11), As.Sisp("010210")));
        var visitor = await app.SignedIn(office);
        var csv = await visitor.Http.GetStringAsync(new Uri("/quick-swabs/reimbursement?year=2021&month=11&format=csv", UriKind.Relative));
        Assert.Contains(Pharmacy, csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_are_listed_with_hours_and_a_map_for_everybody()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite);
        var page = await app.Visitor().Open("/punti-test?where=torino&kind=Pharmacy");
        Assert.Equal(2, page.Page.QuerySelectorAll("[data-points] > li").Length);
        Assert.NotNull(page.Page.QuerySelector("svg.map"));
        Assert.Contains("lunedì", page.Text, StringComparison.Ordinal);
        Assert.Contains("Aperto ora", page.Text, StringComparison.Ordinal);
        Assert.Contains("Monday", (await app.Visitor("en").Open("/punti-test")).Text, StringComparison.Ordinal);
        Assert.Equal(33, (await app.Send(new PointList(null, null, null))).Count);
    }

    private static Task<PlatformApp> Start(Engine engine) => TestingApp.Start(engine);

    private static Task<Guid> Begin(PlatformApp app, PatientSummary person, Func<StartQuickSwab, StartQuickSwab>? but = null)
    {
        app.Clock.Advance(TimeSpan.FromMilliseconds(5));
        var start = new StartQuickSwab
        {
            Id = Guid.CreateVersion7(app.Clock.Now), FiscalCode = person.FiscalCode, PointCode = Pharmacy, DeviceJrc = Panbio, Lot = "L1", KitExpiry = new(2022, 12, 31),
        };
        return app.Send(but?.Invoke(start) ?? start, Desk);
    }

    private static async Task<IReadOnlyList<TEvent>> Told<TEvent>(PlatformApp app) =>
        await app.Db<QuickSwabsDb, IReadOnlyList<TEvent>>(async db =>
        {
            var name = EventCatalogue.NameOf(typeof(TEvent));
            return [.. (await db.Outbox.Where(o => o.Type == name).Select(o => o.Payload).ToListAsync()).Select(p => JsonSerializer.Deserialize<TEvent>(p, EventCatalogue.Json)!)];
        });
}
