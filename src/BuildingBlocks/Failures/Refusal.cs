namespace Platform.BuildingBlocks.Failures;

public enum RefusalKind
{
    /// <summary>It may not happen as things stand: 409.</summary>
    Conflict,

    /// <summary>It does not exist, or lies outside the asker's scope, which must look the same: 404.</summary>
    NotFound,

    /// <summary>The asker lacks the permission: 403 (401 when nobody has signed in).</summary>
    Forbidden,

    /// <summary>It was understood and cannot be worked with: 422.</summary>
    Unprocessable,

    /// <summary>Too often in too short a time: 429.</summary>
    TooMany,
}

/// <summary>The law says no. The message is an Italian sentence, which is also the key of its translation,
/// with <c>{0}</c> where an argument goes; it holds no personal data.</summary>
/// <param name="code">Stable, kebab-case, for machines: <c>slot-full</c>.</param>
public sealed class Refusal(string code, string message, params object?[] arguments) : Exception(message)
{
    public string Code { get; } = code;
    public object?[] Arguments { get; } = arguments;
    public RefusalKind Kind { get; init; } = RefusalKind.Conflict;

    public static Refusal NotFound() =>
        new("not-found", "Non trovato, o non visibile con il suo profilo.") { Kind = RefusalKind.NotFound };

    public static Refusal Forbidden() =>
        new("forbidden", "Il suo profilo non permette questa operazione.") { Kind = RefusalKind.Forbidden };

    /// <summary>Someone else has changed the row meanwhile.</summary>
    public static Refusal ChangedMeanwhile() =>
        new("changed-meanwhile", "Qualcun altro ha modificato questi dati nel frattempo: ricarichi la pagina e riprovi.");
}
