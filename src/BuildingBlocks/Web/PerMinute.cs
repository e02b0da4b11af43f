using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Platform.BuildingBlocks.Web;

/// <summary>Counts by key within the clock's minute; each minute begins with an empty count, so nothing has to be
/// cleaned up. One host counts for itself.</summary>
/// <param name="limit">How many a minute; 0 for no limit.</param>
public sealed class PerMinute(int limit, TimeProvider clock)
{
    private Minute present = new(0);

    public int Limit => limit;

    public bool IsOff => limit <= 0;

    public Pace Take(string key)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var minute = present;
        if (minute.Number != now / 60)
        {
            var next = new Minute(now / 60);
            // Whoever is second takes the first one's.
            minute = Interlocked.CompareExchange(ref present, next, minute) is var before && before == minute ? next : present;
        }

        var taken = IsOff ? 0 : Interlocked.Increment(ref minute.Counts.GetOrAdd(key, _ => new(0)).Value);
        return new(taken <= limit || IsOff, Math.Max(0, limit - taken), (int)(60 - now % 60));
    }

    /// <summary>How many were taken in this minute.</summary>
    public int Peek(string key) =>
        present is var minute && minute.Number == clock.GetUtcNow().ToUnixTimeSeconds() / 60 && minute.Counts.TryGetValue(key, out var taken) ? taken.Value : 0;

    private sealed record Minute(long Number)
    {
        public ConcurrentDictionary<string, StrongBox<int>> Counts { get; } = new(StringComparer.Ordinal);
    }
}

/// <param name="Remaining">How many more in this minute.</param>
/// <param name="Reset">Seconds until the next minute.</param>
public readonly record struct Pace(bool Allowed, int Remaining, int Reset);
