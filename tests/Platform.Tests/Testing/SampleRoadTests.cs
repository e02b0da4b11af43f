using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Patients.Contracts;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Labs;
using Platform.Testing.Pools;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Testing.Shipments;
using Platform.Tests.Harness;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Testing;

/// <summary>From the arrival of the person to the lab: check-in, home visits, boxes, pools, and what goes wrong on the way.</summary>
public sealed class SampleRoadTests
{
    [Theory, OnEachEngine]
    public async Task The_square_on_the_paper_is_the_persons_arrival_at_her_hotspot_alone(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await app.Booked("Bianco");
        var code = (await app.Request(id)).CheckInCode;
        Assert.DoesNotContain("Bianco", code, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("check-in-unknown", await RefusedWith(() => app.Send(new CheckIn(code), As.Hotspot(OtherHotspot))));
        Assert.Equal("check-in-unknown", await RefusedWith(() => app.Send(new CheckIn("Q123"), As.Hotspot(HotspotCode))));
        Assert.Equal(id, await app.Send(new CheckIn(code), As.Hotspot(HotspotCode)));
        Assert.Equal(id, await app.Send(new CheckIn(code.ToLowerInvariant()), As.Hotspot(HotspotCode)));
        Assert.Equal(SwabRequestState.CheckedIn, (await app.Request(id)).State);
        await app.Send(new TakeSample { Id = id }, As.Hotspot(HotspotCode));
        Assert.Equal(4, (await app.Request(id)).Moves.Count);

        var other = await app.Booked("Verdi");
        var booth = await app.SignedIn(As.Hotspot(HotspotCode));
        var arrived = await booth.Submit(await booth.Open("/testing/hotspot"), "Cerca", ("Tessera sanitaria", (await app.Request(other)).CheckInCode));
        Assert.Contains("Arrivo registrato.", arrived.Text, StringComparison.Ordinal);
        Assert.Contains("Verdi Anna", arrived.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Bianco", arrived.Text, StringComparison.Ordinal);
        Assert.DoesNotContain((await app.Request(other)).CheckInCode, arrived.Address, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Who_did_not_come_or_whose_tube_broke_is_asked_for_again_with_one_click(Engine engine)
    {
        await using var app = await Start(engine);
        var absent = await app.Booked("Assente");
        await app.Send(new NoSample { Id = absent, Why = Failure.Absent }, As.Hotspot(HotspotCode));
        var (broken, number) = await app.Taken();
        var lab = As.Lab((await app.Request(broken)).LabCode!);
        Assert.Equal(number, await app.Send(new RejectSample { AccessionNumber = number, Why = Failure.Broken }, lab));
        Assert.Equal(number, await app.Send(new RejectSample { AccessionNumber = number, Why = Failure.Broken }, lab));
        Assert.Equal("sample-given-up", await RefusedWith(() => app.Send(new ReceiveSample { AccessionNumber = number }, lab)));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new RejectSample { Id = broken, Why = Failure.Broken }, As.Lab("LAB-009"))));
        Assert.Equal(2, (await app.Send(new ToDo(), As.Gp(Gp))).Total);
        await app.Drain();

        var free = await app.Slot(1, ahead: TimeSpan.FromDays(1));
        var doctor = await app.SignedIn(As.Gp(Gp));
        Assert.Equal(2, await app.Db<Platform.Notifications.NotificationsDb, int>(db => db.Messages.CountAsync(m => m.Subject == "Serve un nuovo campione: {0}")));
        var again = await doctor.Submit(await doctor.Open("/testing/to-do"), "Nuovo appuntamento Assente Anna");
        Assert.Contains("È stato richiesto un nuovo campione", again.Text, StringComparison.Ordinal);
        Assert.Equal(1, (await app.SlotOf(free)).Booked);
        var made = (await app.Request(absent)).RepeatedBy!.Value;
        Assert.Equal(made, await app.Send(new RepeatSwab(absent), As.Gp(Gp)));
        Assert.Equal((SwabRequestState.Booked, absent), ((await app.Request(made)).State, (await app.Request(made)).RepeatOf!.Value));
        // No place is free any more: the other one waits for a place, and is not lost.
        var second = await app.Send(new RepeatSwab(broken), As.Gp(Gp));
        Assert.Equal(SwabRequestState.Requested, (await app.Request(second)).State);
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task What_never_arrives_is_given_up_after_the_regions_days_and_taken_in_if_it_comes(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, number) = await app.Taken();
        await app.Send(new SendSamples { Ids = [id] }, As.Hotspot(HotspotCode));
        app.Clock.Advance(TimeSpan.FromDays(app.Region.Swabs.Limit("lost_after_days", new(2021, 11, 15)) - 0.5));
        Assert.Equal(0, await app.Send(new GiveUpLostSamples()));
        app.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await app.Send(new GiveUpLostSamples()));
        Assert.Equal(Failure.Lost, Assert.Single((await app.Send(new ToDo(), As.Gp(Gp))).Rows).Failure);
        await app.Send(new ReceiveSample { AccessionNumber = number }, As.Lab((await app.Request(id)).LabCode!));
        Assert.Equal((SwabRequestState.Received, (Failure?)null), ((await app.Request(id)).State, (await app.Request(id)).Failure));
        Assert.Empty((await app.Send(new ToDo(), As.Gp(Gp))).Rows);
    }

