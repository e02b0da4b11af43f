namespace Platform.BuildingBlocks.Messaging;

/// <summary>A module's hour of rush, which what follows from it must not share: its events are safe in the outbox, and leave when
/// the crowd is through. Plugged in by the module itself.</summary>
public interface IRush
{
    /// <summary>The events that wait no longer than this, however great the rush.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>As <see cref="Module.Name"/>.</summary>
    string Module { get; }

    bool IsOn { get; }
}
