using System.Globalization;
using System.Text.Json;
using Platform.BuildingBlocks.Localisation;

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

    Task<JobOutcome> Run(CancellationToken cancellation);
}

/// <summary>A job that takes away what is over its time: its runs are shown to who watches over privacy.</summary>
public interface IForgettingJob : IScheduledJob;

/// <summary>Some of a job's work failed and the rest was done: the run is kept as failed, with this as what it did.</summary>
public sealed class DoneInPart(JobOutcome outcome) : Exception(outcome.Sentence)
{
    public JobOutcome Outcome { get; } = outcome;
}

/// <summary>What a job did, with counts and no personal data.</summary>
/// <param name="Sentence">Italian, the key of its translation, with <c>{0}</c> where an argument goes.</param>
public sealed record JobOutcome(string Sentence, params object[] Arguments);

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

    /// <summary>Italian sentence, the key of its translation; of a run that failed, the kind of failure.</summary>
    public string? Outcome { get; set; }

    /// <summary>JSON array of the outcome's arguments.</summary>
    public string? OutcomeArguments { get; set; }

    public void Did(JobOutcome outcome)
    {
        Outcome = outcome.Sentence;
        OutcomeArguments = outcome.Arguments.Length == 0 ? null
            : JsonSerializer.Serialize(outcome.Arguments.Select(a => Convert.ToString(a, CultureInfo.InvariantCulture)));
    }

    /// <summary>The outcome in the reader's language.</summary>
    public string Say(Texts texts) =>
        Outcome is null ? "–" : texts[Outcome, OutcomeArguments is null ? [] : [.. JsonSerializer.Deserialize<string[]>(OutcomeArguments)!]];
}
