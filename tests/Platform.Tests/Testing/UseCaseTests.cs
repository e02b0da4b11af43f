using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts;
using Platform.Testing;
using Platform.Testing.Contracts;
using Platform.Testing.Hotspots;
using Platform.Testing.Labels;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Tests.Harness;
using static Platform.Tests.Testing.TestingApp;

namespace Platform.Tests.Testing;

public sealed class UseCaseTests
{
    [Theory, OnEachEngine]
    public async Task Slots_are_opened_for_fourteen_days_and_once(Engine engine)
    {
        await using var app = await Start(engine);
        var opened = await app.Send(new OpenSlots());
        Assert.True(opened > 1000);
        Assert.Equal(0, await app.Send(new OpenSlots()));
        var opening = app.Region.HotspotOpenings.First(o => o.Hotspot == HotspotCode && o.Weekday == DayOfWeek.Tuesday);
        var first = app.Region.UtcOf(new(2021, 11, 16), opening.From);
        Assert.Equal(opening.CapacityPerSlot, await app.Db<TestingDb, int>(
            db => db.Slots.Where(s => s.HotspotCode == HotspotCode && s.StartsAt == first).Select(s => s.Capacity).SingleAsync()));

        app.Clock.Advance(TimeSpan.FromDays(1));
        var nextDay = await app.Send(new OpenSlots());
        Assert.InRange(nextDay, 1, opened / 7);
    }

    // Both Sundays on which the clocks change lie within reach of the days named.
    [Theory]
    [InlineData(2021, 3, 20)]
    [InlineData(2021, 10, 24)]
    public async Task Where_the_clocks_change_the_hours_on_the_wall_stay(int year, int month, int day)
    {
        await using var app = await Start(Engine.Sqlite);
        app.Clock.Set(new(year, month, day, 9, 0, 0, TimeSpan.Zero));
        await app.Send(new OpenSlots());
        var starts = await app.Db<TestingDb, List<DateTime>>(db => db.Slots.Where(s => s.HotspotCode == HotspotCode).Select(s => s.StartsAt).ToListAsync());
        var days = starts.Select(app.Region.LocalOf).GroupBy(DateOnly.FromDateTime).ToList();
        Assert.True(days.Count >= 12);
        foreach (var each in days)
        {
            var openings = app.Region.HotspotOpenings.Where(o => o.Hotspot == HotspotCode && o.Weekday == each.Key.DayOfWeek).ToList();
            Assert.Equal(openings.Min(o => o.From), TimeOnly.FromDateTime(each.Min()));
            Assert.Equal(openings.Sum(o => (int)(o.To - o.From).TotalMinutes / o.SlotMinutes), each.Count());
        }
    }

    [Theory, OnEachEngine]
    public async Task Facilities_are_imported_once_and_keep_their_letters(Engine engine)
    {
        await using var app = await Start(engine);
        var before = await app.Db<TestingDb, List<string>>(db => db.Labs.OrderBy(l => l.Code).Select(l => l.Code + l.Prefix).ToListAsync());
        Assert.NotEmpty(before);
        Assert.Equal(0, await app.Send(new ImportFacilities()));
        Assert.Equal(before, await app.Db<TestingDb, List<string>>(db => db.Labs.OrderBy(l => l.Code).Select(l => l.Code + l.Prefix).ToListAsync()));
    }

    [Theory, OnEachEngine]
    public async Task Only_slots_to_come_with_free_places_are_offered_nearest_hotspot_first(Engine engine)
    {
        await using var app = await Start(engine);
        var past = await app.Slot(1, ahead: TimeSpan.FromMinutes(-30));
        var full = await app.Slot(1);
        await app.Send(app.Swab(await app.Person(), full), As.Gp(Gp));
        var free = await app.Slot(3);
        var offered = await app.Send(new FreeSlots { Hotspot = HotspotCode, NearMunicipality = "001272", NearAsl = Asl }, As.Gp(Gp));
        Assert.Equal([free], offered.Slots.Select(s => s.Id));
        Assert.Equal(3, offered.Days.Single().Free);
        Assert.Equal("001272", offered.Hotspots[0].MunicipalityIstat);
        Assert.Equal("slot-past", await RefusedWith(async () => await app.Send(app.Swab(await app.Person("Altra"), past), As.Gp(Gp))));
    }

