using Platform.Referti.Hl7;
using Xunit;
using static Platform.Tests.Referti.Hl7.Messages;

namespace Platform.Tests.Referti.Hl7;

/// <summary>Measures the memory of the process, and so runs alone.</summary>
[CollectionDefinition(nameof(LargeFileTests), DisableParallelization = true)]
[Collection(nameof(LargeFileTests))]
public sealed class LargeFileTests
{
    [Fact]
    public void A_large_file_is_read_one_message_at_a_time()
    {
        var one = Utf8(Oru(Obx(1, Pcr, NotDetected)));
        const int Count = 250_000;
        var batch = new Hl7Batch();
        var before = GC.GetTotalMemory(true);
        var peak = 0L;
        var seen = 0;
        foreach (var entry in batch.Read(new Repeated(one, Count)))
        {
            Assert.Equal(one.Length, entry.Bytes.Length);
            if (++seen % 50_000 == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(true) - before);
            }
        }

        Assert.Equal(Count, seen);
        Assert.True(peak < 8 * 1024 * 1024, $"{peak} bytes were held");
    }

    private sealed class Repeated(byte[] one, int times) : Stream
    {
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => (long)one.Length * times;

        public override long Position { get => position; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, Length - position);
            for (var i = 0; i < count; i++)
            {
                buffer[i] = one[(position + i) % one.Length];
            }

            position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
