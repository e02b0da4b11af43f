using System.Text;
using System.Xml;

namespace Platform.BuildingBlocks.Tables;

/// <summary>The texts that the cells of a workbook share, by number: in memory while they are few, in a file of our own when
/// they are many, since a workbook of a million people shares millions.</summary>
internal sealed class SharedTexts : IDisposable
{
    private const long Few = 32 * 1024 * 1024;

    private readonly Stream store;
    private readonly List<long> ends = [0];
    private byte[] buffer = new byte[1024];

    private SharedTexts(Stream store) => this.store = store;

    public static SharedTexts Of(XlsxPackage package, TableLimits limits)
    {
        using var reader = package.Open(package.SharedStrings);
        if (reader is null)
            return new(Stream.Null);
        var texts = new SharedTexts(package.LengthOf(package.SharedStrings!) > Few ? Spool.New() : new MemoryStream());
        try
        {
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
                    texts.Add(XlsxRows.Unescape(XlsxRows.RichText(reader, "si", limits.LongestCell)));
            }

            return texts;
        }
        catch
        {
            texts.Dispose();
            throw;
        }
    }

    public string this[int index]
    {
        get
        {
            if (index < 0 || index >= ends.Count - 1)
                throw new FormatException();
            var length = (int)(ends[index + 1] - ends[index]);
            Grow(length);
            if (store.Position != ends[index])
                store.Position = ends[index];
            store.ReadExactly(buffer, 0, length);
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    public void Dispose() => store.Dispose();

    private void Add(string text)
    {
        Grow(Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, buffer);
        store.Write(buffer, 0, length);
        ends.Add(ends[^1] + length);
    }

    private void Grow(int length)
    {
        if (buffer.Length < length)
            buffer = new byte[length];
    }
}
