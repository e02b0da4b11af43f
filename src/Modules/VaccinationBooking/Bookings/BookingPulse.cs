namespace Platform.VaccinationBooking.Bookings;

/// <summary>How fast bookings were answered of late, on this host: what the waiting room paces itself by.</summary>
internal sealed class BookingPulse(TimeProvider clock)
{
    private const int Kept = 512;
    private const int RushPerSecond = 300;

    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    private readonly Lock turn = new();
    private readonly (long At, double Milliseconds)[] answers = new (long, double)[Kept];
    private int next;

    public void Note(TimeSpan took)
    {
        lock (turn)
            answers[next++ % Kept] = (clock.GetTimestamp(), took.TotalMilliseconds);
    }

    /// <summary>So many were answered within the last second: a crowd is at the door.</summary>
    public bool IsRush
    {
        get
        {
            lock (turn)
                return next >= RushPerSecond && clock.GetElapsedTime(answers[(next - RushPerSecond) % Kept].At) < TimeSpan.FromSeconds(1);
        }
    }

    /// <summary>Bookings answered a second, of late; 0 while nobody books.</summary>
    public double PerSecond
    {
        get
        {
            lock (turn)
            {
                var lastSecond = answers.Take(Math.Min(next, Kept)).Count(a => clock.GetElapsedTime(a.At) < TimeSpan.FromSeconds(1));
                // All that is kept came within the last second: then it was more, and they say in how short a while.
                return lastSecond < Kept ? lastSecond : Kept / Math.Max(clock.GetElapsedTime(answers[next % Kept].At).TotalSeconds, 0.01);
            }
        }
    }

    /// <summary>Milliseconds; 0 while nobody books.</summary>
    public double Percentile95
    {
        get
        {
            double[] late;
            lock (turn)
                late = [.. answers.Take(Math.Min(next, Kept)).Where(a => clock.GetElapsedTime(a.At) < Late).Select(a => a.Milliseconds)];
            Array.Sort(late);
            return late.Length == 0 ? 0 : late[Math.Min(late.Length - 1, (int)(late.Length * 0.95))];
        }
    }
}
