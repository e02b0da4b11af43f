using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.Tests.VaccinationBooking;

/// <summary>The waiting room's page, without script.</summary>
public sealed class CitizenQueueTests
{
    private const string Entrance = "/vaccini/campagna/" + VaccinationApp.Campaign;
    private const string Queue = Entrance + "/coda";

    [Theory, OnEachEngine]
    public async Task A_number_is_kept_through_the_draw_and_lets_its_owner_in(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Slot(1, 50, 3);
        await app.Slot(2, 50, 38);
        var people = await app.People(2);
        var citizen = app.Visitor();
        Assert.Equal(Queue, (await citizen.Open(Entrance)).Address);
        var queue = await citizen.Open(Queue);
        Assert.Contains("per sorteggio", queue.Text, StringComparison.Ordinal);
        Assert.Contains("Scriva il codice fiscale", (await citizen.Submit(queue, "Prendi il numero")).ErrorOf("Codice fiscale"), StringComparison.Ordinal);
        var waits = await citizen.Submit(queue, "Prendi il numero", ("Codice fiscale", people[0].FiscalCode!));
        Assert.Equal(Queue, waits.Address);
        Assert.Contains("Il suo posto è tenuto", waits.Text, StringComparison.Ordinal);
        Assert.Contains("http-equiv=\"refresh\"", waits.Page.Source.Text, StringComparison.Ordinal);
        Assert.Equal(Queue, (await citizen.Open(Entrance)).Address);

        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var drawn = await citizen.Open(Queue);
        Assert.Matches(@"Il suo numero: \d+", drawn.Text);
        Assert.Contains("Persone prima di lei", drawn.Text, StringComparison.Ordinal);
        await Serve(app, 12);
        Assert.Contains("È il suo turno", (await citizen.Open(Queue)).Text, StringComparison.Ordinal);
        var entrance = await citizen.Open(Entrance);
        Assert.Equal(Entrance, entrance.Address);

        // The number is hers alone.
        var others = await CitizenJourneyTests.Recognised(citizen, entrance, people[1]);
        Assert.Contains("preso con un altro codice fiscale", others.Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("/vaccini/prenota/centro", (await CitizenJourneyTests.Recognised(citizen, entrance, people[0])).Address);
        Assert.Equal(Queue, (await app.Visitor().Open(Entrance)).Address);
    }

    [Theory, OnEachEngine]
    public async Task Paused_sold_out_and_left(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Slot(1, 50, 3);
        var person = (await app.People(1))[0];
        app.Clock.Advance(TimeSpan.FromMinutes(11));
        var citizen = app.Visitor();
        await citizen.Submit(await citizen.Open(Queue), "Prendi il numero", ("Codice fiscale", person.FiscalCode!));
        await app.Db<VaccinationDb, int>(db => db.WaitingRooms.ExecuteUpdateAsync(r => r.SetProperty(x => x.State, WaitingRoomState.Paused)));
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("In pausa", (await citizen.Open(Queue)).Text, StringComparison.Ordinal);
        await app.Db<VaccinationDb, int>(db => db.WaitingRooms.ExecuteUpdateAsync(r => r.SetProperty(x => x.State, WaitingRoomState.SoldOut)));
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var over = await citizen.Open(Queue);
        Assert.Contains("Posti finiti", over.Text, StringComparison.Ordinal);
        Assert.Contains("I posti sono finiti", (await app.Visitor().Open(Queue)).Text, StringComparison.Ordinal);
        Assert.Equal("/vaccini", (await citizen.Submit(over, "Lascia la coda")).Address);
        Assert.DoesNotContain("Il suo numero", (await citizen.Open(Queue)).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await citizen.Open("/vaccini/campagna/nessuna/coda")).Status);
    }

    internal static async Task Serve(PlatformApp app, int seconds)
    {
        var pacer = app.Services.GetRequiredService<Pacer>();
        await pacer.Step(default);
        for (var i = 0; i < seconds; i++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await pacer.Step(default);
        }
    }

    private static async Task<PlatformApp> Start(Engine engine)
    {
        var app = await VaccinationApp.Start(engine);
        await PutRoom(app);
        return app;
    }

    /// <summary>In front of the campaign, to open in ten minutes.</summary>
    internal static Task PutRoom(PlatformApp app) => app.Db<VaccinationDb, int>(async db =>
    {
        (await db.Campaigns.SingleAsync()).WaitingRoom = true;
        db.Add(new WaitingRoom { CampaignCode = VaccinationApp.Campaign, OpensAt = app.Clock.Now.UtcDateTime.AddMinutes(10) });
        return await db.SaveChangesAsync();
    });
}
