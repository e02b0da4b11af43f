using System.Net;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.Tests.Harness;
using Platform.VaccinationBooking;
using Platform.VaccinationBooking.Centres;

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
