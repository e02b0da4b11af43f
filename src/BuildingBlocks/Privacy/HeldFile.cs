using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Platform.BuildingBlocks.Privacy;

/// <summary>What is held on a person as a file to be handed to her: JSON of each module, for machines, and one page, for reading.</summary>
public static class HeldFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Converters = { new JsonStringEnumConverter() },
    };

    public static byte[] Zip(string title, DateTime at, IReadOnlyList<HeldTable> tables)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var module in tables.GroupBy(t => t.Module))
            {
                // A table that names her twice (for her, by her) comes twice.
                var content = module.GroupBy(t => t.Table).ToDictionary(t => t.Key, t => t.SelectMany(r => r.Rows).ToList());
                Add(zip, module.Key + ".json", JsonSerializer.SerializeToUtf8Bytes(content, Json));
            }

            Add(zip, "index.html", Encoding.UTF8.GetBytes(Page(title, at, tables)));
        }

        return file.ToArray();
    }

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(content);
    }

    private static string Page(string title, DateTime at, IReadOnlyList<HeldTable> tables)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"it\"><meta charset=\"utf-8\"><title>{WebUtility.HtmlEncode(title)}</title><h1>{WebUtility.HtmlEncode(title)}</h1><p>{at:dd/MM/yyyy HH:mm}</p>");
        foreach (var table in tables)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{table.Module}: {table.Table}</h2>");
            foreach (var row in table.Rows)
            {
                page.Append("<dl>");
                foreach (var (column, value) in row.Where(c => c.Value is not null and not ""))
                    page.Append(CultureInfo.InvariantCulture, $"<dt><b>{column}</b></dt><dd>{WebUtility.HtmlEncode(Convert.ToString(value, CultureInfo.InvariantCulture))}</dd>");
                page.Append("</dl><hr>");
            }
        }

        return page.ToString();
    }
}
