namespace Platform.BuildingBlocks.Tables;

/// <summary>Takes what a synchronous writer writes, until it is sent on.</summary>
internal sealed class WrittenStream : Stream
{
    private readonly MemoryStream kept = new();

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => kept.Length;
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public async Task Leave(Stream output, CancellationToken cancellation)
    {
        await output.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length), cancellation);
        kept.SetLength(0);
    }

    public override void Write(byte[] buffer, int offset, int count) => kept.Write(buffer, offset, count);

    public override void Write(ReadOnlySpan<byte> buffer) => kept.Write(buffer);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
