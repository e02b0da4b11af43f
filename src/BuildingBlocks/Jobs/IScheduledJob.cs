namespace Platform.BuildingBlocks.Jobs;

/// <summary>Work that the platform does by the clock. Declared by the module that owns it; found by scanning.
/// With several hosts over one server each run happens on one of them.</summary>
public interface IScheduledJob
{
    /// <summary>Stable, <c>module.verb</c>.</summary>
    static abstract string Name { get; }

    /// <summary>What it does, for the operator: an Italian sentence, the key of its translation.</summary>
    static abstract string Title { get; }

    /// <summary>Quartz cron expression, in the region's time zone: seconds, minutes, hours, day, month, weekday.</summary>
    static abstract string Cron { get; }

    /// <returns>A sentence on what was done, with counts and no personal data.</returns>
    Task<string> Run(CancellationToken cancellation);
}

/// <summary>A job that takes away what is over its time: its runs are shown to who watches over privacy.</summary>
public interface IForgettingJob : IScheduledJob;

/// <summary>Some of a job's work failed and the rest was done: the run is kept as failed, with this as what it did.</summary>
public sealed class DoneInPart(string outcome) : Exception(outcome);

/// <summary>One run of a job, kept in the schema of the module that declares it.</summary>
public sealed class JobRun
{
    public const int NameLength = 80;
    public const int OutcomeLength = 400;

    public required Guid Id { get; init; }
    public required string Job { get; init; }
    public required DateTime StartedAt { get; init; }
    public DateTime? EndedAt { get; set; }
    public bool Failed { get; set; }
    public string? Outcome { get; set; }
}
