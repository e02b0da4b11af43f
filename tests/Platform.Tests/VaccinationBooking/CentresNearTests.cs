using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Citizens;

namespace Platform.Tests.VaccinationBooking;

public sealed class CentresNearTests
{
    private const string Campaign = VaccinationApp.Campaign;

    [Theory, OnEachEngine]
    public async Task Nearest_first_by_municipality_post_code_or_position_and_the_first_free_day_of_each(Engine engine)
    {
        await using var app = await Start(engine);
        Assert.Equal(["CV-003", "CV-001", "CV-002"], await Codes(app, new(Campaign)));
        Assert.Equal(["CV-002", "CV-001", "CV-003"], await Codes(app, new(Campaign, "ivrea")));
        Assert.Equal(["CV-002", "CV-001", "CV-003"], await Codes(app, new(Campaign, "10015")));
        Assert.Equal(["CV-003", "CV-001", "CV-002"], await Codes(app, new(Campaign, null, 44.39, 7.55)));
        // No centre there: the post code says what is around.
        Assert.Equal("CV-003", (await Codes(app, new(Campaign, "Borgo San Dalmazzo")))[0]);

        var near = await app.Send(new CentresNear(Campaign, "Ivrea"));
        Assert.Equal(("Ivrea", false), (near.Municipality, near.Unknown));
        Assert.Null(near.Centres[0].Kilometres);
        Assert.InRange(near.Centres[1].Kilometres!.Value, 44, 48);
        Assert.Equal((app.Clock.Now.UtcDateTime.Date.AddDays(3).AddHours(9), 5), (near.Centres[0].Centre.NextFree!.Value, near.Centres[0].Centre.Free));
        Assert.True((await app.Send(new CentresNear(Campaign, "Atlantide"))).Unknown);
        Assert.Equal("not-found", (await Assert.ThrowsAsync<Refusal>(() => app.Send(new CentresNear("none")))).Code);
    }

