using System.Diagnostics;
using System.Globalization;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Tables;

namespace Platform.Referti.LabFiles;

/// <summary>A table of results from the command line: read once, some rows in memory at a time. Cut off, it may simply be
/// run again. The rows that were refused are left beside the file, to be mended.</summary>
internal sealed class ImportLabFile(OpenLabFile open, BringLabRows bring, Texts texts)
{
    private const int FaultsShown = 20;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <returns>0 when every row was taken, 1 when some were refused, 2 when the file could not be used.</returns>
    public async Task<int> Run(string path, string? format, string lab, TextWriter said, CancellationToken cancellation)
    {
        var (since, silent) = (Stopwatch.StartNew(), Stopwatch.StartNew());
        var sum = RowsOutcome.None;
        var (refused, shown) = (new List<RefusedRow>(), 0);
        FileMap map;
        try
        {
            await using var file = File.OpenRead(path);
            (var table, map) = await open.Open(file, format, cancellation);
            await using var closing = table;
            await said.WriteLineAsync($"Read as {map.Name}.");
            if (table.Unknown.Count > 0)
                await said.WriteLineAsync($"Columns passed over: {string.Join(", ", table.Unknown)}");
            await foreach (var rows in Armfuls(table, cancellation))
            {
                var outcome = await bring.Bring(map, rows, lab, null, cancellation);
                sum = new(sum.Rows + outcome.Rows, sum.Released + outcome.Released, sum.Repeated + outcome.Repeated, sum.Waiting + outcome.Waiting, sum.Known + outcome.Known, []);
                foreach (var row in outcome.Faults.GroupBy(f => f.Line))
                {
                    var why = string.Join("; ", row.Select(f => f.Column.Length > 0 ? $"{f.Column}: {f.In(texts)}" : f.In(texts)));
                    refused.Add(new(row.Key, rows.First(r => r.Line == row.Key).Fields, why));
                    if (++shown <= FaultsShown)
                        await said.WriteLineAsync($"Row {row.Key}: {why}");
                }

                if (silent.Elapsed < Silence)
                    continue;
                await said.WriteLineAsync($"{sum.Rows} rows, {table.Percent} % of the file, {Rate()} a second");
                silent.Restart();
            }
        }
        catch (Refusal refusal)
        {
            await said.WriteLineAsync(texts[refusal.Message, refusal.Arguments!].Value);
            return 2;
        }

        if (refused.Count > 0)
        {
            await using var beside = File.Create(path + ".refused.csv");
            await RefusedFile.Write(beside, map, refused, texts, cancellation);
            await said.WriteLineAsync($"Refused rows, to be mended and sent again: {path}.refused.csv");
        }

        await said.WriteLineAsync(
            $"{sum.Rows} rows: {sum.Released} released, {sum.Repeated} said already, {sum.Waiting} waiting, {sum.Known} known already, {refused.Count} refused; "
            + $"in {since.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {Rate()} a second, "
            + $"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024)} MB");
        return refused.Count > 0 || sum.Rows == 0 ? 1 : 0;

        string Rate() => (sum.Rows / Math.Max(0.001, since.Elapsed.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);
    }

    private static async IAsyncEnumerable<IReadOnlyList<TableRow>> Armfuls(Table table, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var armful = new List<TableRow>(LabFileBatch.Size);
        await foreach (var row in table.Rows(cancellation))
        {
            armful.Add(row);
            if (armful.Count < LabFileBatch.Size)
                continue;
            yield return armful;
            armful = new(LabFileBatch.Size);
        }

        if (armful.Count > 0)
            yield return armful;
    }
}
