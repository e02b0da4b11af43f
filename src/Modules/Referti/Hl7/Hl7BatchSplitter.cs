using System.Buffers;
using System.Text;

namespace Platform.Referti.Hl7;

/// <summary>
/// Cuts bytes into messages as they arrive, holding no more than one. Every supported charset writes CR, LF and the
/// segment names as ASCII does, so the cut needs no charset.
/// </summary>
internal sealed class Hl7BatchSplitter(Hl7BatchEnvelope envelope, Hl7Limits limits)
{
    private const byte StartBlock = 0x0B;
    private const byte EndBlock = 0x1C;
    private const int LongestEnvelopeLine = 4096;

    private readonly ArrayBufferWriter<byte> line = new(4096);
    private readonly ArrayBufferWriter<byte> message = new(16 * 1024);
    private readonly Queue<Hl7BatchEntry> ready = new();
    private bool lineTooLarge;
    private bool messageTooLarge;
    private int count;

    public void Push(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\r', (byte)'\n', EndBlock);
            Keep(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
            {
                return;
            }

            EndOfLine(bytes[end]);
            bytes = bytes[(end + 1)..];
        }
    }

    public void Complete()
    {
        EndOfLine((byte)'\r');
        EndOfMessage();
        envelope.Complete();
    }

    public bool TryTake(out Hl7BatchEntry? entry) => ready.TryDequeue(out entry);

    private void Keep(ReadOnlySpan<byte> part)
    {
        var room = limits.MaxMessageLength - line.WrittenCount;
        if (part.Length > room)
        {
            lineTooLarge = true;
            part = part[..Math.Max(room, 0)];
        }

        line.Write(part);
    }

    private void EndOfLine(byte terminator)
    {
        var content = line.WrittenSpan;
        while (true)
        {
            var before = content.Length;
            content = content.TrimStart(StartBlock);
            content = content.StartsWith("\uFEFF"u8) ? content[3..] : content;
            if (content.Length == before)
            {
                break;
            }
        }

        if (!content.Trim(" \t\u001A"u8).IsEmpty)
        {
            Place(content, terminator);
        }

        line.ResetWrittenCount();
        lineTooLarge = false;
        if (terminator == EndBlock)
        {
            EndOfMessage();
        }
    }

    private void Place(ReadOnlySpan<byte> content, byte terminator)
    {
        var name = content.Length < 3 ? string.Empty : Encoding.ASCII.GetString(content[..3]);
        var isHeaderOrTrailer = content.Length == 3 || (content.Length > 3 && !char.IsAsciiLetterOrDigit((char)content[3]));
        if (isHeaderOrTrailer && name is "FHS" or "BHS" or "BTS" or "FTS")
        {
            EndOfMessage();
            envelope.Take(name, Encoding.UTF8.GetString(content[..Math.Min(content.Length, LongestEnvelopeLine)]));
            return;
        }

        if (isHeaderOrTrailer && name == "MSH")
        {
            EndOfMessage();
        }

        messageTooLarge |= lineTooLarge || message.WrittenCount + content.Length + 1 > limits.MaxMessageLength;
        if (!messageTooLarge)
        {
            message.Write(content);
            message.Write([terminator == '\n' ? (byte)'\n' : (byte)'\r']);
        }
        else if (message.WrittenCount == 0)
        {
            // Enough of it to read whose message it is, and refuse it by name.
            message.Write(content[..Math.Min(content.Length, LongestEnvelopeLine)]);
        }
    }

    private void EndOfMessage()
    {
        if (message.WrittenCount > 0)
        {
            ready.Enqueue(new Hl7BatchEntry(++count, envelope.CurrentBatch, message.WrittenSpan.ToArray(), messageTooLarge));
            envelope.Count();
        }

        message.ResetWrittenCount();
        messageTooLarge = false;
    }
}
