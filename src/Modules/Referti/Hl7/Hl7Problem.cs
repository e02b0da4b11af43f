namespace Platform.Referti.Hl7;

/// <summary>
/// Something that a message has wrong, or that a person must look at. The reason is in English and names
/// no one: it may quote codes of tests and results, never a name, an identifier or a free text.
/// </summary>
/// <param name="Code">One of <see cref="ProblemCodes"/>.</param>
/// <param name="Segment">The segment's name, empty where the whole message is meant.</param>
/// <param name="SegmentIndex">Which of the segments of that name, from 1 (as ERL-2 counts them).</param>
/// <param name="Field">The field's number, as HL7 counts them.</param>
internal sealed record Hl7Problem(string Code, string Segment, int? SegmentIndex, int? Field, string Reason)
{
    /// <summary>True where no report may be issued until a person has decided.</summary>
    public bool PutsInDoubt => ProblemCodes.PutsInDoubt(Code);
}

/// <summary>The only exception of the parser: what was given is not a message that can be read.</summary>
internal sealed class Hl7Exception : Exception
{
    public Hl7Exception(string code, string segment, int? index, int? field, string reason)
        : base(reason)
        => Problem = new Hl7Problem(code, segment, index, field, reason);

    public Hl7Problem Problem { get; }

    public string Code => Problem.Code;

    public string Segment => Problem.Segment;

    public int? Index => Problem.SegmentIndex;

    public int? Field => Problem.Field;

    public string Reason => Problem.Reason;
}
