using Platform.Referti.LabMessages;

namespace Platform.Referti.Hl7;

/// <summary>One message of HL7 v2: what was read from it, and the answer to it in its own separators and charset.</summary>
/// <param name="Message">Its header alone where the rest cannot be read; null where not even that can.</param>
internal sealed record Hl7Reader(Incoming Incoming, Hl7Message? Message)
{
    public static Hl7Reader Read(Hl7BatchEntry entry)
    {
        if (!entry.TryParse(null, out var message, out var unreadable))
            return Refused(entry, entry.HeaderOnly(), unreadable!);
        var oru = OruReader.Read(message!);
        return (oru.Header.Refusal() ?? TooLong(oru.Header)) is { } refusal
            ? Refused(entry, message, refusal)
            : new(new(entry.Bytes, oru.Header.ControlId, Acknowledgement.CodeFor(oru), MessageReading.Of(oru, oru.AllProblems)), message);
    }

    /// <param name="controlId">Of the answer.</param>
    public Acknowledgement Answer(Taken taken, string controlId, DateTimeOffset at) => Message is null
        ? Acknowledgement.ForUnreadable(controlId, at, taken.Problems[0])
        : Acknowledgement.For(Message, taken.Verdict, controlId, at, taken.Problems);

    // Kept as it came where it has a name, so that its sender can ask why.
    private static Hl7Reader Refused(Hl7BatchEntry entry, Hl7Message? message, Hl7Problem problem)
    {
        var header = message is null ? null : MessageHeader.Of(message);
        var controlId = header?.ControlId is { Length: <= LabMessage.ControlIdLength } named ? named : null;
        return new(new(entry.Bytes, controlId, AckCode.AR, header is null ? MessageReading.Unread(problem) : MessageReading.Of(header, [problem])), message);
    }

    private static Hl7Problem? TooLong(MessageHeader header) =>
        header.ControlId!.Length > LabMessage.ControlIdLength
            ? new(ProblemCodes.ControlIdTooLong, "MSH", 1, 10, $"The control id is longer than {LabMessage.ControlIdLength} characters.")
            : null;
}
