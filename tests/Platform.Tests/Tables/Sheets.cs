using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Platform.BuildingBlocks.Tables;
using Table = Platform.BuildingBlocks.Tables.Table;

namespace Platform.Tests.Tables;

/// <summary>Files for the tests: workbooks are made by the Open XML SDK, as another program than ours would make them.</summary>
internal static class Sheets
{
    public static readonly TableLayout Layout = new(
        new TableField("family_name", true, "cognome"), new TableField("given_name", true, "nome"),
        new TableField("birth_date", false, "data di nascita"), new TableField("code", false, "codice"));

    public static async Task<(List<TableRow> Rows, Table Table)> Read(byte[] file, TableLimits? limits = null, TableLayout? layout = null)
    {
        await using var table = await Table.Open(new MemoryStream(file), layout ?? Layout, limits ?? TableLimits.Default, default);
        var rows = new List<TableRow>();
        await foreach (var row in table.Rows())
            rows.Add(row);
        return (rows, table);
    }

    public static Task<(List<TableRow> Rows, Table Table)> Read(string file) => Read(Encoding.UTF8.GetBytes(file));

    public static string Said(this TableRow row) => row.Fault is null ? $"{row.Line}:{string.Join('|', row.Fields)}" : $"{row.Line}!{string.Format(null, row.Fault, [.. row.FaultArguments ?? []])}";

    /// <summary>Formats by index: 1 day, 2 moment, 3 six digits, 4 time.</summary>
    public static byte[] Workbook(params (uint Row, (string At, string? Type, string Value, uint Style)[] Cells)[] rows)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var data = new SheetData();
            var shared = new SharedStringTable();
            foreach (var (number, cells) in rows)
            {
                var row = new Row { RowIndex = number };
                foreach (var (at, type, value, style) in cells)
                {
                    var cell = new Cell { CellReference = at + number, StyleIndex = style };
                    if (type == "inline")
                    {
                        cell.DataType = CellValues.InlineString;
                        cell.InlineString = new(new Run(new Text(value[..1])), new Run(new Text(value[1..])));
                    }
                    else if (type == "shared")
                    {
                        cell.DataType = CellValues.SharedString;
                        cell.CellValue = new(shared.ChildElements.Count);
                        shared.Append(new SharedStringItem(new Text(value)));
                    }
                    else
                    {
                        if (type is not null)
                            cell.DataType = type switch { "error" => CellValues.Error, "bool" => CellValues.Boolean, _ => CellValues.String };
                        cell.CellValue = new(value);
                    }

                    row.Append(cell);
                }

                data.Append(row);
            }

            var hidden = workbook.AddNewPart<WorksheetPart>();
            hidden.Worksheet = new(new SheetData(new Row(new Cell { DataType = CellValues.String, CellValue = new("altro") })));
            var sheet = workbook.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new(data);
            workbook.AddNewPart<SharedStringTablePart>().SharedStringTable = shared;
            workbook.AddNewPart<WorkbookStylesPart>().Stylesheet = new(
                new NumberingFormats(
                    new NumberingFormat { NumberFormatId = 164, FormatCode = "[$-410]d\\-mmm\\-yy;@" },
                    new NumberingFormat { NumberFormatId = 165, FormatCode = "000000" },
                    new NumberingFormat { NumberFormatId = 166, FormatCode = "#,##0.00\" dosi\"" }),
                new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14 }, new CellFormat { NumberFormatId = 164 },
                    new CellFormat { NumberFormatId = 165 }, new CellFormat { NumberFormatId = 21 }, new CellFormat { NumberFormatId = 166 }));
            workbook.Workbook = new(new DocumentFormat.OpenXml.Spreadsheet.Sheets(
                new Sheet { Name = "Nascosto", SheetId = 1, Id = workbook.GetIdOfPart(hidden), State = SheetStateValues.Hidden },
                new Sheet { Name = "Persone", SheetId = 2, Id = workbook.GetIdOfPart(sheet) }));
        }

        return stream.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }
}
