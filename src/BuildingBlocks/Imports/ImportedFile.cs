using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Tables;

namespace Platform.BuildingBlocks.Imports;

/// <summary>A file that was handed in. Its rows wait in batches, each brought in by itself.</summary>
public sealed class ImportedFile
{
    public const int ImportLength = 40;
    public const int ScopeLength = 20;
    public const int FileNameLength = 200;
    public const int ByLength = 160;

    public required Guid Id { get; init; }

    /// <summary>Name of its <see cref="StagedImport"/>.</summary>
    public required string Import { get; init; }

    public required string? Format { get; init; }

    /// <summary>Code of the organisation whose file it is: the module's rule says of which kind.</summary>
    public required string? Scope { get; init; }

    public required string FileName { get; init; }

    /// <summary>Two letters: the language in which what is wrong is told.</summary>
    public required string Language { get; init; }

    public required long Bytes { get; init; }
    public required DateTime StartedAt { get; init; }
    public required Guid? StartedById { get; init; }
    public required string StartedBy { get; init; }

    /// <summary>When it had been read to its end; null also when it could not.</summary>
    public DateTime? ReadAt { get; set; }

    /// <summary>When the cells of its refused rows were deleted; what was wrong with them stays.</summary>
    public DateTime? CellsForgottenAt { get; set; }

    public ImportSource Source => new(Format, Scope, StartedById);
}

/// <summary>Some rows of a file, and what became of them.</summary>
public sealed class ImportBatch
{
    public const int CountsLength = 80;

    public required Guid Id { get; init; }
    public required Guid FileId { get; init; }
    public required int Ordinal { get; init; }

    /// <summary>The rows, in JSON; emptied once they are in, since nobody needs a second copy of people's data.</summary>
    public required string Payload { get; set; }

    public required int Lines { get; init; }

    /// <summary>As in <see cref="ImportOutcome.Counts"/>, with blanks between them; null before.</summary>
    public string? Counts { get; private set; }

    public int Refused { get; private set; }
    public DateTime? DoneAt { get; private set; }

    public static string Write(IReadOnlyList<TableRow> rows) => JsonSerializer.Serialize(rows);

    public IReadOnlyList<TableRow> Read() => JsonSerializer.Deserialize<List<TableRow>>(Payload)!;

    public void Done(ImportOutcome outcome, DateTime now)
    {
        (Counts, Refused) = (string.Join(' ', outcome.Counts.Select(c => c.ToString(CultureInfo.InvariantCulture))), outcome.Refused);
        (Payload, DoneAt) = ("", now);
    }

    public static IEnumerable<int> CountsOf(string? counts) =>
        (counts ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => int.Parse(c, CultureInfo.InvariantCulture));
}

/// <summary>What is wrong in one place of a file; at the first fault of a row, the row as it was, to be mended and sent again.</summary>
public sealed class ImportFault
{
    public const int ColumnLength = 80;
    public const int ReasonLength = 600;

    /// <summary>Ordinal of what is said of the header: no row is refused for it.</summary>
    public const int OfTheHeader = -1;

    public required Guid Id { get; init; }
    public required Guid FileId { get; init; }
    public required int Line { get; init; }

    /// <summary>Of the faults of a batch, in the order of rows and columns.</summary>
    public required int Ordinal { get; init; }

    public required string Column { get; init; }
    public required string Reason { get; init; }

    /// <summary>The cells in the order of the layout, in JSON; null where the row could not be cut into cells, and after a while.</summary>
    public string? Cells { get; init; }
}

