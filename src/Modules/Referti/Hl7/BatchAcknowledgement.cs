using System.Globalization;
using System.Text;

namespace Platform.Referti.Hl7;

/// <summary>
/// The answer to a batch: BHS, an ACK for each message, BTS. In three parts, so that a file of any size can be answered
/// while it is read.
/// </summary>
internal static class BatchAcknowledgement
{
    /// <param name="batch">The header of the batch answered (BHS, or FHS where there is only that); null where it had none.</param>
    /// <param name="controlId">Of this answer, made by the caller.</param>
    public static string Header(Hl7Segment? batch, string controlId, DateTimeOffset at)
    {
        var separators = batch is null ? Hl7Separators.Standard : Hl7Separators.Of(batch.Raw);
        var text = new StringBuilder();
        Acknowledgement.Line(text, separators, "BHS", separators.EncodingCharacters,
            Raw(5), Raw(6), Raw(3), Raw(4), Acknowledgement.Time(at), string.Empty, string.Empty, string.Empty,
            Hl7Escapes.Encode(controlId, separators), Raw(11));
        return text.ToString();

        string Raw(int field) => batch?.Field(field).Raw ?? string.Empty;
    }

    /// <param name="problems">Of the envelope; they go in BTS-2, as comments.</param>
    public static string Trailer(Hl7Segment? batch, int acknowledgements, IReadOnlyList<Hl7Problem> problems)
    {
        var separators = batch is null ? Hl7Separators.Standard : Hl7Separators.Of(batch.Raw);
        var text = new StringBuilder();
        Acknowledgement.Line(text, separators, "BTS", acknowledgements.ToString(CultureInfo.InvariantCulture),
            Hl7Escapes.Encode(string.Join(' ', problems.Select(problem => problem.Reason)), separators));
        return text.ToString();
    }

    public static string Of(
        Hl7Segment? batch, string controlId, DateTimeOffset at, IReadOnlyCollection<Acknowledgement> answers, IReadOnlyList<Hl7Problem> problems)
        => Header(batch, controlId, at) + string.Concat(answers.Select(answer => answer.Text)) + Trailer(batch, answers.Count, problems);
}
