using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Platform.BuildingBlocks.Web;

/// <summary>Counts by key within a window of the clock; each window begins with an empty count, so nothing has to be
/// cleaned up. One host counts for itself. (The framework's limiters read the machine's clock, which no test can move.)</summary>
/// <param name="limit">How many in a window; 0 for no limit.</param>
/// <param name="seconds">How long a window is.</param>
public sealed class CountedWindow(int limit, TimeProvider clock, int seconds = 60)
{
    private Window present = new(0);

    public int Limit => limit;

    public bool IsOff => limit <= 0;

    public Pace Take(string key) => Take(key, limit);

    /// <param name="most">Of this key, in place of everybody's limit.</param>
    public Pace Take(string key, int most)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var window = present;
        if (window.Number != now / seconds)
        {
            var next = new Window(now / seconds);
            // Whoever is second takes the first one's.
            window = Interlocked.CompareExchange(ref present, next, window) is var before && before == window ? next : present;
        }

        var taken = most <= 0 ? 0 : Interlocked.Increment(ref window.Counts.GetOrAdd(key, _ => new(0)).Value);
        return new(taken <= most || most <= 0, Math.Max(0, most - taken), (int)(seconds - now % seconds));
    }

    /// <summary>How many were taken in this window.</summary>
    public int Peek(string key) =>
        present is var window && window.Number == clock.GetUtcNow().ToUnixTimeSeconds() / seconds && window.Counts.TryGetValue(key, out var taken) ? taken.Value : 0;

    private sealed record Window(long Number)
    {
        public ConcurrentDictionary<string, StrongBox<int>> Counts { get; } = new(StringComparer.Ordinal);
    }
}

/// <param name="Remaining">How many more in this window.</param>
/// <param name="Reset">Seconds until the next window.</param>
public readonly record struct Pace(bool Allowed, int Remaining, int Reset);
