namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>Why somebody who went to a provider did not come in.</summary>
internal enum SignInProblem
{
    /// <summary>It is down, too slow, or answers what cannot be read.</summary>
    Unreachable,

    /// <summary>She pressed "cancel" there.</summary>
    Cancelled,

    /// <summary>The provider says no.</summary>
    Declined,

    /// <summary>Begun too long ago, in another browser, or finished already.</summary>
    Stale,

    /// <summary>What it says of her cannot be believed.</summary>
    Untrusted,

    /// <summary>She was identified less surely than this use demands.</summary>
    LevelTooLow,

    /// <summary>Its answer does not say her codice fiscale, or not a valid one.</summary>
    NoFiscalCode,

    /// <summary>Too many attempts from one address.</summary>
    TooMany,

    /// <summary>The browser showed no certificate.</summary>
    CardMissing,

    /// <summary>The certificate is not that of a CNS: of another use, or without codice fiscale.</summary>
    CardOfAnotherKind,

    /// <summary>Nobody of the list of accredited authorities has issued it.</summary>
    CardUntrusted,

    CardExpired,

    CardRevoked,

    /// <summary>Nobody can say now whether it has been revoked.</summary>
    CardUnchecked,

    /// <summary>Whom the provider knows is not let in here: the entrance says why.</summary>
    NotLetIn,
}

/// <param name="why">For the log: a word of ours, kebab-case, nothing of what came from outside.</param>
internal sealed class SignInFailure(SignInProblem problem, string why) : Exception(why)
{
    public SignInProblem Problem { get; } = problem;

    public static SignInFailure Untrusted(string why) => new(SignInProblem.Untrusted, why);
}

/// <summary>What a person is told, and how she goes on: what she had begun is kept.</summary>
/// <param name="Sentence">Italian, the key of its translation.</param>
/// <param name="Again">Path that begins anew; null where nothing is known of how she began.</param>
/// <param name="OtherWay">Path of the page with the other ways in.</param>
internal sealed record ProblemShown(SignInProblem Problem, string Sentence, string? Again, string OtherWay);
