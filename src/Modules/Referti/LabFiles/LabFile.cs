using System.Text.Json;
using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Tables;

namespace Platform.Referti.LabFiles;

/// <summary>A file of results that a laboratory handed in. Its rows wait in batches, each brought in by itself.</summary>
internal sealed class LabFile
{
    public const int FileNameLength = 200;
    public const int MapLength = 40;
    public const int ByLength = 160;

    public static readonly ScopeRule<LabFile> Scope = new ScopeRule<LabFile>().By(ScopeKind.Lab, f => f.LabCode);

    public required Guid Id { get; init; }
    public required string LabCode { get; init; }
    public required string FileName { get; init; }

    /// <summary>Name of its <see cref="FileMap"/>.</summary>
    public required string Map { get; init; }

    /// <summary>Two letters: the language in which what is wrong is told.</summary>
    public required string Language { get; init; }

    public required DateTime StartedAt { get; init; }
    public required Guid? StartedById { get; init; }
    public required string StartedBy { get; init; }

    /// <summary>When the file had been read to its end; null also when it could not.</summary>
    public DateTime? ReadAt { get; set; }
}

/// <summary>Some rows of a file, and what became of them.</summary>
internal sealed class LabFileBatch
{
    public const int Size = 250;

    public required Guid Id { get; init; }
    public required Guid FileId { get; init; }
    public required int Ordinal { get; init; }

    /// <summary>The rows, in JSON; emptied once they are in, since each is kept as a message.</summary>
    public required string Payload { get; set; }

    public required int Lines { get; init; }
    public int Released { get; set; }
    public int Repeated { get; set; }
    public int Waiting { get; set; }
    public int Known { get; set; }
    public int Bad { get; set; }
    public DateTime? DoneAt { get; set; }

    public static string Write(IReadOnlyList<TableRow> rows) => JsonSerializer.Serialize(rows);

    public IReadOnlyList<TableRow> Read() => JsonSerializer.Deserialize<List<TableRow>>(Payload)!;
}

/// <summary>What is wrong in one place of a file, with the row as it was, to be mended and sent again.</summary>
internal sealed class LabFileFault
{
    public const int ColumnLength = 80;
    public const int ReasonLength = 600;

    public required Guid Id { get; init; }
    public required Guid FileId { get; init; }
    public required int Line { get; init; }

    /// <summary>Of the faults of a batch, in the order of rows and columns.</summary>
    public required int Ordinal { get; init; }

    public required string Column { get; init; }
    public required string Reason { get; init; }

    /// <summary>The cells in the order of the map, in JSON; null where the row could not be cut into cells.</summary>
    public string? Cells { get; init; }
}

/// <summary>A batch of a laboratory's file waits to be brought in.</summary>
internal sealed record LabFileBatchStaged(Guid BatchId) : IEvent;
