using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.BuildingBlocks.Collection;

/// <summary>How often a key was tried: an address, or a code, real or not. In the schema of each module whose papers citizens fetch.</summary>
public sealed class CollectionAttempts
{
    public const int KeyLength = 80;

    public required string Key { get; init; }
    public required DateTime Since { get; set; }
    public required int Count { get; set; }
}

public static class CollectionTables
{
    private const string Attempts = "collection_attempts";

    public static void HasCollectionAttempts(this ModelBuilder model) => model.Entity<CollectionAttempts>(attempts =>
    {
        attempts.ToTable(Attempts);
        attempts.HasKey(a => a.Key);
        attempts.Property(a => a.Key).HasMaxLength(CollectionAttempts.KeyLength).IsUnicode(false);
        attempts.HasIndex(a => a.Since);
    });

    public static void CreateCollectionAttempts(this MigrationBuilder migration, string schema)
    {
        migration.CreateTable(Attempts, t => new
        {
            key = t.Column<string>(maxLength: CollectionAttempts.KeyLength, unicode: false),
            since = t.Column<DateTime>(),
            count = t.Column<int>(),
        }, schema, t => t.PrimaryKey("PK_collection_attempts", x => x.key));
        migration.CreateIndex("IX_collection_attempts_since", Attempts, "since", schema);
    }
}