    [Theory, OnEachEngine]
    public async Task A_request_takes_its_place_and_is_told(Engine engine)
    {
        await using var app = await Start(engine);
        var slot = await app.Slot(2);
        var person = await app.Person("D'Alò", givenName: "Mària");
        var id = await app.Send(app.Swab(person, slot), As.Gp(Gp));
        var request = await app.Request(id);
        Assert.Equal((SwabRequestState.Booked, "D ALO MARIA", Gp, HotspotCode), (request.State, request.SearchName, request.GpCode, request.HotspotCode));
        Assert.Equal([SwabRequestState.Requested, SwabRequestState.Booked], request.Moves.OrderBy(m => m.Number).Select(m => m.State));
        Assert.Equal(1, await app.Db<TestingDb, int>(db => db.Outbox.CountAsync(o => o.Type.Contains(nameof(SwabRequested)))));
        Assert.Equal("already-requested", await RefusedWith(() => app.Send(app.Swab(person, slot), As.Gp(Gp))));
        await app.Send(app.Swab(person, slot, TestType.Serology), As.Gp(Gp));
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task Only_the_doctor_and_the_ASL_of_the_person_may_request(Engine engine)
    {
        await using var app = await Start(engine);
        var person = await app.Person();
        var slot = await app.Slot(5);
        Assert.Equal("not-found", await RefusedWith(() => app.Send(app.Swab(person, slot), As.Gp("990014"))));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(app.Swab(person, slot), As.Sisp("010203"))));
        Assert.Equal("forbidden", await RefusedWith(() => app.Send(app.Swab(person, slot), As.Hotspot(HotspotCode))));
        Assert.Equal("forbidden", await RefusedWith(() => app.Send(app.Swab(person, slot), As.Lab("LAB-001"))));
        Assert.Equal(0, (await app.SlotOf(slot)).Booked);
        await app.Send(app.Swab(person, slot), As.Sisp(Asl));
    }

    [Theory, OnEachEngine]
    public async Task The_road_of_a_sample_from_the_hotspot_to_the_report_and_back(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, number) = await app.Taken();
        Assert.True(AccessionNumber.IsValid(number));
        Assert.Equal(new SampleTaken(number, Already: true), await app.Send(new TakeSample { Id = id }, As.Hotspot(HotspotCode)));
        var lab = (await app.Request(id)).LabCode!;

        Assert.Equal(1, (await app.Send(new SendSamples { Ids = [id] }, As.Hotspot(HotspotCode))).Count);
        Assert.Equal(0, (await app.Send(new SendSamples { Ids = [id] }, As.Hotspot(HotspotCode))).Count);
        Assert.Equal(new SampleReception(number, Already: false), await app.Send(new ReceiveSample { AccessionNumber = $" {number.ToLowerInvariant()} " }, As.Lab(lab)));
        Assert.Equal(new SampleReception(number, Already: true), await app.Send(new ReceiveSample { AccessionNumber = number }, As.Lab(lab)));
        Assert.Single((await app.Send(new SamplesAwaitingResult(null), As.Lab(lab))).Rows);
        Assert.Equal(SwabRequestState.Received, (await app.Send(new SampleOfLab(id), As.Lab(lab))).State);

        var report = Guid.CreateVersion7();
        var at = app.Clock.Now.UtcDateTime;
        await app.Send(new CloseSwabRequest(id, report, at));
        await app.Send(new CloseSwabRequest(id, report, at));
        Assert.Equal(SwabRequestState.Reported, (await app.Request(id)).State);
        Assert.Empty((await app.Send(new SamplesAwaitingResult(null), As.Lab(lab))).Rows);
        Assert.Equal("sample-already-reported", await RefusedWith(() => app.Send(new ReceiveSample { AccessionNumber = number }, As.Lab(lab))));

        await app.Send(new ReopenSwabRequest(id, report, at));
        await app.Send(new ReopenSwabRequest(id, report, at));
        var request = await app.Request(id);
        Assert.Equal((SwabRequestState.Received, 7), (request.State, request.Moves.Count));
        Assert.Equal(id, (await app.Send(new SwabRequestByAccession(number.ToLowerInvariant())))!.Id);
        Assert.Equal(number, (await app.Send(new SwabRequestById(id)))!.AccessionNumber);
        Assert.Single(await app.Send(new OpenSwabRequestsOf(request.PatientId)));
        var told = await app.Db<TestingDb, List<string>>(db => db.Outbox.Select(o => o.Type).ToListAsync());
        Assert.Contains(told, t => t.Contains(nameof(SampleCollected), StringComparison.Ordinal));
        Assert.Contains(told, t => t.Contains(nameof(SampleReceived), StringComparison.Ordinal));
    }

    [Theory, OnEachEngine]
    public async Task A_result_closes_a_request_that_nobody_had_marked_as_received(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, _) = await app.Taken();
        await app.Send(new CloseSwabRequest(id, Guid.CreateVersion7(), app.Clock.Now.UtcDateTime));
        Assert.Equal(SwabRequestState.Reported, (await app.Request(id)).State);

        var booked = await app.Booked();
        Assert.Equal("move-not-allowed", await RefusedWith(() => app.Send(new CloseSwabRequest(booked, Guid.CreateVersion7(), app.Clock.Now.UtcDateTime))));
    }

    [Theory, OnEachEngine]
    public async Task A_request_opened_again_may_stand_beside_a_newer_one(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, _) = await app.Taken();
        var report = Guid.CreateVersion7();
        await app.Send(new CloseSwabRequest(id, report, app.Clock.Now.UtcDateTime));
        var person = (await app.Send(new PatientById((await app.Request(id)).PatientId)))!;
        await app.Send(app.Swab(person, await app.Slot(1)), As.Gp(Gp));
        await app.Send(new ReopenSwabRequest(id, report, app.Clock.Now.UtcDateTime));
        Assert.Equal((SwabRequestState.Received, null), ((await app.Request(id)).State, (await app.Request(id)).OpenFor));
        Assert.Equal([id], (await app.Send(new OpenSwabRequestsOf(person.Id))).Take(1).Select(r => r.Id));
    }

    [Theory, OnEachEngine]
    public async Task A_tube_that_is_not_this_labs_or_not_known_is_said_clearly(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, number) = await app.Taken();
        var other = (await app.Request(id)).LabCode == "LAB-001" ? "LAB-002" : "LAB-001";
        Assert.Equal("sample-of-other-lab", await RefusedWith(() => app.Send(new ReceiveSample { AccessionNumber = number }, As.Lab(other))));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new SampleOfLab(id), As.Lab(other))));
        var unknown = AccessionNumber.Make("YY", 2021, 77);
        Assert.Equal("sample-unknown", await RefusedWith(() => app.Send(new ReceiveSample { AccessionNumber = unknown }, As.Lab(other))));
        Assert.Equal("sample-number-wrong", await RefusedWith(() => app.Send(new ReceiveSample { AccessionNumber = "AA21O00001X" }, As.Lab(other))));
        // The tube is in the lab's hands though nobody pressed «Spedisci».
        await app.Send(new ReceiveSample { AccessionNumber = number }, As.Lab((await app.Request(id)).LabCode!));
        Assert.Equal(
            [SwabRequestState.Requested, SwabRequestState.Booked, SwabRequestState.Collected, SwabRequestState.Sent, SwabRequestState.Received],
            (await app.Request(id)).Moves.OrderBy(m => m.Number).Select(m => m.State));
    }

    [Theory, OnEachEngine]
    public async Task Samples_taken_at_once_get_numbers_of_their_own_without_gaps(Engine engine)
    {
        await using var app = await Start(engine);
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
            ids.Add(await app.Booked());
        var taken = await Task.WhenAll(ids.Select(id => Task.Run(() => app.Send(new TakeSample { Id = id }, As.Hotspot(HotspotCode)))));
        Assert.Equal(20, taken.Select(t => t.AccessionNumber).Distinct().Count());
        foreach (var lab in taken.GroupBy(t => t.AccessionNumber[..4]))
            Assert.Equal(Enumerable.Range(1, lab.Count()), lab.Select(t => int.Parse(t.AccessionNumber[4..^1], System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Theory, OnEachEngine]
    public async Task A_sample_goes_to_the_lab_of_the_ASL_with_the_lowest_backlog_for_its_capacity(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Db<TestingDb, int>(async db =>
        {
            foreach (var lab in await db.Labs.Where(l => l.AslCode == Asl).ToListAsync())
                lab.DailyCapacity = lab.Code switch { "LAB-001" => 2, "LAB-002" => 1, _ => lab.DailyCapacity };
            await db.Labs.Where(l => l.AslCode == Asl && l.Code != "LAB-001" && l.Code != "LAB-002").ExecuteUpdateAsync(s => s.SetProperty(l => l.AslCode, "010203"));
            return await db.SaveChangesAsync();
        });
        var labs = new List<string?>();
        for (var i = 0; i < 6; i++)
            labs.Add((await app.Request((await app.Taken()).Id)).LabCode);
        Assert.Equal(["LAB-001", "LAB-002", "LAB-001", "LAB-001", "LAB-002", "LAB-001"], labs);

        await app.Db<TestingDb, int>(db => db.Labs.Where(l => l.AslCode == Asl).ExecuteUpdateAsync(s => s.SetProperty(l => l.AslCode, "010203")));
        Assert.NotNull((await app.Request((await app.Taken()).Id)).LabCode);
    }

    [Theory, OnEachEngine]
    public async Task Cancelling_demands_a_reason_and_the_version_seen(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await app.Booked();
        var version = (await app.Request(id)).Version;
        await Assert.ThrowsAsync<FluentValidation.ValidationException>(() => app.Send(new CancelSwabRequest { Id = id, Version = version }, As.Gp(Gp)));
        Assert.Equal("changed-meanwhile", await RefusedWith(() => app.Send(new CancelSwabRequest { Id = id, Version = version + 1, Reason = "x" }, As.Gp(Gp))));
        await app.Send(new CancelSwabRequest { Id = id, Version = version, Reason = "Non serve più" }, As.Sisp(Asl));
        var request = await app.Request(id);
        Assert.Equal((SwabRequestState.Cancelled, null, null), (request.State, request.SlotId, request.OpenFor));
        Assert.Equal("Non serve più", request.Moves.OrderBy(m => m.Number).Last().Note);
        Assert.Equal("move-not-allowed", await RefusedWith(() => app.Send(new TakeSample { Id = id }, As.Hotspot(HotspotCode))));
        await app.NothingCountedWithoutABooking();
    }

    [Theory, OnEachEngine]
    public async Task Who_has_nothing_to_do_with_a_request_does_not_find_it(Engine engine)
    {
        await using var app = await Start(engine);
        var (id, _) = await app.Taken();
        var lab = (await app.Request(id)).LabCode!;
        var otherLab = lab == "LAB-001" ? "LAB-002" : "LAB-001";
        foreach (var entitled in new[] { As.Gp(Gp), As.Sisp(Asl), As.Hotspot(HotspotCode), As.Lab(lab) })
        {
            Assert.Equal(id, (await app.Send(new SwabRequestDetails(id), entitled)).Swab.Id);
            Assert.Single((await app.Send(new SwabRequestList(), entitled)).Rows);
        }

        foreach (var stranger in new[] { As.Gp("990014"), As.Sisp("010203"), As.Hotspot(OtherHotspot), As.Lab(otherLab) })
        {
            Assert.Equal("not-found", await RefusedWith(() => app.Send(new SwabRequestDetails(id), stranger)));
            Assert.Empty((await app.Send(new SwabRequestList(), stranger)).Rows);
        }

        Assert.Equal("not-found", await RefusedWith(() => app.Send(new TakeSample { Id = id }, As.Hotspot(OtherHotspot))));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new SendSamples { Ids = [id] }, As.Hotspot(OtherHotspot))));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new SampleLabel(id), As.Hotspot(OtherHotspot))));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new HotspotDay { Hotspot = HotspotCode }, As.Hotspot(OtherHotspot))));
        Assert.Equal("forbidden", await RefusedWith(() => app.Send(new SwabRequestDetails(id), As.Administrator())));
    }

    [Theory, OnEachEngine]
    public async Task When_the_person_moves_her_requests_move_with_her_but_stay_with_whoever_asked(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await app.Booked();
        var person = (await app.Send(new PatientById((await app.Request(id)).PatientId)))!;
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Db<TestingDb, int>(db =>
        {
            db.Tell(new PatientChanged(person with { AslCode = "010203", GpCode = "990014", FamilyName = "Nuova" }));
            return db.SaveChangesAsync();
        });
        await app.Drain();
        Assert.Equal("Nuova", (await app.Send(new SwabRequestDetails(id), As.Gp("990014"))).Swab.FamilyName);
        await app.Send(new SwabRequestDetails(id), As.Sisp("010203"));
        await app.Send(new SwabRequestDetails(id), As.Gp(Gp));
        Assert.Equal("not-found", await RefusedWith(() => app.Send(new SwabRequestDetails(id), As.Sisp(Asl))));
    }

    [Theory, OnEachEngine]
    public async Task The_list_filters_and_sorts(Engine engine)
    {
        await using var app = await Start(engine);
        var gp = As.Gp(Gp);
        var anna = await app.Person("Zanetti");
        var luisa = await app.Person("D'Àngelo", givenName: "Luisa");
        await app.Send(app.Swab(anna, await app.Slot(1)), gp);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Send(app.Swab(luisa, await app.Slot(1, ahead: TimeSpan.FromDays(1))), gp);

        async Task<List<string>> Names(SwabRequestList query) => [.. (await app.Send(query, gp)).Rows.Select(r => r.FamilyName)];
        Assert.Equal(["D'Àngelo", "Zanetti"], await Names(new()));
        Assert.Equal(["Zanetti", "D'Àngelo"], await Names(new() { Sort = "asked" }));
        Assert.Equal(["Zanetti", "D'Àngelo"], await Names(new() { Sort = "-name" }));
        Assert.Equal(["D'Àngelo"], await Names(new() { Text = "angelo lui" }));
        Assert.Equal(["Zanetti"], await Names(new() { Text = $"%{anna.FiscalCode}ZANETTI  ANNA?" }));
        Assert.Equal(["Zanetti"], await Names(new() { Day = new(2021, 11, 15) }));
        Assert.Empty(await Names(new() { State = SwabRequestState.Cancelled }));
    }

    [Theory, OnEachEngine]
    public async Task The_list_of_the_day_finds_by_the_health_card_whoever_mistook_the_day(Engine engine)
    {
        await using var app = await Start(engine);
        var today = await app.Person("Oggi");
        var tomorrow = await app.Person("Domani");
        await app.Send(app.Swab(today, await app.Slot(1)), As.Gp(Gp));
        await app.Send(app.Swab(tomorrow, await app.Slot(1, ahead: TimeSpan.FromDays(1))), As.Gp(Gp));
        var day = await app.Send(new HotspotDay(), As.Hotspot(HotspotCode));
        Assert.Equal((1, 0, "Oggi"), (day.Expected, day.Taken, day.People.Single().FamilyName));
        Assert.Equal("Domani", (await app.Send(new HotspotDay { Text = tomorrow.FiscalCode }, As.Hotspot(HotspotCode))).People.Single().FamilyName);
        Assert.Empty((await app.Send(new HotspotDay { Text = "domani" }, As.Hotspot(HotspotCode))).People);
    }

    [Theory, OnEachEngine]
    public async Task Every_reading_and_writing_of_a_persons_data_leaves_its_line(Engine engine)
    {
        await using var app = await Start(engine);
        var id = await app.Booked();
        await app.Send(new SwabRequestDetails(id), As.Hotspot(HotspotCode));
        var lines = await app.Db<TestingDb, List<string>>(db => db.Outbox.Where(o => o.Type.Contains(nameof(PersonDataTouched))).Select(o => o.Payload).ToListAsync());
        Assert.Contains(lines, l => l.Contains("\"write\"", StringComparison.Ordinal) && l.Contains("testing.SwabRequest", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.Contains("\"read\"", StringComparison.Ordinal) && l.Contains("testing.SwabRequestDetails", StringComparison.Ordinal));
    }
}
