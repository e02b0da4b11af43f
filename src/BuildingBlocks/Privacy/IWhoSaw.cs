namespace Platform.BuildingBlocks.Privacy;

/// <summary>Who looked at a person's data, as she is told on her own page. Plugged in by the module that keeps the audit; it stands here because
/// the modules with pages for citizens do not know that one.</summary>
public interface IWhoSaw
{
    /// <param name="page">From 1, the newest first. Her own looks are left out.</param>
    Task<SeenPage> Of(Guid patientId, int page, CancellationToken cancellation);
}

/// <param name="More">There is another page.</param>
public sealed record SeenPage(IReadOnlyList<Seen> Looks, bool More);

/// <param name="Who">Role and organisation in the reader's language, never an operator's name.</param>
/// <param name="Act">Italian, the key of its translation; so is <paramref name="Kind"/>, which data it was about.</param>
/// <param name="Why">The reason that was given, where one was asked for.</param>
public sealed record Seen(DateTime At, string Who, string Act, string Kind, string? Why);