    [Theory, OnEachEngine]
    public async Task What_is_full_or_not_for_citizens_is_said_so_and_the_answer_says_its_age(Engine engine)
    {
        await using var app = await Start(engine);
        await app.Db<VaccinationDb, int>(async db =>
        {
            await db.Centres.Where(c => c.Code == "CV-003").ExecuteUpdateAsync(set => set.SetProperty(c => c.Public, false));
            return await db.Slots.Where(s => s.CentreCode == "CV-001").ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, s => s.Capacity));
        });
        var answer = await app.Send(new CentresNear(Campaign, "Torino"));
        Assert.Equal(["CV-002", "CV-001"], answer.Centres.Select(c => c.Centre.Code));
        Assert.Null(answer.Centres[1].Centre.NextFree);
        Assert.Equal(app.Clock.Now.UtcDateTime, answer.ReadAt);

        // Seconds later the same answer, with its age; then it is read anew.
        await app.Db<VaccinationDb, int>(db => db.Slots.ExecuteUpdateAsync(set => set.SetProperty(s => s.Taken, 0)));
        app.Clock.Advance(TimeSpan.FromSeconds(4));
        var cached = await app.Send(new CentresNear(Campaign));
        Assert.Equal((answer.ReadAt, 1), (cached.ReadAt, cached.Centres.Count(c => c.Centre.NextFree is not null)));
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, (await app.Send(new CentresNear(Campaign))).Centres.Count(c => c.Centre.NextFree is not null));
        using var api = await app.Anonymous().GetAsync($"/api/v1/vaccination/campaigns/{Campaign}/centres?where=Torino");
        Assert.Equal((HttpStatusCode.OK, "public, max-age=5"), (api.StatusCode, api.Headers.CacheControl!.ToString()));
    }

    [Theory, OnEachEngine]
    public async Task Who_needs_only_a_second_or_a_single_dose_finds_the_centres_that_give_just_that(Engine engine)
    {
        await using var app = await Start(engine);
        // CV-002 gives no first dose of her vaccine: only seconds; CV-003 has seconds of another.
        await app.Slot(2, 5, 9, centre: "CV-002");
        await app.Slot(2, 5, 4, "spikevax", "CV-003");
        await app.Db<VaccinationDb, int>(db => db.Slots.Where(s => s.Dose == 1 && s.CentreCode == "CV-002").ExecuteDeleteAsync());
        var today = app.Region.DayOf(app.Clock.Now);
        var born = new DateOnly(1938, 5, 1);
        var second = new DosesToBook(2, 1, today.AddDays(5), null, "comirnaty", false, born);
        Assert.Equal(["CV-002"], await Codes(app, new(Campaign, ToBook: second)));
        Assert.Equal(["CV-003", "CV-001"], await Codes(app, new(Campaign)));
        Assert.Equal(["CV-003", "CV-002"], await Codes(app, new(Campaign, Dose: 2)));
        var date = Assert.Single(await app.Send(new FirstDates(Campaign, second, 3)));
        Assert.Equal(("CV-002", app.Clock.Now.UtcDateTime.Date.AddDays(9).AddHours(9), (DateTime?)null), (date.Centre, date.First, date.Second));

        // The whole course in one dose: a vaccine that needs no other, at a centre that has it after many that do not.
        for (var other = 0; other < 9; other++)
        {
            var code = $"CV-1{other:00}";
            await app.Db<VaccinationDb, int>(db =>
            {
                db.Add(new Centre { Code = code, Name = "Altro " + code, AslCode = "010301", MunicipalityIstat = "001272", PostalCode = "10121", Address = "Via Po 9" });
                return db.SaveChangesAsync();
            });
            await app.Slot(1, 5, 2, centre: code);
        }

        await app.Slot(2, 5, 37, centre: "CV-108");
        await app.Slot(1, 5, 6, "janssen", "CV-002");
        app.Clock.Advance(TimeSpan.FromSeconds(6));
        var single = new DosesToBook(1, 1, null, null, null, true, born);
        Assert.Equal(["CV-002"], await Codes(app, new(Campaign, ToBook: single)));
        Assert.Equal("CV-002", Assert.Single(await app.Send(new FirstDates(Campaign, single, 3))).Centre);
        // Of one day the nearer centre comes first.
        var near = await app.Send(new FirstDates(Campaign, DosesToBook.BothOf(born) with { Count = 1 }, 2, ["CV-105", "CV-100", "CV-001"]));
        Assert.Equal(["CV-105", "CV-100"], near.Select(d => d.Centre));
        // Who begins with two doses is shown where the second can follow, also where the ten centres with an earlier first have none.
        var both = Assert.Single(await app.Send(new FirstDates(Campaign, DosesToBook.BothOf(born), 1)));
        Assert.Equal(("CV-108", app.Clock.Now.UtcDateTime.Date.AddDays(37).AddHours(9)), (both.Centre, both.Second!.Value));
    }

    private static async Task<string[]> Codes(PlatformApp app, CentresNear asked) => [.. (await app.Send(asked)).Centres.Select(c => c.Centre.Code)];

    private static async Task<PlatformApp> Start(Engine engine)
    {
        var app = await VaccinationApp.Start(engine);
        await app.Db<VaccinationDb, int>(async db =>
        {
            await db.Centres.ExecuteUpdateAsync(set => set.SetProperty(c => c.Latitude, 45.07).SetProperty(c => c.Longitude, 7.68));
            db.AddRange(
                new Centre { Code = "CV-002", Name = "Ivrea", AslCode = "010204", MunicipalityIstat = "001125", PostalCode = "10015", Address = "Via Po 2", Latitude = 45.46, Longitude = 7.87 },
                new Centre { Code = "CV-003", Name = "Cuneo", AslCode = "010210", MunicipalityIstat = "004078", PostalCode = "12100", Address = "Via Po 3", Latitude = 44.39, Longitude = 7.55 });
            return await db.SaveChangesAsync();
        });
        await app.Slot(1, 5, 2);
        await app.Slot(1, 5, 3, centre: "CV-002");
        await app.Slot(1, 5, 1, centre: "CV-003");
        return app;
    }
}
