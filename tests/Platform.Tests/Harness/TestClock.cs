namespace Platform.Tests.Harness;

/// <summary>The time of a test: stands still until it is moved.</summary>
public sealed class TestClock : TimeProvider
{
    /// <summary>A Monday morning, 10:00 in Italy.</summary>
    public static readonly DateTimeOffset Start = new(2021, 11, 15, 9, 0, 0, TimeSpan.Zero);

    private DateTimeOffset now = Start;

    public DateTimeOffset Now => now;

    public override DateTimeOffset GetUtcNow() => now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.UtcTicks;

    public void Advance(TimeSpan by) => now += by;

    public void Set(DateTimeOffset to) => now = to;
}
