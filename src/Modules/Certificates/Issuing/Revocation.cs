namespace Platform.Certificates.Issuing;

/// <summary>A certificate that is no longer to be accepted, as the public list says it: nobody can tell from it whose it was.</summary>
internal sealed class Revocation
{
    public const int HashLength = 44;

    /// <summary>Base64 of the SHA-256 of the UVCI.</summary>
    public required string Hash { get; init; }

    public required DateTime At { get; init; }

    /// <summary>When its signature ends by itself: later nobody needs the line.</summary>
    public required DateTime ExpiresAt { get; init; }
}