/// <summary>The tables of a module that takes files in, beside its own.</summary>
public static class ImportTables
{
    public static void AddImports(this ModelBuilder model)
    {
        model.Entity<ImportedFile>(file =>
        {
            file.ToTable("imports");
            file.HasKey(f => f.Id);
            file.Property(f => f.Id).ValueGeneratedNever();
            file.Property(f => f.Import).HasMaxLength(ImportedFile.ImportLength);
            file.Property(f => f.Format).HasMaxLength(ImportedFile.ImportLength);
            file.Property(f => f.Scope).HasMaxLength(ImportedFile.ScopeLength);
            file.Property(f => f.FileName).HasMaxLength(ImportedFile.FileNameLength);
            file.Property(f => f.Language).HasMaxLength(2);
            file.Property(f => f.StartedBy).HasMaxLength(ImportedFile.ByLength);
            file.Ignore(f => f.Source);
            file.HasIndex(f => new { f.Import, f.Scope, f.StartedAt });
            file.HasIndex(f => new { f.StartedById, f.StartedAt });
        });
        model.Entity<ImportBatch>(batch =>
        {
            batch.ToTable("import_batches");
            batch.HasKey(b => b.Id);
            batch.Property(b => b.Id).ValueGeneratedNever();
            // No length on purpose: the rows of the batch, until they are in.
            batch.Property(b => b.Payload).Encrypted();
            batch.Property(b => b.Counts).HasMaxLength(ImportBatch.CountsLength);
            batch.HasOne<ImportedFile>().WithMany().HasForeignKey(b => b.FileId).OnDelete(DeleteBehavior.Cascade);
            batch.HasIndex(b => new { b.FileId, b.Ordinal }).IsUnique();
        });
        model.Entity<ImportFault>(fault =>
        {
            fault.ToTable("import_faults");
            fault.HasKey(f => f.Id);
            fault.Property(f => f.Id).ValueGeneratedNever();
            fault.Property(f => f.Column).HasMaxLength(ImportFault.ColumnLength);
            fault.Property(f => f.Reason).HasMaxLength(ImportFault.ReasonLength);
            // No length on purpose: the row as it came.
            fault.Property(f => f.Cells).Encrypted();
            fault.HasOne<ImportedFile>().WithMany().HasForeignKey(f => f.FileId).OnDelete(DeleteBehavior.Cascade);
            fault.HasIndex(f => new { f.FileId, f.Line, f.Ordinal });
        });
    }

    /// <summary>The same tables in a migration.</summary>
    public static void CreateImportTables(this MigrationBuilder migration, string schema)
    {
        migration.CreateTable("imports", t => new
        {
            id = t.Column<Guid>(),
            import = t.Column<string>(maxLength: ImportedFile.ImportLength),
            format = t.Column<string>(maxLength: ImportedFile.ImportLength, nullable: true),
            scope = t.Column<string>(maxLength: ImportedFile.ScopeLength, nullable: true),
            file_name = t.Column<string>(maxLength: ImportedFile.FileNameLength),
            language = t.Column<string>(maxLength: 2),
            bytes = t.Column<long>(),
            started_at = t.Column<DateTime>(),
            started_by_id = t.Column<Guid>(nullable: true),
            started_by = t.Column<string>(maxLength: ImportedFile.ByLength),
            read_at = t.Column<DateTime>(nullable: true),
            cells_forgotten_at = t.Column<DateTime>(nullable: true),
        }, schema, t => t.PrimaryKey("PK_imports", x => x.id));
        migration.CreateIndex("IX_imports_import_scope_started_at", "imports", ["import", "scope", "started_at"], schema);
        migration.CreateIndex("IX_imports_started_by_id_started_at", "imports", ["started_by_id", "started_at"], schema);

        migration.CreateTable("import_batches", t => new
        {
            id = t.Column<Guid>(),
            file_id = t.Column<Guid>(),
            ordinal = t.Column<int>(),
            payload = t.Column<string>(unicode: false),
            lines = t.Column<int>(),
            counts = t.Column<string>(maxLength: ImportBatch.CountsLength, nullable: true),
            refused = t.Column<int>(),
            done_at = t.Column<DateTime>(nullable: true),
        }, schema, t =>
        {
            t.PrimaryKey("PK_import_batches", x => x.id);
            t.ForeignKey("FK_import_batches_imports_file_id", x => x.file_id, "imports", "id", schema, onDelete: ReferentialAction.Cascade);
        });
        migration.CreateIndex("IX_import_batches_file_id_ordinal", "import_batches", ["file_id", "ordinal"], schema, unique: true);

        migration.CreateTable("import_faults", t => new
        {
            id = t.Column<Guid>(),
            file_id = t.Column<Guid>(),
            line = t.Column<int>(),
            ordinal = t.Column<int>(),
            column = t.Column<string>(maxLength: ImportFault.ColumnLength),
            reason = t.Column<string>(maxLength: ImportFault.ReasonLength),
            cells = t.Column<string>(unicode: false, nullable: true),
        }, schema, t =>
        {
            t.PrimaryKey("PK_import_faults", x => x.id);
            t.ForeignKey("FK_import_faults_imports_file_id", x => x.file_id, "imports", "id", schema, onDelete: ReferentialAction.Cascade);
        });
        migration.CreateIndex("IX_import_faults_file_id_line_ordinal", "import_faults", ["file_id", "line", "ordinal"], schema);
    }
}
