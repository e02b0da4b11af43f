namespace Platform.VaccinationBooking.Bookings;

/// <summary>How many bookings this host answers, and how fast: what the waiting room paces itself by. It looks back over this second and the
/// one before, and counts every answer: a sample of the last few hundred would be one group's.</summary>
internal sealed class BookingPulse(TimeProvider clock)
{
    private const int RushPerSecond = 300;

    // Each bound is an eighth above the one before: from a millisecond to half a minute.
    private const int Bounds = 90;
    private const double Growth = 1.125;

    private readonly Lock turn = new();
    private Second now = new(0);
    private Second before = new(-1);

    public void Note(TimeSpan took)
    {
        lock (turn)
            Turn().Note(took);
    }

    /// <summary>A crowd is at the door.</summary>
    public bool IsRush => PerSecond >= RushPerSecond;

    /// <summary>Bookings answered a second; 0 while nobody books.</summary>
    public double PerSecond
    {
        get
        {
            lock (turn)
            {
                var seconds = clock.GetTimestamp() / (double)clock.TimestampFrequency;
                return (Turn().Count + before.Count) / (1 + (seconds % 1));
            }
        }
    }

    /// <summary>Milliseconds, a tenth too many at most; 0 while nobody books.</summary>
    public double Percentile95
    {
        get
        {
            lock (turn)
            {
                var faster = (int)((Turn().Count + before.Count) * 0.95);
                var bound = 0;
                for (var seen = 0; bound < Bounds && (seen += now.Answers[bound] + before.Answers[bound]) <= faster;)
                    bound++;
                return now.Count + before.Count == 0 ? 0 : Math.Pow(Growth, bound);
            }
        }
    }

    private Second Turn()
    {
        var number = clock.GetTimestamp() / clock.TimestampFrequency;
        if (number != now.Number)
            (before, now) = (now.Number == number - 1 ? now : new(number - 1), new(number));
        return now;
    }

    private sealed class Second(long number)
    {
        public long Number => number;

        public int[] Answers { get; } = new int[Bounds];

        public int Count { get; private set; }

        public void Note(TimeSpan took)
        {
            Count++;
            Answers[Math.Clamp((int)Math.Ceiling(Math.Log(Math.Max(took.TotalMilliseconds, 1), Growth)), 0, Bounds - 1)]++;
        }
    }
}
