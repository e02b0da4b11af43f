using System.Globalization;
using System.Text;

namespace Platform.Referti.Hl7;

internal enum AckCode
{
    /// <summary>Taken.</summary>
    AA,

    /// <summary>Not taken: something in it is wrong.</summary>
    AE,

    /// <summary>Not taken: not a message for here.</summary>
    AR,
}

/// <summary>The answer to one message (ACK), in the separators, the version and the charset of the message itself.</summary>
internal sealed record Acknowledgement(AckCode Code, string Text, Encoding Encoding)
{
    private const string FallbackVersion = "2.5.1";
    private const int LongestReason = 250;
    private const int MostErrors = 100;

    public byte[] ToBytes() => Encoding.GetBytes(Text);

    /// <summary>
    /// What becomes of a message that was read: AA wherever something was kept, doubts and all, since they are ours
    /// to settle and not the sender's to send again; AE where there was no observation at all.
    /// </summary>
    public static AckCode CodeFor(OruReading reading)
        => reading.Header.Refusal() is not null ? AckCode.AR
            : reading.Results.Count == 0 && reading.Ignored.Count == 0 ? AckCode.AE : AckCode.AA;

    /// <param name="controlId">Of this answer, made by the caller.</param>
    /// <param name="at">When it is given; written with its own offset.</param>
    /// <param name="problems">Each becomes an ERR: an error if the message is not taken, else a warning.</param>
    public static Acknowledgement For(
        Hl7Message message, AckCode code, string controlId, DateTimeOffset at, IReadOnlyList<Hl7Problem> problems)
    {
        var msh = message.Header;
        var separators = message.Separators;
        var version = msh.Value(12) ?? FallbackVersion;
        var header = MessageHeader.Of(message);
        var segments = new StringBuilder();
        Line(segments, separators, "MSH", separators.EncodingCharacters,
            msh.Field(5).Raw, msh.Field(6).Raw, msh.Field(3).Raw, msh.Field(4).Raw, Time(at), string.Empty,
            Type(header.Event, version, separators), Hl7Escapes.Encode(controlId, separators),
            msh.Field(11).IsEmpty ? "P" : msh.Field(11).Raw, msh.Field(12).IsEmpty ? version : msh.Field(12).Raw,
            string.Empty, string.Empty, string.Empty, string.Empty, string.Empty, msh.Field(18).Raw);
        Body(segments, separators, code, msh.Field(10).Raw, version, [.. problems.Take(MostErrors)]);
        return new Acknowledgement(code, segments.ToString(), message.Encoding);
    }

    /// <summary>For what has no MSH that can be read: nobody to name, and still an answer.</summary>
    public static Acknowledgement ForUnreadable(string controlId, DateTimeOffset at, Hl7Problem problem)
    {
        var separators = Hl7Separators.Standard;
        var segments = new StringBuilder();
        Line(segments, separators, "MSH", separators.EncodingCharacters,
            string.Empty, string.Empty, string.Empty, string.Empty, Time(at), string.Empty, "ACK",
            Hl7Escapes.Encode(controlId, separators), "P", FallbackVersion);
        Body(segments, separators, AckCode.AR, string.Empty, FallbackVersion, [problem]);
        return new Acknowledgement(AckCode.AR, segments.ToString(), Hl7Charset.Utf8);
    }

    internal static void Line(StringBuilder segments, Hl7Separators separators, params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            segments.Append(i == 0 ? string.Empty : separators.Field).Append(fields[i]);
        }

        var end = segments.Length;
        while (end > 0 && segments[end - 1] == separators.Field)
        {
            end--;
        }

        segments.Length = end;
        segments.Append('\r');
    }

    internal static string Time(DateTimeOffset at)
        => at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)
            + at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", string.Empty, StringComparison.Ordinal);

    private static void Body(
        StringBuilder segments, Hl7Separators separators, AckCode code, string controlId, string version, IReadOnlyList<Hl7Problem> problems)
    {
        // MSA-3 and ERR-1 are of the versions up to 2.4; ERR-2 and those after it came with 2.5.
        var old = version is "2.1" or "2.2" || version.StartsWith("2.3", StringComparison.Ordinal) || version.StartsWith("2.4", StringComparison.Ordinal);
        var text = old && code != AckCode.AA && problems.Count > 0 ? Reason(problems[0], separators) : string.Empty;
        Line(segments, separators, "MSA", code.ToString(), controlId, text);
        if (problems.Count == 0)
        {
            return;
        }

        if (old)
        {
            var repetition = separators.Repetition?.ToString();
            var locations = problems.Select(problem => OldLocation(problem, separators)).ToList();
            Line(segments, separators, "ERR", repetition is null ? locations[0] : string.Join(repetition, locations));
            return;
        }

        foreach (var problem in problems)
        {
            var error = ProblemCodes.ErrorCode(problem.Code);
            Line(segments, separators, "ERR", string.Empty,
                Join(separators.Component, problem.Segment, Number(problem.SegmentIndex), Number(problem.Field)),
                Join(separators.Component, error, ProblemCodes.ErrorText(error), "HL70357"),
                code == AckCode.AA ? "W" : "E",
                Join(separators.Component, Hl7Escapes.Encode(problem.Code, separators)),
                string.Empty, string.Empty, Reason(problem, separators));
        }
    }

    private static string OldLocation(Hl7Problem problem, Hl7Separators separators)
    {
        var error = ProblemCodes.ErrorCode(problem.Code);
        var coded = separators.Subcomponent is { } subcomponent
            ? string.Join(subcomponent, error, ProblemCodes.ErrorText(error), "HL70357")
            : error;
        return Join(separators.Component, problem.Segment, Number(problem.SegmentIndex), Number(problem.Field), coded);
    }

    private static string Reason(Hl7Problem problem, Hl7Separators separators)
        => Hl7Escapes.Encode(problem.Reason.Length > LongestReason ? problem.Reason[..LongestReason] : problem.Reason, separators);

    private static string Type(string? trigger, string version, Hl7Separators separators)
    {
        if (trigger is null)
        {
            return "ACK";
        }

        // The message structure, third component, is from 2.3.1.
        return Join(separators.Component, "ACK", Hl7Escapes.Encode(trigger, separators), version is "2.3" or "2.2" ? string.Empty : "ACK");
    }

    private static string Join(char separator, params ReadOnlySpan<string?> parts)
        => string.Join(separator, parts).TrimEnd(separator);

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? string.Empty;
}