    [Theory, OnEachEngine]
    public async Task A_report_of_an_unsuitable_sample_brings_the_request_back_to_whoever_asked(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, _) = await app.Taken();
        var report = Guid.CreateVersion7();
        await app.Send(new CloseSwabRequest(id, report, app.Clock.Now.UtcDateTime, Unsuitable: true));
        Assert.Equal(Failure.Unsuitable, Assert.Single((await app.Send(new ToDo(), As.Gp(Gp))).Rows).Failure);
        await app.Send(new CloseSwabRequest(id, report, app.Clock.Now.UtcDateTime));
        Assert.Empty((await app.Send(new ToDo(), As.Gp(Gp))).Rows);
    }

    [Theory, OnEachEngine]
    public async Task The_lab_with_the_least_backlog_for_its_capacity_is_proposed_and_another_needs_a_reason(Engine engine)
    {
        await using var app = await Start(engine);
        var booth = As.Hotspot(HotspotCode);
        var first = await app.Booked();
        var labs = await app.Send(new LabsFor(first), booth);
        Assert.Equal("LAB-001", labs[0].Code);
        Assert.Equal("lab-reason-missing", await RefusedWith(() => app.Send(new TakeSample { Id = first, LabCode = "LAB-004" }, booth)));
        await app.Send(new TakeSample { Id = first, LabCode = "LAB-004", LabReason = "Corriere già partito per Nord" }, booth);
        var taken = await app.Request(first);
        Assert.Equal(("LAB-004", "Corriere già partito per Nord"), (taken.LabCode, taken.Moves.Single(m => m.State == SwabRequestState.Collected).Note));
        Assert.Equal(1, (await app.Send(new LabsAtWork(), As.Sisp(Asl))).Single(l => l.Code == "LAB-004").Backlog);

        var stop = new StopLab { Id = Guid.CreateVersion7(app.Clock.Now), Lab = "LAB-001", Reason = "Guasto" };
        Assert.Equal("not-found", await RefusedWith(() => app.Send(stop, As.Lab("LAB-002"))));
        await app.Send(stop, As.Lab("LAB-001"));
        await app.Send(stop, As.Lab("LAB-001"));
        var second = await app.Booked();
        Assert.Equal("lab-stopped", await RefusedWith(() => app.Send(new TakeSample { Id = second, LabCode = "LAB-001", LabReason = "x" }, booth)));
        await app.Send(new TakeSample { Id = second }, booth);
        Assert.Equal("LAB-002", (await app.Request(second)).LabCode);
        app.Clock.Advance(TimeSpan.FromHours(1));
        await app.Send(new EndLabStop(stop.Id), As.Sisp(Asl));
        Assert.Equal("stop-over", await RefusedWith(() => app.Send(new EndLabStop(stop.Id), As.Sisp(Asl))));

        var bench = await app.SignedIn(As.Lab("LAB-001"));
        var stopped = await bench.Submit(await bench.Open("/testing/labs"), "Registra il fermo", ("Motivo del fermo", "Manutenzione"));
        Assert.Contains("Manutenzione", stopped.Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_unit_visits_at_home_takes_the_sample_or_says_why_not(Engine engine)
    {
        await using var app = await Start(engine);
        var day = await app.Slot(2, "USCA-012");
        var person = await app.Person("Casalinga");
        var visit = app.Swab(person, day);
        Assert.Equal("home-address-missing", await RefusedWith(() => app.Send(visit, As.Gp(Gp))));
        var id = await app.Send(visit with { HomeAddress = "Via Po 1, Torino", HomePhone = "011 555", Note = "Secondo piano" }, As.Gp(Gp));
        var other = await app.Send(app.Swab(await app.Person("Altrove"), day) with { HomeAddress = "Via Po 2" }, As.Gp(Gp));
        Assert.Equal("slot-full", await RefusedWith(async () => await app.Send(app.Swab(await app.Person("Terza"), day) with { HomeAddress = "Via Po 3" }, As.Gp(Gp))));
        Assert.Equal("not-at-home", await RefusedWith(async () =>
        {
            var plain = await app.Booked();
            await app.Send(new MoveBooking { Id = plain, Version = (await app.Request(plain)).Version, SlotId = await app.Slot(1, "USCA-012") }, As.Gp(Gp));
        }));

        var unit = As.Usca("USCA-012");
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new TakeSample { Id = id }, As.Usca("USCA-001"))));
        var list = await app.Send(new HotspotDay(), unit);
        Assert.Equal(["Via Po 2", "Via Po 1, Torino"], list.People.Select(p => p.HomeAddress));
        await app.Send(new TakeSample { Id = id }, unit);
        await app.Send(new NoSample { Id = other, Why = Failure.NotPossible, Note = "Rifiuta" }, unit);
        await app.Send(new SendSamples { Ids = [id] }, unit);
        Assert.Equal((SwabRequestState.Sent, SwabRequestState.Failed), ((await app.Request(id)).State, (await app.Request(other)).State));
        Assert.Contains("Via Po 1, Torino", (await (await app.SignedIn(unit)).Open("/testing/hotspot")).Text, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_box_is_received_tube_by_tube_or_whole_and_shows_what_is_missing(Engine engine)
    {
        await using var app = await Start(engine);
        var tubes = new List<(Guid Id, string Number)>();
        for (var i = 0; i < 3; i++)
            tubes.Add(await app.Taken());
        var booth = As.Hotspot(HotspotCode);
        var sent = await app.Send(new SendSamples { Ids = [.. tubes.Select(t => t.Id)] }, booth);
        var box = await app.Send(new ShipmentDetails(Assert.Single(sent.Shipments)), booth);
        Assert.Equal((3, 3), (box.Shipment.Tubes, box.Tubes.Count));
        var lab = As.Lab(box.Shipment.LabCode);

        await app.Send(new ReceiveSample { AccessionNumber = tubes[0].Number }, lab);
        Assert.Equal(2, Assert.Single((await app.Send(new ShipmentList(), lab)).Rows).Missing);
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new ShipmentDetails(box.Shipment.Id), As.Lab("LAB-009"))));
        Assert.Equal("shipment-of-other-lab", await RefusedWith(() => app.Send(new ReceiveShipment(box.Shipment.Number), As.Lab("LAB-009"))));
        Assert.True(ReceiveShipment.IsNumber(box.Shipment.Number));
        Assert.False(ReceiveShipment.IsNumber(tubes[0].Number));

        var bench = await app.SignedIn(lab);
        var whole = await bench.Submit(await bench.Open("/testing/lab/reception"), "Ricevi", ("Numero del campione", box.Shipment.Number));
        Assert.Contains("Spedizione ricevuta: 2 provette.", whole.Text, StringComparison.Ordinal);
        Assert.Equal(0, await app.Send(new ReceiveShipment(box.Shipment.Number), lab));
        Assert.Contains("Completa", (await bench.Open("/testing/shipments")).Text, StringComparison.Ordinal);
        using var list = await bench.Http.GetAsync((await bench.Open($"/testing/shipments/{box.Shipment.Id}")).Link("Stampa la distinta"));
        Assert.Contains(box.Shipment.Number, Encoding.Latin1.GetString(await list.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task Scans_are_answered_one_by_one_without_leaving_the_page(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, number) = await app.Taken();
        var bench = await app.SignedIn(As.Lab((await app.Request(id)).LabCode!));
        var page = await bench.Open("/testing/lab/reception");
        var token = page.Page.QuerySelector("form[data-scan] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        async Task<string> Scan(string code)
        {
            using var form = new FormUrlEncodedContent([new("Form.AccessionNumber", code), new("__RequestVerificationToken", token)]);
            using var answer = await bench.Http.PostAsync("/testing/lab/reception?handler=scan", form);
            return System.Net.WebUtility.HtmlDecode((await answer.Content.ReadAsStringAsync()).Trim());
        }

        var done = await Scan(number);
        Assert.StartsWith("<li data-scan-answer class=\"scan-done\"", done, StringComparison.Ordinal);
        Assert.Contains("Oggi ricevuti: 1. Ancora in viaggio: 0.", done, StringComparison.Ordinal);
        Assert.Contains("scan-again", await Scan(number), StringComparison.Ordinal);
        Assert.Contains("scan-refused", await Scan("XX1"), StringComparison.Ordinal);
        Assert.Contains("scan-refused", await Scan(""), StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task A_negative_pool_makes_each_member_negative_and_any_other_is_taken_apart(Engine engine)
    {
        await using var app = await Start(engine);
        var tubes = await Received(app, 5);
        var lab = As.Lab((await app.Request(tubes[0].Id)).LabCode!);
        MakePool Of(params string[] numbers) => new() { Id = Guid.CreateVersion7(app.Clock.Now), Numbers = string.Join('\n', numbers) };
        Assert.Equal("pool-size", await RefusedWith(() => app.Send(Of(tubes[0].Number, tubes[0].Number), lab)));
        Assert.Equal("sample-unknown", await RefusedWith(() => app.Send(Of(tubes[0].Number, "XX1"), lab)));
        var make = Of(tubes[0].Number, tubes[1].Number, " " + tubes[2].Number.ToLowerInvariant());
        var first = await app.Send(make, lab);
        Assert.Equal(first, await app.Send(make, lab));
        Assert.Equal("sample-in-pool", await RefusedWith(() => app.Send(Of(tubes[0].Number, tubes[3].Number), lab)));
        var second = await app.Send(Of(tubes[3].Number, tubes[4].Number), lab);
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new ResolvePool(first, true), As.Lab("LAB-009"))));

        await app.Send(new ResolvePool(first, Negative: true), lab);
        await app.Send(new ResolvePool(first, Negative: true), lab);
        Assert.Equal("pool-resolved", await RefusedWith(() => app.Send(new ResolvePool(first, Negative: false), lab)));
        var number = (await app.Send(new PoolDetails(second), lab)).Pool.Number;
        Assert.Equal(PoolState.Split, await app.Send(new ReportPool(number, Negative: false, app.Clock.Now.UtcDateTime)));
        await app.Drain();
        for (var i = 0; i < tubes.Count; i++)
            Assert.Equal(i < 3 ? SwabRequestState.Reported : SwabRequestState.Received, (await app.Request(tubes[i].Id)).State);
        Assert.Equal((PoolState.Split, 2), await app.Send(new PoolOf(number)) is { } pool ? (pool.State, pool.Members.Count) : default);
        var results = await app.Db<Platform.Referti.RefertiDb, List<Platform.Referti.Contracts.ReportResult>>(db => db.Reports.Select(r => r.Result).ToListAsync());
        Assert.Equal(Enumerable.Repeat(Platform.Referti.Contracts.ReportResult.NotDetected, 3), results);
    }

    [Theory, OnEachEngine]
    public async Task The_screens_of_pools(Engine engine)
    {
        await using var app = await Start(engine);
        var tubes = await Received(app, 2);
        var bench = await app.SignedIn(As.Lab((await app.Request(tubes[0].Id)).LabCode!));
        var made = await bench.Submit(await bench.Open("/testing/lab/pools"), "Crea il pool", ("Campioni del nuovo pool", $"{tubes[0].Number}\n{tubes[1].Number}"));
        Assert.Contains("Il pool è creato", made.Text, StringComparison.Ordinal);
        using var label = await bench.Http.GetAsync(made.Link("Etichetta"));
        Assert.Equal("application/pdf", label.Content.Headers.ContentType!.MediaType);
        var split = await bench.Submit(made, "Positivo o non conclusivo");
        Assert.Contains("Da esaminare uno per uno", split.Text, StringComparison.Ordinal);
    }

    private static async Task<List<(Guid Id, string Number)>> Received(PlatformApp app, int count)
    {
        var tubes = new List<(Guid Id, string Number)>();
        for (var i = 0; i < count; i++)
        {
            var tube = await app.Taken();
            await app.Send(new ReceiveSample { AccessionNumber = tube.Number }, As.Lab((await app.Request(tube.Id)).LabCode!));
            tubes.Add(tube);
        }

        return tubes;
    }
}
