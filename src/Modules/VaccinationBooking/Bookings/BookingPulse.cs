namespace Platform.VaccinationBooking.Bookings;

/// <summary>How many bookings this host answers, and how fast: what the waiting room paces itself by. Every answer of a beat is counted: a sample
/// of the last few hundred would be one group's.</summary>
internal sealed class BookingPulse(TimeProvider clock)
{
    private const int RushPerSecond = 300;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly Lock turn = new();
    private Answers now = new(clock.GetTimestamp());
    private Beat last;

    public void Note(TimeSpan took)
    {
        lock (turn)
        {
            // A host that paces nothing has no steps to end its beats.
            if (clock.GetElapsedTime(now.Since) > Longest)
                Turn();
            now.Note(took);
        }
    }

    /// <summary>A crowd is at the door.</summary>
    public bool IsRush
    {
        get
        {
            lock (turn)
                return Recent.PerSecond >= RushPerSecond;
        }
    }

    /// <summary>Of the beat that ended last, milliseconds; 0 while nobody books.</summary>
    public double Percentile95
    {
        get
        {
            lock (turn)
                return Recent.Percentile95;
        }
    }

    /// <summary>Ends the beat that began with the call before.</summary>
    public Beat Step()
    {
        lock (turn)
            return Turn();
    }

    private Beat Recent => clock.GetElapsedTime(now.Since) > Longest ? Turn() : last;

    private Beat Turn()
    {
        last = now.Reckon(clock.GetElapsedTime(now.Since));
        now = new(clock.GetTimestamp());
        return last;
    }

    /// <param name="PerSecond">Bookings answered.</param>
    /// <param name="Percentile95">Milliseconds, an eighth too many at most; 0 when there was none.</param>
    internal readonly record struct Beat(double PerSecond, double Percentile95);

    /// <summary>Counted by how long they took: each bound is an eighth above the one before, from a millisecond to half a minute.</summary>
    private sealed class Answers(long since)
    {
        private const int Bounds = 90;
        private const double Growth = 1.125;

        private readonly int[] counts = new int[Bounds];
        private int all;

        public long Since => since;

        public void Note(TimeSpan took)
        {
            all++;
            counts[Math.Min((int)Math.Ceiling(Math.Log(Math.Max(took.TotalMilliseconds, 1), Growth)), Bounds - 1)]++;
        }

        public Beat Reckon(TimeSpan lasted)
        {
            if (all == 0)
                return default;
            var (bound, seen, faster) = (0, counts[0], (int)(all * 0.95));
            while (seen <= faster)
                seen += counts[++bound];
            return new(all / Math.Max(lasted.TotalSeconds, 0.1), Math.Pow(Growth, bound));
        }
    }
}
