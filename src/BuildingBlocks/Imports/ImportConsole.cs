using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Localisation;
using Platform.BuildingBlocks.Tables;

namespace Platform.BuildingBlocks.Imports;

/// <summary>A file from the command line: read once, one batch in memory at a time. Cut off, it may simply be run again. The
/// rows that were refused are left beside the file, to be mended.</summary>
public sealed class ImportConsole(ImportRun run, IServiceScopeFactory scopes, Texts texts)
{
    private const int FaultsShown = 20;
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    /// <returns>0 when every row was taken, 1 when some were refused, 2 when the file could not be used.</returns>
    public async Task<int> Run<TImport>(string path, string? format, string? scope, TextWriter said, CancellationToken cancellation)
        where TImport : StagedImport
    {
        if (!File.Exists(path))
        {
            await said.WriteLineAsync($"There is no file {path}");
            return 2;
        }

        try
        {
            await using var services = scopes.CreateAsyncScope();
            var import = services.ServiceProvider.GetRequiredService<TImport>();
            await using var file = File.OpenRead(path);
            var (table, recognised) = await import.Open(file, format, cancellation);
            await using var closing = table;
            if (recognised is not null)
                await said.WriteLineAsync($"Read as {recognised}.");
            if (table.Unknown.Count > 0)
                await said.WriteLineAsync($"Columns passed over: {string.Join(", ", table.Unknown)}");
            await using var refused = new RefusedBeside(path, RefusedFile.Columns(import.LayoutOf(recognised), texts), cancellation);
            var tally = new Tally(import.Counts);
            await run.Bring<TImport>(new(recognised, scope, null), table.Rows(cancellation), async (rows, outcome) =>
            {
                tally.Add(rows.Count, outcome);
                await Tell(rows, outcome, refused, said);
                if (tally.Silent > Silence)
                    await said.WriteLineAsync($"{tally.Speak()} rows, {table.Percent} % of the file, {tally.Rate} a second");
            }, cancellation);
            await refused.Finish();
            if (refused.Count > 0)
                await said.WriteLineAsync($"Refused rows, to be mended and sent again: {refused.Path}");
            await said.WriteLineAsync($"{tally}, peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / (1024 * 1024)} MB");
            return refused.Count > 0 || tally.Rows == 0 ? 1 : 0;
        }
        catch (Refusal refusal)
        {
            await said.WriteLineAsync(texts[refusal.Message, refusal.Arguments!].Value);
            return 2;
        }
        catch (IOException failure)
        {
            await said.WriteLineAsync(failure.Message);
            return 2;
        }
    }

    private async Task Tell(IReadOnlyList<TableRow> rows, ImportOutcome outcome, RefusedBeside refused, TextWriter said)
    {
        if (outcome.Faults.Count == 0)
            return;
        var byLine = rows.ToDictionary(r => r.Line);
        foreach (var faults in outcome.Faults.GroupBy(f => f.Line))
        {
            var why = Cut.Why(faults.Select(f => (f.Column, f.In(texts))));
            await refused.Add(new(faults.Key, byLine[faults.Key].Fault is null ? byLine[faults.Key].Fields : [], why));
            if (refused.Count <= FaultsShown)
                await said.WriteLineAsync($"Row {faults.Key}: {why}");
        }
    }

    private sealed class Tally(IReadOnlyList<ImportCount> counts)
    {
        private readonly Stopwatch since = Stopwatch.StartNew();
        private readonly int[] sums = new int[counts.Count];
        private TimeSpan spoke;
        private int refused;

        public int Rows { get; private set; }

        public TimeSpan Silent => since.Elapsed - spoke;

        public string Rate => (Rows / Math.Max(0.001, since.Elapsed.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);

        public int Speak()
        {
            spoke = since.Elapsed;
            return Rows;
        }

        public void Add(int rows, ImportOutcome outcome)
        {
            Rows += rows;
            refused += outcome.Refused;
            foreach (var (index, count) in outcome.Counts.Index())
                sums[index] += count;
        }

        public override string ToString() =>
            $"{Rows} rows: {string.Concat(counts.Zip(sums, (count, sum) => $"{sum} {count.Word}, "))}{refused} refused; "
            + $"in {since.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s, {Rate} a second";
    }

    /// <summary>The file of the refused rows, begun with the first and written as they come: however many, they are not kept in memory.</summary>
    private sealed class RefusedBeside(string source, IReadOnlyList<TableColumn<RefusedRow>> columns, CancellationToken cancellation) : IAsyncDisposable
    {
        private readonly Channel<RefusedRow> rows = Channel.CreateBounded<RefusedRow>(100);
        private Task? writing;

        public string Path { get; } = source + ".refused.csv";

        public int Count { get; private set; }

        public async Task Add(RefusedRow row)
        {
            Count++;
            writing ??= Write();
            if (writing.IsFaulted)
                await writing; // The disk is full: said now, not after the whole file.
            await rows.Writer.WriteAsync(row, cancellation);
        }

        public async Task Finish()
        {
            rows.Writer.TryComplete();
            if (writing is not null)
                await writing;
        }

        public async ValueTask DisposeAsync()
        {
            rows.Writer.TryComplete();
            if (writing is not null)
                await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task Write()
        {
            try
            {
                await using var file = File.Create(Path);
                await TableWriter.Write(TableFormat.Csv, file, columns, rows.Reader.ReadAllAsync(cancellation), cancellation);
            }
            catch (Exception failure)
            {
                rows.Writer.TryComplete(failure);
                throw;
            }
        }
    }
}
