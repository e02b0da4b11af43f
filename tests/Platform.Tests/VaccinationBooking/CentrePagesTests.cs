using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.Entitlements;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.Tests.VaccinationBooking;

/// <summary>What the region and the ASLs prepare: campaigns, groups, lists, centres, waiting rooms.</summary>
public sealed class CentrePagesTests
{
    [Theory, OnEachEngine]
    public async Task A_campaign_of_another_disease_is_prepared_opened_and_suspended(Engine engine)
    {
        await using var app = await PlatformApp.Start(engine);
        var head = As.VaccinationManager();
        var flu = new SaveCampaign { Code = "influenza", NameIt = "Antinfluenzale", NameEn = "Flu", Disease = "influenza", Doses = 1 };
        await app.Send(flu, head);
        await app.Send(flu, head);
        Assert.Equal("campaign-exists", (await Assert.ThrowsAsync<Refusal>(() => app.Send(flu with { NameIt = "Altra" }, head))).Code);
        Assert.Equal("campaign-without-groups", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new TurnCampaign { Code = "influenza", To = CampaignState.Open }, head))).Code);
        await app.Send(new SaveGroup { Id = Guid.CreateVersion7(), Campaign = "influenza", NameIt = "Tutti", NameEn = "All", Priority = 1, OpensOn = new(2021, 10, 1), OpensTime = new(8, 0) }, head);
        Assert.Equal(CampaignState.Open, await app.Send(new TurnCampaign { Code = "influenza", To = CampaignState.Open }, head));
        Assert.Equal(CampaignState.Suspended, await app.Send(new TurnCampaign { Code = "influenza", To = CampaignState.Suspended }, head));
        Assert.Equal("forbidden", (await Assert.ThrowsAsync<Refusal>(() => app.Send(flu, As.Sisp("010301")))).Code);

        var screen = await (await app.SignedIn(head)).Open("/vaccination/campaigns/influenza");
        Assert.Contains("Sospesa", screen.Page.QuerySelector("h1")!.ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Theory, OnEachEngine]
    public async Task An_asl_runs_its_own_centres_and_nobody_elses(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        await app.Send(new ImportCentres());
        Assert.Equal(0, await app.Send(new ImportCentres()));
        var office = As.Sisp("010301");
        await app.Send(new SaveCentre { Code = "MMG-01", Name = "Studio Bianchi", Kind = CentreKind.Doctor, Municipality = "001272", PostalCode = "10121", Address = "Via Po 1" }, office);
        Assert.Contains(await app.Send(new CentreList(), office), c => c.Centre.Code == "MMG-01");
        Assert.DoesNotContain(await app.Send(new CentreList(), office), c => c.Centre.AslCode != "010301");
        Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CentreDetail("CV-005"), office))).Code);
        Assert.Equal("other-asl", (await Assert.ThrowsAsync<Refusal>(() => app.Send(
            new SaveCentre { Code = "MMG-02", Name = "Studio", Kind = CentreKind.Doctor, Municipality = "001156", PostalCode = "10024", Address = "Via Po 1" }, office))).Code);

        var today = app.Region.DayOf(app.Clock.Now);
        var hours = new AddCentreOpening
        {
            Id = Guid.CreateVersion7(), Centre = "MMG-01", Campaign = VaccinationApp.Campaign, Vaccine = "comirnaty", Weekdays = [.. Enum.GetNames<DayOfWeek>()], From = new(9, 0), To = new(11, 0),
            SlotMinutes = 30, FirstDoses = 2, SecondDoses = 2, ValidFrom = today.AddDays(1), ValidUntil = today.AddDays(10),
        };
        Assert.Equal(10 * 4 * 2, await app.Send(hours, office));
        Assert.Equal(0, await app.Send(hours, office));
        var opening = await app.Db<VaccinationDb, Guid>(db => db.Openings.Where(o => o.CentreCode == "MMG-01" && o.Weekday == today.AddDays(2).DayOfWeek).Select(o => o.Id).SingleAsync());
        Assert.Equal(0, await app.Send(new EndCentreOpening { Id = opening, LastDay = today }, office));
        Assert.False(await app.Db<VaccinationDb, bool>(db => db.Slots.AnyAsync(s => s.OpeningId == opening)));
    }

    [Theory, OnEachEngine]
    public async Task A_list_brings_cards_and_categories_and_says_what_is_wrong_with_which_row(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var people = await app.People(2);
        var rows = new TableRow[]
        {
            new(2, [people[0].FiscalCode!, "80380001200012345678", "frail"]), new(3, [people[1].FiscalCode!, "12", ""]), new(4, ["ZZZZZZ00A00Z000Z", "", "frail"]), new(5, [people[1].FiscalCode!, "", "nobody"]),
        };
        var run = app.Services.GetRequiredService<IServiceScopeFactory>();
        async Task<ImportOutcome> Bring()
        {
            await using var scope = run.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<ImportRun>().Bring<EntitledImport>(ImportSource.CommandLine, rows, CancellationToken.None);
        }

        var first = await Bring();
        Assert.Equal([1, 1, 0], first.Counts);
        Assert.Equal([(3, "card"), (4, "fiscal_code"), (5, "category")], first.Faults.Select(f => (f.Line, f.Column)).Order());
        Assert.Equal([0, 0, 1], (await Bring()).Counts);
        var digest = await app.Db<VaccinationDb, string?>(db => db.Vaccinees.Where(v => v.PatientId == people[0].PatientId).Select(v => v.CardDigest).SingleAsync());
        Assert.Equal(HealthCard.DigestOf(people[0].FiscalCode!, "1200012345678"), digest);
    }

    [Theory, OnEachEngine]
    public async Task The_waiting_room_is_prepared_paused_and_paced_by_hand(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var head = As.VaccinationManager();
        var day = app.Region.DayOf(app.Clock.Now);
        await app.Send(new PrepareRoom { Campaign = VaccinationApp.Campaign, Day = day, Time = new(0, 0) }, head);
        Assert.Equal("room-stands", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new PrepareRoom { Campaign = VaccinationApp.Campaign, Day = day.AddDays(1) }, head))).Code);
        await app.Send(new RoomStatus(VaccinationApp.Campaign)); // draws
        Assert.Equal(WaitingRoomState.Paused, await app.Send(new SteerRoom { Campaign = VaccinationApp.Campaign, Paused = true }, head));
        Assert.Equal(WaitingRoomState.Open, await app.Send(new SteerRoom { Campaign = VaccinationApp.Campaign, Rate = 5 }, head));
        Assert.Equal(5, (await app.Send(new RoomFigures(VaccinationApp.Campaign), head)).Room!.FixedRate);
    }

    [Theory, OnEachEngine]
    public async Task The_pages_of_a_centre_lead_from_arrival_to_dose(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        var nurse = await app.SignedIn(As.VaccinationCentre(VaccinationApp.Centre));
        var person = (await app.People(1))[0];
        var arrival = await app.Send(new WalkIn { Centre = VaccinationApp.Centre, Campaign = VaccinationApp.Campaign, FiscalCode = person.FiscalCode }, As.VaccinationCentre(VaccinationApp.Centre));
        var list = await nurse.Open("/vaccination/day");
        Assert.NotNull(list.Page.QuerySelector($"a[href='/vaccination/arrivals/{arrival}']"));
        var detail = await nurse.Open($"/vaccination/arrivals/{arrival}");
        Assert.Contains("Anamnesi e consenso", detail.Page.Body!.TextContent, StringComparison.Ordinal);
        await nurse.Open("/vaccination/stock");
    }
}
