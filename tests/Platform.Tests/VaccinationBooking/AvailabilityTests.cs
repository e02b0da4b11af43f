using System.Text.Json.Nodes;
using Platform.Tests.Harness;

namespace Platform.Tests.VaccinationBooking;

/// <summary>The board of a centre's free places, which a cache may keep.</summary>
public sealed class AvailabilityTests
{
    private const string Address = $"/api/v1/vaccination/campaigns/{VaccinationApp.Campaign}/centres/{VaccinationApp.Centre}/availability";

    [Theory, OnEachEngine]
    public async Task A_board_may_be_the_older_the_more_places_are_free_and_says_how_old_and_how_long_it_is(Engine engine)
    {
        await using var app = await VaccinationApp.Start(engine);
        using var http = app.Anonymous();
        await app.Slot(1, 5, 3);
        await app.Slot(2, 5, 38);
        Assert.Equal((1, 1), await Ask(http));

        await app.Slot(1, 2000, 4);
        await app.Slot(2, 400, 39);
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 2), await Ask(http));

        await app.Slot(2, 2000, 40);
        app.Clock.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal((2, 2), await Ask(http));
        app.Clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal((6, 2), await Ask(http));
        await app.Slot(1, 10, 5);
        app.Clock.Advance(TimeSpan.FromSeconds(5.5));
        Assert.Equal((6, 2), await Ask(http));
        app.Clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal((6, 3), await Ask(http));
    }

    private static async Task<(int Fresh, int Slots)> Ask(HttpClient http)
    {
        using var answer = await http.GetAsync(Address);
        var body = await answer.Content.ReadAsStringAsync();
        var said = JsonNode.Parse(body)!;
        var fresh = (int)said["freshSeconds"]!;
        Assert.Equal(TimeSpan.FromSeconds(fresh), answer.Headers.CacheControl!.MaxAge);
        // In one piece: a length and no chunks.
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(body), answer.Content.Headers.ContentLength);
        return (fresh, said["slots"]!.AsArray().Count);
    }
}
