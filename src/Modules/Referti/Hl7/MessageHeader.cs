using System.Collections.Frozen;

namespace Platform.Referti.Hl7;

/// <summary>MSH, and what it decides before the rest is read.</summary>
/// <param name="MessageType">MSH-9.1, the event split off where a sender writes ORU_R01 there.</param>
/// <param name="ProcessingId">MSH-11.1: P production, T training, D debugging.</param>
internal sealed record MessageHeader(
    string? ControlId,
    string? MessageType,
    string? Event,
    string? Version,
    string? ProcessingId,
    string? SendingApplication,
    string? SendingFacility,
    string? ReceivingApplication,
    string? ReceivingFacility,
    Hl7Time? MessageTime)
{
    private static readonly FrozenSet<string> SupportedVersions =
        new[] { "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1" }.ToFrozenSet(StringComparer.Ordinal);

    public static MessageHeader Of(Hl7Message message)
    {
        var msh = message.Header;
        var type = msh.Field(9).First;
        var first = PlainText.Of(type.Component(1).Value)?.ToUpperInvariant();
        var second = PlainText.Of(type.Component(2).Value)?.ToUpperInvariant();
        var structure = PlainText.Of(type.Component(3).Value)?.ToUpperInvariant();
        if (second is null && (first?.Contains('_') == true ? first : structure) is { } joined && joined.Split('_') is [var name, var trigger])
        {
            (first, second) = (first?.Contains('_') == true ? name : first ?? name, trigger);
        }

        return new MessageHeader(
            msh.Value(10), first, second, msh.Value(12), msh.Value(11)?.ToUpperInvariant(),
            msh.Value(3), msh.Value(4), msh.Value(5), msh.Value(6), Hl7Time.Of(msh.Value(7)));
    }

    /// <summary>
    /// Why the message must be refused (AR), or null for an ORU^R01 of production in a version we read. Training and
    /// debugging messages are refused so that they are never mixed with people's reports.
    /// </summary>
    public Hl7Problem? Refusal()
    {
        if (ControlId is null)
        {
            return Refused(ProblemCodes.MissingControlId, 10, "The message has no control id.");
        }

        if (MessageType != "ORU")
        {
            return Refused(ProblemCodes.UnsupportedMessageType, 9, "Only ORU^R01 is accepted here.");
        }

        if (Event != "R01")
        {
            return Refused(ProblemCodes.UnsupportedEvent, 9, "Of ORU, only the event R01 is accepted here.");
        }

        if (Version is null)
        {
            return Refused(ProblemCodes.MissingVersion, 12, "The message does not declare its version.");
        }

        if (!SupportedVersions.Contains(Version))
        {
            return Refused(ProblemCodes.UnsupportedVersion, 12, "The versions from 2.3 to 2.7.1 are accepted.");
        }

        return ProcessingId switch
        {
            "P" => null,
            null => Refused(ProblemCodes.MissingProcessingId, 11, "The message does not say whether it is of production."),
            _ => Refused(ProblemCodes.NotProduction, 11, "Only messages of production (P) are accepted here."),
        };
    }

    private static Hl7Problem Refused(string code, int field, string reason) => new(code, "MSH", 1, field, reason);
}
