using System.Text.Json;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;

namespace Platform.Schools.People;

/// <summary>A list that a school has handed in: its rows as they stand in the file, until they are in or the file is given up.</summary>
internal sealed class ClassList : IVersioned
{
    public static readonly ScopeRule<ClassList> Scope = new ScopeRule<ClassList>()
        .By(ScopeKind.Asl, l => l.AslCode)
        .When(ScopeKind.School, (l, code) => l.SchoolCode == code || l.InstituteCode == code);

    public required Guid Id { get; init; }

    /// <summary>Whose list it is; of an institute, when its rows say the site.</summary>
    public required string SchoolCode { get; init; }

    public string? InstituteCode { get; init; }
    public required string AslCode { get; init; }

    /// <inheritdoc cref="Register.SchoolClass.Year"/>
    public required int Year { get; init; }

    public required string FileName { get; init; }
    public required DateTime ReceivedAt { get; init; }
    public required string ReceivedBy { get; init; }

    /// <summary>In JSON; emptied once the rows are in.</summary>
    public required string Payload { get; set; }

    public required int Lines { get; init; }
    public DateTime? AppliedAt { get; set; }
    public int Version { get; set; }

    public ListedRows Rows => JsonSerializer.Deserialize<ListedRows>(Payload)!;
}

/// <param name="Header">Names of the columns as the file has them.</param>
internal sealed record ListedRows(IReadOnlyList<string> Header, IReadOnlyList<ListedRow> Rows);

/// <param name="Line">As somebody counts it in a spreadsheet.</param>
/// <param name="Fault">Italian sentence; null for a row that could be read.</param>
internal sealed record ListedRow(int Line, IReadOnlyList<string> Cells, string? Fault = null, string[]? FaultArguments = null);

/// <summary>What a column of a school's files means: somebody of the school has said so once.</summary>
internal sealed class ColumnMatch
{
    public const int HeaderLength = 80;

    public required string SchoolCode { get; init; }
    public required string Header { get; init; }

    /// <summary>Name of the field; empty for a column that is to be passed over.</summary>
    public required string Field { get; set; }
}
