using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Tables;

namespace Platform.Referti.LabFiles;

/// <summary>Refused rows as a file with the same columns, and two more that the reading passes over.</summary>
internal static class RefusedFile
{
    public static Task Write(Stream output, FileMap map, IEnumerable<RefusedRow> rows, Texts texts, CancellationToken cancellation) => TableWriter.Write(
        TableFormat.Csv, output,
        [
            .. map.Columns.Select((column, index) => new TableColumn<RefusedRow>(column.Name, row => index < row.Cells.Length ? row.Cells[index] : null)),
            new(texts["Riga"], row => row.Line),
            new(texts["Motivo"], row => row.Why),
        ],
        rows.ToAsyncEnumerable(), cancellation);
}
