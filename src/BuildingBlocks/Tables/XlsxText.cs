using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Platform.BuildingBlocks.Tables;

/// <summary>A workbook of one sheet: bold heading that stays in sight, days and numbers as such, texts never formulas. Written as
/// the zip of XML that it is: the Open XML SDK wants a stream it can go back in, and keeps the whole package in memory.</summary>
internal static class XlsxText
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const int Enough = 64 * 1024;
    private const int LongestText = 32_767;

    private static readonly DateTime DayZero = new(1899, 12, 30);
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), CheckCharacters = false };

    private static readonly (string Name, string Content)[] Parts =
    [
        ("[Content_Types].xml", $"""
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>
            """),
        ("_rels/.rels", $"""
            <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """),
        ("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>
            """),
        ("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="Elenco" sheetId="1" r:id="rId1"/></sheets></workbook>
            """),
        // Cell formats: 0 as it comes, 1 bold, 2 day, 3 moment, 4 text.
        ("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="dd/mm/yyyy hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
            """),
    ];

    public static async Task Write<T>(
        Stream output, IReadOnlyList<TableColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken cancellation)
    {
        // Zip and XML are written at once; what they wrote leaves in between, without blocking.
        var written = new WrittenStream();
        using (var zip = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Parts)
            {
                await using var part = new StreamWriter(zip.CreateEntry(name).Open());
                await part.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{content}");
            }

            using var sheet = XmlWriter.Create(zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open(), Settings);
            Begin(sheet, columns);
            var number = 1;
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                // A sheet holds no more; the CSV holds all.
                if (number == TableWriter.LongestSheet)
                    break;
                Row(sheet, ++number, columns.Select(c => c.Cell(row)), bold: false);
                if (written.Length > Enough)
                    await written.Leave(output, cancellation);
            }

            sheet.WriteEndElement();
            sheet.WriteStartElement("autoFilter", Main);
            sheet.WriteAttributeString("ref", $"A1:{NameOf(columns.Count - 1)}{number}");
            sheet.WriteEndElement();
            sheet.WriteEndElement();
            sheet.Flush();
            sheet.Dispose();
        }

        await written.Leave(output, cancellation);
    }

    private static void Begin<T>(XmlWriter sheet, IReadOnlyList<TableColumn<T>> columns)
    {
        sheet.WriteStartDocument(standalone: true);
        sheet.WriteStartElement("worksheet", Main);
        sheet.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        sheet.WriteStartElement("cols", Main);
        for (var index = 1; index <= columns.Count; index++)
            sheet.WriteRaw($"<col min=\"{index}\" max=\"{index}\" width=\"{Math.Clamp(columns[index - 1].Title.Length + 4, 14, 40)}\" customWidth=\"1\"/>");
        sheet.WriteEndElement();
        sheet.WriteStartElement("sheetData", Main);
        Row(sheet, 1, columns.Select(c => (object?)c.Title), bold: true);
    }

    private static void Row(XmlWriter sheet, int number, IEnumerable<object?> cells, bool bold)
    {
        sheet.WriteStartElement("row", Main);
        sheet.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        var column = 0;
        foreach (var cell in cells)
        {
            var place = NameOf(column++) + number.ToString(CultureInfo.InvariantCulture);
            switch (cell)
            {
                case null or "":
                    break;
                case DateOnly day:
                    Number(sheet, place, (day.ToDateTime(TimeOnly.MinValue) - DayZero).TotalDays, "2");
                    break;
                case DateTime moment:
                    Number(sheet, place, (moment - DayZero).TotalDays, "3");
                    break;
                case int or long or short or byte or decimal or double or float:
                    Number(sheet, place, Convert.ToDouble(cell, CultureInfo.InvariantCulture), "0");
                    break;
                default:
                    Text(sheet, place, cell.ToString() ?? "", bold ? "1" : "4");
                    break;
            }
        }

        sheet.WriteEndElement();
    }

    private static void Number(XmlWriter sheet, string place, double number, string style)
    {
        sheet.WriteStartElement("c", Main);
        sheet.WriteAttributeString("r", place);
        sheet.WriteAttributeString("s", style);
        sheet.WriteElementString("v", Main, number.ToString("R", CultureInfo.InvariantCulture));
        sheet.WriteEndElement();
    }

    private static void Text(XmlWriter sheet, string place, string text, string style)
    {
        sheet.WriteStartElement("c", Main);
        sheet.WriteAttributeString("r", place);
        sheet.WriteAttributeString("s", style);
        sheet.WriteAttributeString("t", "inlineStr");
        sheet.WriteStartElement("is", Main);
        sheet.WriteStartElement("t", Main);
        sheet.WriteAttributeString("xml", "space", null, "preserve");
        sheet.WriteString(Printable(text));
        sheet.WriteEndElement();
        sheet.WriteEndElement();
        sheet.WriteEndElement();
    }

    // A control character or half a character would make the whole file unreadable.
    private static string Printable(string text)
    {
        if (text.Length > LongestText)
            text = text[..LongestText];
        for (var index = 0; index < text.Length; index++)
        {
            if (!XmlConvert.IsXmlChar(text[index]))
                return string.Concat(text.EnumerateRunes().Select(r => r.Value is < ' ' and not ('\t' or '\n' or '\r') or 0xFFFE or 0xFFFF ? "\uFFFD" : r.ToString()));
        }

        return text;
    }

    private static string NameOf(int column) => (column >= 26 ? NameOf(column / 26 - 1) : "") + (char)('A' + column % 26);
}
