using System.Runtime.CompilerServices;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Tables;

namespace Platform.BuildingBlocks.Imports;

/// <summary>Refused rows as a file with the columns of their own, and two more that a reading passes over.</summary>
public static class RefusedFile
{
    private static readonly string[] Own = ["Riga", "Motivo", "Line", "Reason"];

    public static bool IsOwn(string column) => Own.Contains(column, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<TableColumn<RefusedRow>> Columns(TableLayout layout, Texts texts) =>
    [
        .. layout.Fields.Select((field, index) => new TableColumn<RefusedRow>(field.Name, row => index < row.Cells.Length ? row.Cells[index] : null)),
        new(texts["Riga"], row => row.Line),
        new(texts["Motivo"], row => row.Why),
    ];
}

internal static class Batches
{
    /// <summary>So many at a time, the last ones fewer.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> InBatches<T>(
        this IAsyncEnumerable<T> rows, int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var batch = new List<T>(size);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            batch.Add(row);
            if (batch.Count < size)
                continue;
            yield return batch;
            batch = new(size);
        }

        if (batch.Count > 0)
            yield return batch;
    }
}
