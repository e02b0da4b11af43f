namespace Platform.Referti.Hl7;

/// <summary>How much a message may hold before it is refused.</summary>
/// <param name="MaxMessageLength">Bytes, or characters where the message comes as text.</param>
internal sealed record Hl7Limits(int MaxMessageLength = 1024 * 1024, int MaxSegments = 10_000)
{
    public static Hl7Limits Default { get; } = new();

    public Hl7Exception TooLarge() => new(
        ProblemCodes.MessageTooLarge, string.Empty, null, null, $"The message is longer than {MaxMessageLength} bytes.");

    public Hl7Exception TooMany() => new(
        ProblemCodes.TooManySegments, string.Empty, null, null, $"The message has more than {MaxSegments} segments.");
}
