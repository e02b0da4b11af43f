using Platform.BuildingBlocks.Tables;

namespace Platform.BuildingBlocks.Imports;

/// <summary>A kind of file that a module takes in: its columns, and what becomes of its rows. All the rest is here for every
/// module: rows set aside in batches and brought in one batch after the other, what is wrong with which, the page that says
/// how far it is, the refused rows as a file to be mended, the command line. Found by scanning; see docs/adr/0009.</summary>
public abstract class StagedImport
{
    /// <summary>One word, the same for ever: <c>people</c>. It is kept with each file.</summary>
    public abstract string Name { get; }

    /// <summary>What can become of a row that is not refused, in the order of <see cref="ImportOutcome.Counts"/>.</summary>
    public abstract IReadOnlyList<ImportCount> Counts { get; }

    /// <summary>Rows that are brought in together.</summary>
    public virtual int BatchSize => 250;

    /// <param name="format">For a module that knows several layouts; null otherwise.</param>
    public abstract TableLayout LayoutOf(string? format);

    /// <returns>The table, and the format it was recognised as.</returns>
    /// <exception cref="Failures.Refusal">It is no table, or lacks a column.</exception>
    public virtual async Task<(Table Table, string? Format)> Open(Stream file, string? format, CancellationToken cancellation) =>
        (await Table.Open(file, LayoutOf(format), cancellation), format);

    /// <summary>Brings rows in; the same rows again must change nothing. What it leaves unsaved in the module's database is saved
    /// together with the outcome.</summary>
    public abstract Task<ImportOutcome> Bring(ImportSource source, IReadOnlyList<TableRow> rows, CancellationToken cancellation);
}

/// <param name="Title">On the page: Italian, the key of its translation.</param>
/// <param name="Word">On the command line.</param>
/// <param name="Path">The page where such rows are seen to, if there is one.</param>
public sealed record ImportCount(string Title, string Word, string? Path = null);

/// <summary>Where rows come from.</summary>
/// <param name="Scope">The code of the organisation whose file it is; null where the import knows no such bounds.</param>
/// <param name="SenderId">Null for the command line.</param>
public sealed record ImportSource(string? Format, string? Scope, Guid? SenderId)
{
    public static ImportSource CommandLine { get; } = new(null, null, null);
}

/// <summary>What became of some rows.</summary>
/// <param name="Counts">One each of <see cref="StagedImport.Counts"/>.</param>
public sealed record ImportOutcome(IReadOnlyList<int> Counts, IReadOnlyList<RowFault> Faults)
{
    /// <summary>Rows that were refused, however much was wrong with them.</summary>
    public int Refused => Faults.Select(f => f.Line).Distinct().Count();
}

/// <summary>What is wrong in one place of a file.</summary>
/// <param name="Line">As in <see cref="TableRow"/>.</param>
/// <param name="Column">Name in the layout; empty when the whole row is meant.</param>
/// <param name="Reason">Italian sentence, the key of its translation.</param>
public sealed record RowFault(int Line, string Column, string Reason, params object[] Arguments);

/// <summary>A row that was refused, to be mended.</summary>
/// <param name="Cells">In the order of the layout; none where it could not be cut into cells, or they are forgotten already.</param>
public sealed record RefusedRow(int Line, string[] Cells, string Why);
