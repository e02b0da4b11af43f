using System.IO.Compression;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Tables;

/// <param name="Cells">Null when the row could not be read.</param>
internal readonly record struct RawRow(int Number, List<string>? Cells, string? Fault = null, string[]? FaultArguments = null)
{
    public bool IsBlank => Fault is null && Cells!.TrueForAll(string.IsNullOrWhiteSpace);
}

/// <summary>The rows of a file as they stand in it, whatever its format.</summary>
internal abstract class TableSource : IAsyncDisposable
{
    private static readonly Dictionary<string, byte[]> Foreign = new(StringComparer.Ordinal)
    {
        ["È un file Excel 97-2003, o protetto da una password: lo salvi come .xlsx senza password."] = [0xD0, 0xCF, 0x11, 0xE0],
        ["È un PDF: servono un CSV, un xlsx, o uno ZIP che ne contenga uno."] = "%PDF"u8.ToArray(),
    };

    private Stream? spooled;

    /// <summary>Cells of the header; known once it has been read.</summary>
    public int Width { get; set; }

    /// <summary>Whether a row may end before its last empty cells.</summary>
    public abstract bool Ragged { get; }

    public abstract int Percent { get; }

    public abstract IAsyncEnumerable<RawRow> Read(CancellationToken cancellation);

    public static async Task<TableSource> Of(Stream file, TableLayout layout, TableLimits limits, CancellationToken cancellation)
    {
        Stream? mine = null;
        try
        {
            if (!file.CanSeek)
                file = mine = await Spool.Of(file, limits.Unpacked, cancellation);
            var head = await Head(file, cancellation);
            if (IsZip(head))
            {
                var zip = OpenZip(file, limits);
                if (XlsxPackage.Of(zip) is { } package)
                    return new XlsxRows(package, file, limits) { spooled = mine };
                var entry = OnlyFileOf(zip);
                await using var packed = await entry.OpenAsync(cancellation);
                var unpacked = await Spool.Of(packed, limits.Unpacked, cancellation);
                if (mine is not null)
                    await mine.DisposeAsync();
                file = mine = unpacked;
                head = await Head(file, cancellation);
                if (IsZip(head))
                {
                    return XlsxPackage.Of(OpenZip(file, limits)) is { } inner
                        ? new XlsxRows(inner, file, limits) { spooled = mine }
                        : throw Wrong("table-zip-in-zip", "Lo ZIP contiene un altro ZIP: metta nello ZIP il solo file CSV o xlsx.");
                }
            }

            if (head.Length == 0)
                throw Empty();
            foreach (var (reason, mark) in Foreign)
            {
                if (head.AsSpan().StartsWith(mark))
                    throw Wrong("table-not-a-table", reason);
            }

            return new CsvRecords(file, CsvLines.EncodingOf(head), layout, limits) { spooled = mine };
        }
        catch (Exception failure) when (failure is InvalidDataException or NotSupportedException)
        {
            await (mine?.DisposeAsync() ?? default);
            throw Wrong("table-zip-broken", "Lo ZIP è danneggiato o protetto da una password.");
        }
        catch
        {
            await (mine?.DisposeAsync() ?? default);
            throw;
        }
    }

    public virtual ValueTask DisposeAsync() => spooled?.DisposeAsync() ?? default;

    public static Refusal Empty() => Wrong("table-empty", "Il file è vuoto.");

    public static Refusal Wrong(string code, string message, params object?[] arguments) =>
        new(code, message, arguments) { Kind = RefusalKind.Unprocessable };

    private static async Task<byte[]> Head(Stream file, CancellationToken cancellation)
    {
        var head = new byte[4096];
        file.Position = 0;
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        return head[..read];
    }

    private static bool IsZip(ReadOnlySpan<byte> head) => head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8);

    // The lengths that an archive declares hold: beyond them its entries are cut off, not read.
    private static ZipArchive OpenZip(Stream file, TableLimits limits)
    {
        var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        var bomb = zip.Entries.Count > 10_000 || zip.Entries.Sum(e => e.Length) > limits.Unpacked
            || zip.Entries.Any(e => e.Length > limits.Harmless && e.Length / Math.Max(1, e.CompressedLength) > limits.UnpackRatio);
        return bomb ? throw Wrong("table-too-large", "Il file compresso diventa troppo grande quando si apre: lo divida in più file.") : zip;
    }

    private static ZipArchiveEntry OnlyFileOf(ZipArchive zip)
    {
        var files = zip.Entries.Where(e => e.Name.Length > 0 && e.Name[0] != '.' && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)).ToList();
        return files.Count == 1 ? files[0]
            : throw Wrong("table-zip-files", "Lo ZIP deve contenere un solo file CSV o xlsx: ne contiene {0}.", files.Count);
    }
}
