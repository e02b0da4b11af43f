using System.Buffers;
using Platform.Referti.Hl7;

namespace Platform.Referti.Mllp;

/// <summary>Cuts a stream of bytes into MLLP frames (VT … FS CR) as they arrive, holding one at a time. What stands outside
/// frames is dropped; a frame that begins within another shows that the first was broken off.</summary>
internal sealed class MllpFrames(Hl7Limits limits)
{
    private const byte StartBlock = 0x0B;
    private const byte EndBlock = 0x1C;

    private readonly ArrayBufferWriter<byte> frame = new(16 * 1024);
    private readonly Queue<Hl7BatchEntry> ready = new();
    private bool inside;
    private bool tooLarge;
    private int count;

    public void Push(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var mark = bytes.IndexOfAny(StartBlock, EndBlock);
            if (inside)
                Keep(mark < 0 ? bytes : bytes[..mark]);
            if (mark < 0)
                return;
            if (bytes[mark] == EndBlock && inside)
                ready.Enqueue(new(++count, 0, frame.WrittenSpan.ToArray(), tooLarge));
            inside = bytes[mark] == StartBlock;
            tooLarge = false;
            frame.ResetWrittenCount();
            bytes = bytes[(mark + 1)..];
        }
    }

    public bool TryTake(out Hl7BatchEntry? entry) => ready.TryDequeue(out entry);

    public static byte[] Framed(ReadOnlySpan<byte> content) => [StartBlock, .. content, EndBlock, (byte)'\r'];

    private void Keep(ReadOnlySpan<byte> part)
    {
        var room = limits.MaxMessageLength - frame.WrittenCount;
        tooLarge |= part.Length > room;
        frame.Write(part[..Math.Min(part.Length, Math.Max(room, 0))]);
    }
}
