using Platform.Referti.Hl7;

namespace Platform.Referti.LabMessages;

/// <summary>What the reader of one format made of one message. From here on no format matters.</summary>
/// <param name="ControlId">What the sender calls it, or what its content makes of it; null where it has none that could
/// be asked for: then it is answered and not kept.</param>
/// <param name="Verdict">As an HL7 acknowledgement has it, whatever the format: AA taken, AE wrong in itself, AR not for here.</param>
internal sealed record Incoming(byte[] Bytes, string? ControlId, AckCode Verdict, MessageReading Reading)
{
    public override string ToString() => nameof(Incoming);
}

/// <summary>What came of one message, for the answer in the sender's own format.</summary>
/// <param name="Problems">Of the message, and why what waits does.</param>
internal sealed record Taken(AckCode Verdict, bool AlreadyKnown, IReadOnlyList<Hl7Problem> Problems, IReadOnlyList<Outcome> Outcomes);
