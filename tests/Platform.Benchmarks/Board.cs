using System.Diagnostics;
using System.Text.Json;

namespace Platform.Benchmarks;

/// <summary>The free places of a centre as the cache in front of the host has them, as old as the host lets it become.</summary>
internal sealed class Board(string campaign)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");

    private readonly SemaphoreSlim turn = new(1, 1);
    private List<(Guid Id, DateOnly Day)> firsts = [];
    private List<(Guid Id, DateOnly Day)> seconds = [];
    private long readAt;
    private TimeSpan fresh;

    public bool Empty { get; private set; }

    public async Task<(Guid First, Guid Second)?> Pick(Wire wire, int centre, Random random)
    {
        if (Stopwatch.GetElapsedTime(readAt) > fresh && await turn.WaitAsync(0))
        {
            try
            {
                await Read(wire, centre);
            }
            finally
            {
                turn.Release();
            }
        }

        lock (turn)
            return firsts.Count == 0 || seconds.Count == 0 ? null : (firsts[random.Next(firsts.Count)].Id, seconds[random.Next(seconds.Count)].Id);
    }

    /// <param name="wholeDay">The host has found that no hour of its day is free.</param>
    public void Gone((Guid First, Guid Second) pair, Guid which, bool wholeDay)
    {
        lock (turn)
        {
            var dose = which == pair.First ? firsts : seconds;
            var at = dose.FindIndex(s => s.Id == which);
            if (at < 0)
                return;
            var day = dose[at].Day;
            dose.RemoveAll(s => s.Id == which || (wholeDay && s.Day == day));
        }
    }

    private static (Guid Id, DateOnly Day) SlotOf(JsonElement slot) =>
        (slot.GetProperty("id").GetGuid(), DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(slot.GetProperty("startsAt").GetDateTime(), Zone)));

    private async Task Read(Wire wire, int centre)
    {
        var (status, body) = await wire.Get($"/api/v1/vaccination/campaigns/{campaign}/centres/B-{centre}/availability");
        if (status != 200)
            return;
        using var said = JsonDocument.Parse(body);
        var ones = said.RootElement.GetProperty("slots").EnumerateArray().Select(SlotOf).ToList();
        var twos = new List<(Guid Id, DateOnly Day)>();
        if (ones.Count > 0)
        {
            (status, body) = await wire.Get($"/api/v1/vaccination/campaigns/{campaign}/centres/B-{centre}/availability?first={ones[0].Id}");
            if (status >= 500)
                return;
            using var matching = JsonDocument.Parse(body);
            if (matching.RootElement.TryGetProperty("slots", out var slots))
                twos = [.. slots.EnumerateArray().Select(SlotOf)];
        }

        lock (turn)
            (firsts, seconds, readAt, fresh, Empty) = (ones, twos, Stopwatch.GetTimestamp(), TimeSpan.FromSeconds(said.RootElement.GetProperty("freshSeconds").GetInt32()), ones.Count == 0);
    }
}
