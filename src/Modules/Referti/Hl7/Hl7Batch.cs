using System.Runtime.CompilerServices;

namespace Platform.Referti.Hl7;

/// <summary>
/// A file or stream of messages: FHS/BHS … BTS/FTS, messages one after the other, in MLLP frames or not, or a single
/// one. Read once, in order, holding one message at a time; the envelope's figures are complete when reading is.
/// </summary>
internal sealed class Hl7Batch(Hl7Limits? limits = null)
{
    private const int ChunkSize = 64 * 1024;

    private readonly Hl7BatchEnvelope envelope = new();
    private readonly Hl7Limits limits = limits ?? Hl7Limits.Default;

    /// <summary>Counts that do not agree, trailers that are missing. The messages themselves are given all the same.</summary>
    public IReadOnlyList<Hl7Problem> Problems => envelope.Problems;

    public bool HasEnvelope => FileHeader is not null || BatchHeader is not null;

    public Hl7Segment? FileHeader => envelope.FileHeader;

    public Hl7Segment? BatchHeader => envelope.BatchHeader;

    public int MessageCount => envelope.MessageCount;

    public IEnumerable<Hl7BatchEntry> Read(Stream stream)
    {
        var splitter = new Hl7BatchSplitter(envelope, limits);
        var chunk = new byte[ChunkSize];
        int read;
        while ((read = stream.Read(chunk)) > 0)
        {
            splitter.Push(chunk.AsSpan(0, read));
            while (splitter.TryTake(out var entry))
            {
                yield return entry!;
            }
        }

        splitter.Complete();
        while (splitter.TryTake(out var entry))
        {
            yield return entry!;
        }
    }

    public async IAsyncEnumerable<Hl7BatchEntry> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var splitter = new Hl7BatchSplitter(envelope, limits);
        var chunk = new byte[ChunkSize];
        int read;
        while ((read = await stream.ReadAsync(chunk, cancellationToken).ConfigureAwait(false)) > 0)
        {
            splitter.Push(chunk.AsSpan(0, read));
            while (splitter.TryTake(out var entry))
            {
                yield return entry!;
            }
        }

        splitter.Complete();
        while (splitter.TryTake(out var entry))
        {
            yield return entry!;
        }
    }

    /// <summary>For what is already in memory as bytes.</summary>
    public IEnumerable<Hl7BatchEntry> Read(ReadOnlyMemory<byte> bytes)
        => Read(new MemoryStream(bytes.ToArray(), writable: false));
}
