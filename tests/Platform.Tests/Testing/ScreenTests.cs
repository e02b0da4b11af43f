using System.Net;
using System.Text;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Tests.Harness;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Testing;

public sealed class ScreenTests
{
    [Theory, OnEachEngine]
    public async Task A_doctor_requests_a_swab_for_her_patient_and_cancels_it(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Slot(2);
        await app.Slot(2, OtherHotspot);
        await app.Slot(2, OtherHotspot, TimeSpan.FromDays(1));
        var person = await app.Person("Ferraris");
        var doctor = await app.SignedIn(As.Gp(Gp));

        var form = await doctor.Open($"/testing/requests/new?patient={person.Id}");
        Assert.Equal(HttpStatusCode.OK, form.Status);
        Assert.Contains("Ferraris Anna", form.Text, StringComparison.Ordinal);
        Assert.Contains(person.FiscalCode!, form.Text, StringComparison.Ordinal);

        // Nothing chosen: what is missing is said, nothing is booked.
        var refused = await doctor.Submit(form, "Richiedi");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Scelga il motivo.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("Scelga l'orario.", refused.Text, StringComparison.Ordinal);

        // Another hotspot, without a script: the page comes back with its slots and all that was typed.
        var elsewhere = app.Region.Facilities.First(f => f.Code == OtherHotspot);
        var moved = await doctor.Submit(refused, "Mostra gli orari",
            ("Motivo", "Sintomi"), ("Inizio dei sintomi", "2021-11-14"), ("Febbre", "on"), ("Tipo di test", "Tampone antigenico"), ("Hotspot", OtherHotspot));
        Assert.Equal(HttpStatusCode.OK, moved.Status);
        Assert.Equal(("symptoms", "2021-11-14", "Antigen", OtherHotspot),
            (moved.ValueOf("Motivo"), moved.ValueOf("Inizio dei sintomi"), moved.ValueOf("Tipo di test"), moved.ValueOf("Hotspot")));

        var slot = moved.Page.QuerySelectorAll("select[name='Form.SlotId'] option").Select(o => o.GetAttribute("value")!).Last(v => v.Length > 0);
        var made = await doctor.Submit(moved, "Richiedi", ("Orario", slot));
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.StartsWith("/testing/requests/", made.Address, StringComparison.Ordinal);
        Assert.Contains("Il tampone è stato richiesto.", made.Text, StringComparison.Ordinal);
        Assert.Contains(elsewhere.Name, made.Text, StringComparison.Ordinal);

        Assert.Contains("Ferraris", (await doctor.Open($"/patients/{person.Id}")).Text, StringComparison.Ordinal);
        Assert.Contains("Tampone antigenico: Prenotato", (await doctor.Open($"/patients/{person.Id}")).Text, StringComparison.Ordinal);

        Assert.Contains("Indichi il motivo dell'annullamento.", (await doctor.Submit(made, "Annulla la richiesta")).Text, StringComparison.Ordinal);
        var cancelled = await doctor.Submit(made, "Annulla la richiesta", ("Motivo dell'annullamento", "Guarita"));
        Assert.Contains("La richiesta è stata annullata.", cancelled.Text, StringComparison.Ordinal);
        Assert.Contains("Guarita", cancelled.Text, StringComparison.Ordinal);
        Assert.False(cancelled.HasButton("Annulla la richiesta"));
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task When_the_slot_has_just_filled_up_what_was_typed_is_kept_and_others_are_offered(Engine engine)
    {
        await using var app = await Start(engine);
        var slot = await app.Slot(1);
        var other = await app.Slot(1);
        var late = await app.Person("Tardi");
        var doctor = await app.SignedIn(As.Gp(Gp));
        var form = await doctor.Open($"/testing/requests/new?patient={late.Id}");
        var quick = await app.Person("Presto");
        form = await doctor.Submit(form, "Mostra gli orari", ("Hotspot", HotspotCode));
        await app.Send(app.Swab(quick, slot), As.Gp(Gp));

        var refused = await doctor.Submit(form, "Richiedi", ("Motivo", "Sintomi"), ("Inizio dei sintomi", "2021-11-13"), ("Febbre", "on"), ("Orario", slot.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("I posti di questo orario sono appena finiti", refused.Text, StringComparison.Ordinal);
        Assert.Equal(("symptoms", "2021-11-13", ""), (refused.ValueOf("Motivo"), refused.ValueOf("Inizio dei sintomi"), refused.ValueOf("Orario")));
        var made = await doctor.Submit(refused, "Richiedi", ("Orario", other.ToString()));
        Assert.Contains("Il tampone è stato richiesto.", made.Text, StringComparison.Ordinal);
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task The_hotspot_takes_labels_and_sends_and_the_lab_scans(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person("Bianco");
        var id = await app.Send(app.Swab(person, await app.Slot(1)), As.Gp(Gp));
        var booth = await app.SignedIn(As.Hotspot(HotspotCode));

        var day = await booth.Open("/testing/hotspot");
        Assert.Contains("Attesi: 1. Prelevati: 0.", day.Text, StringComparison.Ordinal);
        var nobody = await booth.Submit(day, "Cerca", ("Tessera sanitaria", "Verdi"));
        Assert.Contains("Nessuna persona", nobody.Text, StringComparison.Ordinal);
        var found = await booth.Submit(day, "Cerca", ("Tessera sanitaria", person.FiscalCode!));
        Assert.DoesNotContain(person.FiscalCode!, found.Address, StringComparison.Ordinal);
        var taken = await booth.Submit(found, "Preleva Bianco Anna");
        var number = (await app.Request(id)).AccessionNumber!;
        Assert.Contains($"Campione prelevato: {number}.", taken.Text, StringComparison.Ordinal);

        using (var label = await booth.Http.GetAsync(taken.Link("Stampa l'etichetta")))
        {
            Assert.Equal("application/pdf", label.Content.Headers.ContentType!.MediaType);
            Assert.Contains(number, Encoding.Latin1.GetString(await label.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        }

        var sent = await booth.Submit(await booth.Open("/testing/hotspot/dispatch"), "Spedisci");
        Assert.Contains("Campioni spediti: 1.", sent.Text, StringComparison.Ordinal);

        var lab = (await app.Request(id)).LabCode!;
        var bench = await app.SignedIn(As.Lab(lab));
        var reception = await bench.Open("/testing/lab/reception");
        Assert.Contains("Oggi ricevuti: 0. Ancora in viaggio: 1.", reception.Text, StringComparison.Ordinal);
        var received = await bench.Submit(reception, "Ricevi", ("Numero del campione", number));
        Assert.Contains($"Campione {number} ricevuto.", received.Text, StringComparison.Ordinal);
        Assert.Contains("Oggi ricevuti: 1. Ancora in viaggio: 0.", received.Text, StringComparison.Ordinal);
        Assert.NotNull(received.Page.QuerySelector("input[name='Form.AccessionNumber'][autofocus]"));
        var again = await bench.Submit(received, "Ricevi", ("Numero del campione", number));
        Assert.Contains($"Il campione {number} era già stato ricevuto.", again.Text, StringComparison.Ordinal);
        Assert.Equal("", again.ValueOf("Numero del campione"));

        var elsewhere = await app.SignedIn(As.Lab(lab == "LAB-001" ? "LAB-002" : "LAB-001"));
        var wrong = await elsewhere.Submit(await elsewhere.Open("/testing/lab/reception"), "Ricevi", ("Numero del campione", number));
        Assert.Contains($"Il campione {number} è destinato a un altro laboratorio.", wrong.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bianco", wrong.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Each_page_is_opened_only_by_those_entitled(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, _) = await app.Taken();
        var request = await app.Request(id);
        var strangerLab = request.LabCode == "LAB-001" ? "LAB-002" : "LAB-001";
        string[] paths =
        [
            $"/testing/requests/new?patient={request.PatientId}", "/testing/requests", $"/testing/requests/{id}", $"/testing/requests/{id}/label.pdf",
            "/testing/hotspot", "/testing/hotspot/dispatch", "/testing/lab/reception",
        ];
        foreach (var (who, answers) in new[]
        {
            (As.Gp(Gp), new[] { 200, 200, 200, 403, 403, 403, 403 }),
            (As.Gp(OtherGp), [404, 200, 404, 403, 403, 403, 403]),
            (As.Sisp(Asl), [200, 200, 200, 403, 403, 403, 403]),
            (As.Sisp("010203"), [404, 200, 404, 403, 403, 403, 403]),
            (As.Hotspot(HotspotCode), [403, 200, 200, 200, 200, 200, 403]),
            (As.Hotspot(OtherHotspot), [403, 200, 404, 404, 200, 200, 403]),
            (As.Lab(request.LabCode!), [403, 200, 200, 403, 403, 403, 200]),
            (As.Lab(strangerLab), [403, 200, 404, 403, 403, 403, 200]),
            (As.Administrator(), [403, 403, 403, 403, 403, 403, 403]),
        })
        {
            var visitor = await app.SignedIn(who);
            for (var i = 0; i < paths.Length; i++)
            {
                using var answer = await visitor.Http.GetAsync(paths[i]);
                Assert.True(answers[i] == (int)answer.StatusCode, $"{who.DisplayName} at {paths[i].Split('?')[0]}: {(int)answer.StatusCode} rather than {answers[i]}");
                if (who == As.Gp(OtherGp) || who == As.Hotspot(OtherHotspot))
                    Assert.DoesNotContain(request.FiscalCode!, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [Theory, OnEachEngine]
    public async Task The_export_holds_exactly_what_the_list_shows(Engine engine)
    {
        await using var app = await Start(engine);
        for (var i = 0; i < 27; i++)
            await app.Booked("Prova" + (char)('a' + i % 26) + (i > 25 ? "z" : ""));
        await app.Booked("Altra");
        var doctor = await app.SignedIn(As.Gp(Gp));
        const string query = "/testing/requests?text=prova&sort=-name&state=Booked&day=2021-11-15";

        static List<string> Rows(Screen list) => [.. list.Page.QuerySelectorAll("tbody tr").Select(r =>
            string.Join(';', r.QuerySelectorAll("th,td").Select(c => c.TextContent.Trim().Replace("–", "", StringComparison.Ordinal))))];
        var first = await doctor.Open(query);
        var shown = Rows(first).Concat(Rows(await doctor.Open(query + "&p=2"))).ToList();
        var export = await doctor.Http.GetStringAsync(query + "&format=csv");
        var lines = export.TrimStart('\ufeff').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(27, shown.Count);
        Assert.Equal(first.Page.QuerySelectorAll("thead th").Select(t => t.TextContent.Trim()), lines[0].Split(';'));
        Assert.Equal(shown, lines.Skip(1));
    }

    [Theory, OnEachEngine]
    public async Task The_home_page_says_what_waits(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Booked();
        var (id, _) = await app.Taken();
        async Task<List<(string, int?)>> Cards(Platform.BuildingBlocks.Security.Identity who)
        {
            await using var scope = app.Scope(who);
            var cards = new List<(string, int?)>();
            foreach (var source in Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetServices<Platform.BuildingBlocks.Web.IHomeCards>(scope.ServiceProvider))
                cards.AddRange((await source.Of(default)).Where(c => c.Url.StartsWith("/testing", StringComparison.Ordinal)).Select(c => (c.Title, c.Count)));
            return cards;
        }

        Assert.Equal([("Tamponi in corso", 2)], await Cards(As.Gp(Gp)));
        Assert.Equal([("Tamponi in corso", 0)], await Cards(As.Gp(OtherGp)));
        Assert.Equal([("Persone attese oggi", 1), ("Campioni da spedire", 1)], await Cards(As.Hotspot(HotspotCode)));
        await app.Send(new SendSamples { Ids = [id] }, As.Hotspot(HotspotCode));
        var lab = As.Lab((await app.Request(id)).LabCode!);
        Assert.Equal([("Campioni da accettare", 1), ("Campioni in attesa di esito", 0)], await Cards(lab));
        await app.Send(new ReceiveSample { AccessionNumber = (await app.Request(id)).AccessionNumber }, lab);
        Assert.Equal([("Campioni da accettare", 0), ("Campioni in attesa di esito", 1)], await Cards(lab));
    }
}
