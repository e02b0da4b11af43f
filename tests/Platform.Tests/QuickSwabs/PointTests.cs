using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Notifications.Inbox;
using Platform.Patients.Contracts;
using Platform.Patients.Contracts.FiscalCodes;
using Platform.QuickSwabs;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Swabs;
using Platform.Tests.Harness;
using Platform.Tests.Testing;

namespace Platform.Tests.QuickSwabs;

/// <summary>The ASL says who may test: it admits, suspends and readmits, with a reason that who works there reads.</summary>
public sealed class PointTests
{
    private const string Pharmacy = "FAR-001";

    private static readonly Identity Desk = As.Pharmacy(Pharmacy);
    private static readonly Identity Office = As.Sisp(TestingApp.Asl);

    [Theory, OnEachEngine]
    public async Task A_suspended_point_begins_no_test_says_why_and_sends_what_was_done_before(Engine engine)
    {
        await using var app = await TestingApp.Start(engine);
        var person = await app.Person();
        var begun = await app.Send(Test(app, person), Desk);
        var office = await app.SignedIn(Office);
        var list = await office.Open("/quick-swabs/points");
        var page = await office.Open(list.Page.QuerySelector($"a[href='/quick-swabs/points/{Pharmacy}']")!.GetAttribute("href")!);
        Assert.Equal("Scriva il motivo.", (await office.Submit(page, "Sospendi")).ErrorOf("Motivo"));
        var suspended = await office.Submit(page, "Sospendi", ("Motivo", "Kit fuori temperatura"));
        Assert.Contains("Il punto è sospeso dai test rapidi.", suspended.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Kit fuori temperatura", suspended.Text, StringComparison.Ordinal);
        // The form that came twice changes nothing; another's, on what was shown before, is told.
        await office.Submit(page, "Sospendi", ("Motivo", "Kit fuori temperatura"));
        Assert.Equal("changed-meanwhile", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            new DecidePoint { Id = Guid.CreateVersion7(app.Clock.Now), PointCode = Pharmacy, Kind = PointDecisionKind.Suspension, Reason = "Altro" }, Office))).Code);
        await app.Drain();

        app.Clock.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal("point-suspended", (await Assert.ThrowsAsync<Refusal>(() => app.Send(Test(app, person), Desk))).Code);
        Assert.Contains("Kit fuori temperatura", Assert.Single((await app.Send(new InboxList(true, null, false), Desk)).Rows).Arguments);
        var desk = await app.SignedIn(Desk);
        foreach (var path in new[] { "/quick-swabs", "/quick-swabs/new" })
            Assert.Contains("Kit fuori temperatura", (await desk.Open(path)).Page.QuerySelector($"[data-suspended='{Pharmacy}']")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain((await app.Visitor().Open("/punti-test?where=torino&kind=Pharmacy")).Page.QuerySelectorAll("[data-points] h2"), h => h.TextContent.Contains(app.Region.QuickSwabs.FindPoint(Pharmacy)!.Name, StringComparison.Ordinal));
        // What was begun is read, and what was done before is taken.
        await app.Send(new EnterQuickResult { Id = begun, Result = QuickSwabResult.Negative }, Desk);
        var before = new RecordQuickSwab
        {
            Id = Guid.CreateVersion7(app.Clock.Now), FiscalCode = person.FiscalCode, PointCode = Pharmacy, DeviceJrc = "1232", Lot = "L1", KitExpiry = new(2022, 12, 31),
            CollectedAt = app.Clock.Now.AddHours(-1), ResultAt = app.Clock.Now.AddMinutes(-40), Result = QuickSwabResult.Negative,
        };
        Assert.False((await app.Send(before, Desk)).Already);
        Assert.Equal("point-suspended", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            before with { Id = Guid.CreateVersion7(app.Clock.Now), CollectedAt = app.Clock.Now.AddMinutes(-15), ResultAt = app.Clock.Now }, Desk))).Code);

        var back = await office.Submit(await office.Open($"/quick-swabs/points/{Pharmacy}"), "Riammetti", ("Motivo", "Verificata"));
        Assert.Equal(2, back.Page.QuerySelectorAll("ol.events li time").Length);
        await app.Send(Test(app, person), Desk);
    }

    [Theory, OnEachEngine]
    public async Task A_place_that_is_no_point_becomes_one_when_its_own_ASL_admits_it(Engine engine)
    {
        await using var app = await TestingApp.Start(engine);
        var person = await app.Person();
        var place = app.Region.QuickSwabs.Candidates.First(p => p.Asl == TestingApp.Asl && p.Kind == PointKind.Hub);
        var booth = As.Hotspot(place.Code);
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(Test(app, person, place.Code), booth))).Kind);
        var admission = new DecidePoint { Id = Guid.CreateVersion7(app.Clock.Now), PointCode = place.Code, Kind = PointDecisionKind.Admission, Reason = "Adesione all'accordo" };
        Assert.Equal(RefusalKind.NotFound, (await Assert.ThrowsAsync<Refusal>(() => app.Send(admission, As.Sisp("010203")))).Kind);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<Refusal>(() => app.Send(admission, booth))).Kind);
        Assert.Equal("point-decided", (await Assert.ThrowsAsync<Refusal>(() => app.Send(admission with { Kind = PointDecisionKind.Readmission }, Office))).Code);
        var office = await app.SignedIn(Office);
        var admitted = await office.Submit(await office.Open("/quick-swabs/points"), "Ammetti", ("Farmacia, medico, scuola o hub", place.Code), ("Motivo", "Adesione all'accordo"));
        Assert.Equal($"/quick-swabs/points/{place.Code}", admitted.Address);
        Assert.NotEqual(Guid.Empty, await app.Send(Test(app, person, place.Code), booth));
        Assert.Contains(await app.Send(new PointList(null, null, null)), l => l.Point.Code == place.Code);
        Assert.Equal(HttpStatusCode.NotFound, (await (await app.SignedIn(As.Sisp("010203"))).Open($"/quick-swabs/points/{place.Code}")).Status);

        // Two at once: one decision.
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(async () =>
        {
            try
            {
                await app.Send(new DecidePoint { Id = Guid.CreateVersion7(), PointCode = place.Code, Seen = 1, Kind = PointDecisionKind.Suspension, Reason = $"Motivo {i}" }, Office);
                return true;
            }
            catch (Refusal refusal) when (refusal.Code == "changed-meanwhile")
            {
                return false;
            }
        })));
        Assert.Single(both, done => done);
        Assert.Equal(2, await app.Db<QuickSwabsDb, int>(db => db.PointDecisions.CountAsync()));
    }

    [Fact]
    public async Task The_reimbursement_as_a_workbook_has_the_lines_of_the_page()
    {
        await using var app = await TestingApp.Start(Engine.Sqlite);
        var boy = FiscalCode.Compute("Giovane", "Ugo", Sex.Male, new(2007, 5, 5), "L219");
        var id = await app.Send(Test(app, await app.Person()) with { FiscalCode = boy, FamilyName = "Giovane", GivenName = "Ugo", Residence = "001272" }, Desk);
        app.Clock.Advance(TimeSpan.FromMinutes(16));
        await app.Send(new EnterQuickResult { Id = id, Result = QuickSwabResult.Negative }, Desk);
        var office = await app.SignedIn(Office);
        using var answer = await office.Http.GetAsync(new Uri("/quick-swabs/reimbursement?year=2021&month=11&format=xlsx", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", answer.Content.Headers.ContentType!.MediaType);
        string[] titles = ["Punto", "Nome", "Tipo", "ASL", "Test", "Positivi", "Euro per test", "Euro"];
        await using var table = await Table.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), new TableLayout([.. titles.Select(t => new TableField(t, true))]), TestContext.Current.CancellationToken);
        var rows = new List<TableRow>();
        await foreach (var row in table.Rows())
            rows.Add(row);
        var fields = Assert.Single(rows).Fields;
        Assert.Equal((Pharmacy, "Farmacia", TestingApp.Asl, "1", "0", "7", "7"), (fields[0], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7]));
    }

    private static StartQuickSwab Test(PlatformApp app, PatientSummary person, string point = Pharmacy) => new()
    {
        Id = Guid.CreateVersion7(app.Clock.Now), FiscalCode = person.FiscalCode, PointCode = point, DeviceJrc = "1232", Lot = "L1", KitExpiry = new(2022, 12, 31),
    };
}
