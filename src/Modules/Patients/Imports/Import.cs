using System.Text.Json;
using Platform.BuildingBlocks.Tables;

namespace Platform.Patients.Imports;

/// <summary>What the file is a list of.</summary>
internal enum ImportKind
{
    People,
    Doctors,
}

/// <summary>A file that was handed in. Its lines wait in batches, each brought in by itself.</summary>
internal sealed class Import
{
    public const int FileNameLength = 200;
    public const int StartedByLength = 160;

    public required Guid Id { get; init; }
    public required ImportKind Kind { get; init; }
    public required string FileName { get; init; }

    /// <summary>Two letters: the language in which what is wrong is told.</summary>
    public required string Language { get; init; }

    public required DateTime StartedAt { get; init; }
    public required string StartedBy { get; init; }

    /// <summary>When the file had been read to its end; null also when it could not.</summary>
    public DateTime? ReadAt { get; set; }
}

/// <summary>Some hundreds of lines, and what became of them.</summary>
internal sealed class ImportBatch
{
    public const int Size = 500;

    public required Guid Id { get; init; }
    public required Guid ImportId { get; init; }
    public required int Ordinal { get; init; }

    /// <summary>The records, in JSON; emptied once they are in, since nobody needs a second copy of people's data.</summary>
    public required string Payload { get; set; }

    public required int Lines { get; init; }
    public int Added { get; set; }
    public int Changed { get; set; }
    public int Unchanged { get; set; }
    public int Bad { get; set; }
    public DateTime? DoneAt { get; set; }

    public static string Write(IReadOnlyList<TableRow> rows) => JsonSerializer.Serialize(rows);

    public IReadOnlyList<TableRow> Read() => JsonSerializer.Deserialize<List<TableRow>>(Payload)!;
}

/// <summary>What is wrong in one place of the file.</summary>
internal sealed class ImportFault
{
    public const int ColumnLength = 80;
    public const int ReasonLength = 400;

    public required Guid Id { get; init; }
    public required Guid ImportId { get; init; }
    public required int Line { get; init; }
    public required string Column { get; init; }
    public required string Reason { get; init; }
}

/// <summary>What is wrong with a line, before it is kept anywhere.</summary>
/// <param name="Line">Of the file, from 1.</param>
/// <param name="Column">Name in the header; empty when the fault is of the whole line.</param>
/// <param name="Reason">A sentence in the reader's language.</param>
internal sealed record RowFault(int Line, string Column, string Reason);

/// <summary>What became of a batch.</summary>
internal sealed record BatchOutcome(int Added, int Changed, int Unchanged, IReadOnlyList<RowFault> Faults)
{
    /// <summary>Lines that were refused, whatever the number of their faults.</summary>
    public int Bad => Faults.Select(f => f.Line).Distinct().Count();
}
