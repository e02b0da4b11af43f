using System.IO.Compression;
using System.Xml;

namespace Platform.BuildingBlocks.Tables;

/// <summary>The parts of a workbook that its rows need. Read as the zip of XML that it is: the Open XML SDK refuses whole files
/// for one e-mail address that a spreadsheet made a malformed link of, and lists of people are full of them.</summary>
internal sealed class XlsxPackage
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    private readonly Dictionary<string, ZipArchiveEntry> parts;

    private XlsxPackage(ZipArchive zip) =>
        parts = zip.Entries.GroupBy(e => e.FullName.TrimStart('/'), StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);

    public required string Sheet { get; init; }
    public string? SharedStrings { get; private init; }
    public string? Styles { get; private init; }

    /// <summary>Whether days are counted from 1904, as on a Macintosh of old.</summary>
    public bool From1904 { get; private init; }

    /// <returns>Null when the zip is no document of an office.</returns>
    public static XlsxPackage? Of(ZipArchive zip)
    {
        if (zip.GetEntry("mimetype") is not null)
            throw TableSource.Wrong("table-not-a-table", "È un foglio OpenDocument: lo salvi come .xlsx oppure come CSV.");
        if (zip.GetEntry("[Content_Types].xml") is null)
            return null;
        var opener = new XlsxPackage(zip) { Sheet = "" };
        try
        {
            var workbook = opener.Relations("_rels/.rels", "").Values.FirstOrDefault(r => r.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Target
                ?? "xl/workbook.xml";
            if (!workbook.EndsWith("workbook.xml", StringComparison.OrdinalIgnoreCase) || !opener.parts.ContainsKey(workbook))
                throw Broken("Il documento non è una cartella di lavoro .xlsx.");
            var slash = workbook.LastIndexOf('/') + 1;
            var relations = opener.Relations($"{workbook[..slash]}_rels/{workbook[slash..]}.rels", workbook[..slash]);
            var (sheet, from1904) = opener.FirstSheet(workbook);
            string? PartOf(string type) => relations.Values.FirstOrDefault(r => r.Type.EndsWith(type, StringComparison.Ordinal)).Target;
            return new XlsxPackage(zip)
            {
                Sheet = sheet is not null && relations.TryGetValue(sheet, out var part) && opener.parts.ContainsKey(part.Target)
                    ? part.Target : throw Broken("Il documento non è una cartella di lavoro .xlsx."),
                SharedStrings = PartOf("/sharedStrings"), Styles = PartOf("/styles"), From1904 = from1904,
            };
        }
        catch (Exception failure) when (IsBroken(failure))
        {
            throw Broken("Il file .xlsx è danneggiato: lo apra, lo salvi di nuovo e lo carichi.");
        }
    }

    public static bool IsBroken(Exception failure) =>
        failure is XmlException or InvalidDataException or FormatException or OverflowException or ArgumentException or EndOfStreamException or NotSupportedException;

    public static Failures.Refusal Broken(string reason) => TableSource.Wrong("table-broken-xlsx", reason);

    public long LengthOf(string part) => parts[part].Length;

    public XmlReader? Open(string? part) =>
        part is not null && parts.TryGetValue(part, out var entry) ? XmlReader.Create(entry.Open(), Settings) : null;

    private Dictionary<string, (string Type, string Target)> Relations(string part, string folder)
    {
        var relations = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        using var reader = Open(part);
        while (reader?.Read() == true)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && (reader.GetAttribute("Id"), reader.GetAttribute("Type"), reader.GetAttribute("Target")) is ({ } id, { } type, { Length: > 0 } target))
            {
                relations[id] = (type, target[0] == '/' ? target[1..] : folder + target);
            }
        }

        return relations;
    }

    private (string? Relation, bool From1904) FirstSheet(string workbook)
    {
        using var reader = Open(workbook)!;
        var from1904 = false;
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                from1904 = reader.GetAttribute("date1904") is "1" or "true";
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && reader.GetAttribute("state") is null or "visible")
            {
                for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
                {
                    // Its namespace differs in the two dialects of the format.
                    if (reader is { LocalName: "id", NamespaceURI.Length: > 0 })
                        return (reader.Value, from1904);
                }
            }
        }

        return (null, from1904);
    }
}
