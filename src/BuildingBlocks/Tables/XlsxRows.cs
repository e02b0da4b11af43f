using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Platform.BuildingBlocks.Failures;

namespace Platform.BuildingBlocks.Tables;

/// <summary>The rows of a workbook's first visible sheet.</summary>
internal sealed partial class XlsxRows(XlsxPackage package, Stream file, TableLimits limits) : TableSource
{
    private const int WidestSheet = 16_384;

    private readonly XlsxNumbers numbers = new(package);
    private SharedTexts? shared;
    private XmlReader? sheet;
    private int last;

    public override bool Ragged => true;

    public override int Percent => (int)(100 * file.Position / Math.Max(1, file.Length));

    public override async IAsyncEnumerable<RawRow> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (Next() is { } row)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return row;
        }

        await Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        sheet?.Dispose();
        shared?.Dispose();
        return base.DisposeAsync();
    }

    private RawRow? Next()
    {
        try
        {
            shared ??= SharedTexts.Of(package, limits);
            sheet ??= package.Open(package.Sheet)!;
            while (sheet.Read())
            {
                if (sheet is { NodeType: XmlNodeType.Element, LocalName: "row" })
                    return Row(sheet);
            }

            return null;
        }
        catch (Exception failure) when (XlsxPackage.IsBroken(failure))
        {
            throw XlsxPackage.Broken("Il file .xlsx è danneggiato: lo apra, lo salvi di nuovo e lo carichi.");
        }
    }

    private RawRow Row(XmlReader reader)
    {
        last = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var said) && said > last ? said : last + 1;
        var cells = new List<string>(Width);
        string? fault = null;
        if (reader.IsEmptyElement)
            return new(last, cells);
        var at = -1;
        while (reader.Read() && reader is not { NodeType: XmlNodeType.EndElement, LocalName: "row" })
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "c" })
                continue;
            at = ColumnOf(reader.GetAttribute("r")) ?? at + 1;
            var (text, wrong) = Cell(reader);
            if (wrong)
                fault ??= "La cella {0} contiene un errore ({1}).";
            if (text.Length == 0)
                continue;
            if (at >= limits.MostCells)
                throw Wrong("table-too-wide", "La riga {0} ha più di {1} celle.", last, limits.MostCells);
            if (wrong)
                return Fail(reader, new(last, null, fault, [NameOf(at) + last.ToString(CultureInfo.InvariantCulture), text]));
            while (cells.Count < at)
                cells.Add("");
            if (cells.Count == at)
                cells.Add(text);
            else
                cells[at] = text;
        }

        return new(last, cells);
    }

    private static RawRow Fail(XmlReader reader, RawRow row)
    {
        while (reader.Read() && reader is not { NodeType: XmlNodeType.EndElement, LocalName: "row" })
        {
        }

        return row;
    }

    private (string Text, bool Wrong) Cell(XmlReader reader)
    {
        var type = reader.GetAttribute("t");
        var style = reader.GetAttribute("s");
        if (reader.IsEmptyElement)
            return ("", false);
        var value = "";
        while (reader.Read() && reader is not { NodeType: XmlNodeType.EndElement, LocalName: "c" })
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "v")
                value = TextOf(reader, limits.LongestCell);
            else if (reader.LocalName == "is")
                value = RichText(reader, "is", limits.LongestCell);
        }

        return type switch
        {
            "s" => (value.Length == 0 ? "" : shared![int.Parse(value, CultureInfo.InvariantCulture)], false),
            "inlineStr" or "str" => (Unescape(value), false),
            "b" => (value == "1" ? "true" : value.Length == 0 ? "" : "false", false),
            "e" => (value, true),
            "d" => (value, false),
            _ => (numbers.Text(value, style), false),
        };
    }

    /// <summary>The text of an element that holds only text; more than allowed refuses the file.</summary>
    public static string TextOf(XmlReader reader, int longest)
    {
        if (reader.IsEmptyElement)
            return "";
        string? whole = null;
        StringBuilder? text = null;
        var chunk = new char[256];
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
                continue;
            int read;
            while ((read = reader.ReadValueChunk(chunk, 0, chunk.Length)) > 0)
            {
                if (whole is null && text is null && read < chunk.Length)
                {
                    whole = new(chunk, 0, read);
                    continue;
                }

                text ??= new StringBuilder(whole);
                text.Append(chunk, 0, read);
                if (text.Length > longest)
                    throw Wrong("table-cell-too-long", "Una cella ha più di {0} caratteri.", longest);
            }
        }

        return text?.ToString() ?? whole ?? "";
    }

    /// <summary>The runs of a text, without the readings of its ideograms.</summary>
    public static string RichText(XmlReader reader, string element, int longest)
    {
        if (reader.IsEmptyElement)
            return "";
        var text = "";
        var phonetic = false;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == element))
        {
            if (reader.LocalName == "rPh")
                phonetic = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "t" } && !phonetic)
                text += TextOf(reader, longest);
            if (text.Length > longest)
                throw Wrong("table-cell-too-long", "Una cella ha più di {0} caratteri.", longest);
        }

        return text;
    }

    public static string Unescape(string text) => !text.Contains("_x", StringComparison.Ordinal) ? text
        : Escaped().Replace(text, m => (char)Convert.ToInt32(m.Groups[1].Value, 16) is var c && char.IsSurrogate(c) ? m.Value : c.ToString());

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();

    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetter(letter))
                break;
            column = column * 26 + (letter & 31);
            if (column > WidestSheet)
                throw new FormatException();
        }

        return column == 0 ? null : column - 1;
    }

    private static string NameOf(int column) =>
        (column >= 26 ? NameOf(column / 26 - 1) : "") + (char)('A' + column % 26);
}
