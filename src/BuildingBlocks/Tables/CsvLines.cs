using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Platform.BuildingBlocks.Tables;

/// <param name="Text">Null when it could not be read.</param>
internal sealed record CsvLine(string? Text, string? Fault);

/// <summary>The lines of a text, whatever it was encoded in, none longer in memory than allowed.</summary>
internal sealed class CsvLines(Stream file, Encoding? encoding, int longest)
{
    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private bool utf8 = encoding is UTF8Encoding;

    /// <returns>What its first bytes declare or betray; null for one to be told line by line.</returns>
    public static Encoding? EncodingOf(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(Encoding.UTF8.Preamble))
            return Encoding.UTF8;
        if (head.StartsWith(Encoding.Unicode.Preamble))
            return Encoding.Unicode;
        if (head.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return Encoding.BigEndianUnicode;
        int even = 0, odd = 0;
        for (var index = 0; index < head.Length; index++)
        {
            if (head[index] == 0)
                _ = index % 2 == 0 ? even++ : odd++;
        }

        // A header in the letters of the West, without the mark.
        if (odd > head.Length / 3 && even == 0)
            return Encoding.Unicode;
        return even > head.Length / 3 && odd == 0 ? Encoding.BigEndianUnicode : null;
    }

    public async IAsyncEnumerable<CsvLine> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        var stream = encoding is UnicodeEncoding
            ? Encoding.CreateTranscodingStream(file, encoding, new UTF8Encoding(false), leaveOpen: true)
            : file;
        utf8 |= encoding is UnicodeEncoding;
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            var line = new ArrayBufferWriter<byte>(1024);
            var (tooLong, first) = (false, true);
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellation)) > 0)
            {
                var from = 0;
                while (from < read)
                {
                    var length = buffer.AsSpan(from, read - from).IndexOf((byte)'\n');
                    var end = length < 0 ? read : from + length;
                    tooLong |= line.WrittenCount + end - from > longest;
                    if (!tooLong)
                        line.Write(buffer.AsSpan(from, end - from));
                    from = end + 1;
                    if (length < 0)
                        break;
                    yield return Decode(line.WrittenSpan, tooLong, first);
                    line.ResetWrittenCount();
                    (tooLong, first) = (false, false);
                }
            }

            if (tooLong || line.WrittenCount > 0)
                yield return Decode(line.WrittenSpan, tooLong, first);
        }
        finally
        {
            // It held people's data.
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            if (stream != file)
                await stream.DisposeAsync();
        }
    }

    private CsvLine Decode(ReadOnlySpan<byte> bytes, bool tooLong, bool first)
    {
        if (tooLong)
            return new(null, "La riga è troppo lunga.");
        if (first && bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        if (bytes.EndsWith("\r"u8))
            bytes = bytes[..^1];
        if (Utf8.IsValid(bytes))
        {
            utf8 = utf8 || !Ascii.IsValid(bytes);
            return new(Encoding.UTF8.GetString(bytes), null);
        }

        // Accents that are no UTF-8, in a file that has shown none before: Windows wrote it. Italian text in Windows-1252
        // is never valid UTF-8 by chance.
        return utf8
            ? new(null, "La riga non è in UTF-8 come il resto del file: salvi il file come «CSV UTF-8».")
            : new(Windows.GetString(bytes), null);
    }
}
