using System.Collections.Concurrent;

namespace Platform.VaccinationBooking.Centres;

/// <summary>What many look at, read once for all who look within a short while, with the instant it was read.</summary>
/// <param name="fresh">For how long what was read may be shown.</param>
internal sealed class Boards<TKey, T>(Func<T, TimeSpan> fresh, TimeProvider clock, Func<TKey, DateTimeOffset, Task<T>> read)
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Board> boards = new();

    public async Task<(T What, DateTimeOffset At)> Of(TKey key)
    {
        var now = clock.GetUtcNow();
        // Of many who come at once to an old board each makes one; the one that stays is read, once.
        var board = boards.AddOrUpdate(key, New, (k, old) => IsFresh(old, now) ? old : New(k));
        var what = await board.What.Value;
        board.ShownFor ??= fresh(what);
        return (what, board.At);

        Board New(TKey k) => new(new(() => read(k, now)), now);
    }

    // While it is being read all wait for the same.
    private static bool IsFresh(Board board, DateTimeOffset now) =>
        now >= board.At && !board.Failed && (board.ShownFor is not { } time || now - board.At < time);

    private sealed record Board(Lazy<Task<T>> What, DateTimeOffset At)
    {
        public TimeSpan? ShownFor { get; set; }

        public bool Failed => What is { IsValueCreated: true, Value.IsFaulted: true };
    }
}
