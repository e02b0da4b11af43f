using System.Globalization;

namespace Platform.Referti.Hl7;

/// <summary>FHS, BHS, BTS and FTS: what they declare against what was between them.</summary>
internal sealed class Hl7BatchEnvelope
{
    private const int MostProblems = 100;

    private readonly List<Hl7Problem> problems = [];
    private Hl7Separators separators = Hl7Separators.Standard;
    private bool fileOpen;
    private bool batchOpen;
    private int batches;
    private int inBatch;
    private int inFile;

    public IReadOnlyList<Hl7Problem> Problems => problems;

    public Hl7Segment? FileHeader { get; private set; }

    /// <summary>The last batch header seen.</summary>
    public Hl7Segment? BatchHeader { get; private set; }

    public int MessageCount { get; private set; }

    public int CurrentBatch => batchOpen ? batches : 0;

    public void Count()
    {
        MessageCount++;
        inBatch++;
        inFile++;
    }

    public void Take(string name, string line)
    {
        switch (name)
        {
            case "FHS":
                CloseFile("FHS");
                FileHeader = Header(name, line);
                (fileOpen, batches, inBatch, inFile) = (true, 0, 0, 0);
                break;
            case "BHS":
                CloseBatch("BHS");
                BatchHeader = Header(name, line);
                (batchOpen, inBatch) = (true, 0);
                batches++;
                break;
            case "BTS":
                Trailer(line, batchOpen, "BHS", inBatch, ProblemCodes.BatchCountMismatch, "messages");
                batches += batchOpen ? 0 : 1;
                (batchOpen, inBatch) = (false, 0);
                break;
            default:
                CloseBatch("FTS");
                // Messages straight within FHS and FTS are one batch that nobody named.
                Trailer(line, fileOpen, "FHS", Math.Max(batches, inFile > 0 ? 1 : 0), ProblemCodes.FileCountMismatch, "batches");
                (fileOpen, batches, inFile) = (false, 0, 0);
                break;
        }
    }

    public void Complete()
    {
        CloseFile("the end");
        if (MessageCount == 0)
        {
            Add(new Hl7Problem(ProblemCodes.EmptyBatch, string.Empty, null, null, "There is no message."));
        }
    }

    private void CloseFile(string before)
    {
        CloseBatch(before);
        if (fileOpen)
        {
            Add(new Hl7Problem(ProblemCodes.MissingTrailer, "FTS", null, null, $"FTS is missing before {before}: the file may be cut."));
            fileOpen = false;
        }
    }

    private void CloseBatch(string before)
    {
        if (batchOpen)
        {
            Add(new Hl7Problem(ProblemCodes.MissingTrailer, "BTS", null, null, $"BTS is missing before {before}: the batch may be cut."));
            batchOpen = false;
        }
    }

    private void Trailer(string line, bool open, string header, int counted, string mismatch, string what)
    {
        var segment = new Hl7Segment(line, 1, new Hl7Syntax(separators, Hl7Charset.Utf8));
        if (!open)
        {
            Add(new Hl7Problem(ProblemCodes.MissingHeader, segment.Name, null, null, $"{segment.Name} has no {header} before it."));
        }

        if (segment.Value(1) is not { } declared)
        {
            return;
        }

        if (!int.TryParse(declared, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            Add(new Hl7Problem(ProblemCodes.InvalidCount, segment.Name, null, 1, $"{segment.Name}-1 is not a number."));
        }
        else if (number != counted)
        {
            Add(new Hl7Problem(mismatch, segment.Name, null, 1, $"{segment.Name}-1 declares {number} {what}, and there are {counted}."));
        }
    }

    private Hl7Segment? Header(string name, string line)
    {
        try
        {
            separators = Hl7Separators.Of(line);
            return new Hl7Segment(line, 1, new Hl7Syntax(separators, Hl7Charset.Utf8));
        }
        catch (Hl7Exception exception)
        {
            Add(exception.Problem with { Segment = name });
            return null;
        }
    }

    private void Add(Hl7Problem problem)
    {
        if (problems.Count < MostProblems)
        {
            problems.Add(problem);
        }
    }
}
