namespace Platform.Testing.Requests;

/// <summary>Why there is no sample that can be examined, and another is needed.</summary>
internal enum Failure
{
    /// <summary>The person did not come, or was not at home.</summary>
    Absent,

    /// <summary>The person was there, the sample could not be taken.</summary>
    NotPossible,

    Broken,
    Leaking,
    Unlabelled,

    /// <summary>Too little, wrong tube, too old.</summary>
    NotUsable,

    /// <summary>Never arrived.</summary>
    Lost,

    /// <summary>The laboratory's report says so.</summary>
    Unsuitable,
}

internal static class Failures
{
    public static readonly Failure[] BeforeSample = [Failure.Absent, Failure.NotPossible];

    /// <summary>What a lab finds when it opens the box.</summary>
    public static readonly Failure[] AtReception = [Failure.Broken, Failure.Leaking, Failure.Unlabelled, Failure.NotUsable];

    public static bool IsBeforeSample(this Failure failure) => BeforeSample.Contains(failure);
}
