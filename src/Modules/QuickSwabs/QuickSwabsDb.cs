using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Archive;
using Platform.QuickSwabs.Collecting;
using Platform.QuickSwabs.Devices;
using Platform.QuickSwabs.Kits;
using Platform.QuickSwabs.Points;
using Platform.QuickSwabs.Preregistrations;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs;

internal sealed class QuickSwabsDb(DbContextOptions<QuickSwabsDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "quickswabs";

    public override string Schema => SchemaName;

    public DbSet<QuickSwab> Swabs => Set<QuickSwab>();
    public DbSet<SwabVersion> Versions => Set<SwabVersion>();
    public DbSet<ImportedDevice> Devices => Set<ImportedDevice>();
    public DbSet<CollectionCode> Codes => Set<CollectionCode>();
    public DbSet<Preregistration> Preregistrations => Set<Preregistration>();
    public DbSet<PointDecision> PointDecisions => Set<PointDecision>();
    public DbSet<KitMove> KitMoves => Set<KitMove>();
    public DbSet<SupplyRequest> SupplyRequests => Set<SupplyRequest>();
    public DbSet<ArchivedSwab> Archived => Set<ArchivedSwab>();
    public DbSet<ArchiveKey> ArchiveKeys => Set<ArchiveKey>();
    public DbSet<ArchiveReading> Readings => Set<ArchiveReading>();

    protected override void Tables(ModelBuilder model)
    {
        model.Entity<QuickSwab>(swab =>
        {
            swab.ToTable("swabs");
            swab.HasKey(s => s.Id);
            swab.Property(s => s.FiscalCode).HasMaxLength(16);
            swab.Property(s => s.FamilyName).HasMaxLength(80);
            swab.Property(s => s.GivenName).HasMaxLength(80);
            swab.Property(s => s.SearchName).HasMaxLength(161);
            swab.Property(s => s.Email).HasMaxLength(120).Encrypted();
            swab.Property(s => s.GpCode).HasMaxLength(6);
            swab.Property(s => s.AslCode).HasMaxLength(6);
            swab.Property(s => s.PointCode).HasMaxLength(20);
            swab.Property(s => s.PointAsl).HasMaxLength(6);
            swab.Property(s => s.DeviceJrc).HasMaxLength(10);
            swab.Property(s => s.DeviceName).HasMaxLength(282);
            swab.Property(s => s.Lot).HasMaxLength(QuickSwab.LotLength);
            swab.Property(s => s.StartedByName).HasMaxLength(120);
            swab.HasMany(s => s.Versions).WithOne().HasForeignKey(v => v.SwabId).OnDelete(DeleteBehavior.Cascade);
            swab.Navigation(s => s.Versions).UsePropertyAccessMode(PropertyAccessMode.Field);
            swab.HasIndex(s => new { s.PointCode, s.CollectedAt });
            swab.HasIndex(s => new { s.PointAsl, s.CollectedAt });
            swab.HasIndex(s => new { s.AslCode, s.CollectedAt });
            swab.HasIndex(s => new { s.GpCode, s.CollectedAt });
            swab.HasIndex(s => new { s.State, s.ReadableAt });
            swab.HasIndex(s => new { s.Result, s.ArchivedAt, s.ResultAt });
            swab.HasIndex(s => s.SearchName);
            swab.HasIndex(s => s.FiscalCode);
            swab.HasIndex(s => s.PatientId);
        });
        model.Entity<SwabVersion>(version =>
        {
            version.ToTable("swab_versions");
            version.HasKey(v => v.Id);
            // Made by us: EF would take one that joins a known test for a known row.
            version.Property(v => v.Id).ValueGeneratedNever();
            version.Property(v => v.Reason).HasMaxLength(SwabVersion.ReasonLength);
            version.Property(v => v.ByName).HasMaxLength(120);
            version.Property(v => v.VerificationCode).HasMaxLength(QuickSwab.VerificationLength).IsUnicode(false);
            version.HasIndex(v => new { v.SwabId, v.Number }).IsUnique();
            version.HasIndex(v => v.VerificationCode).IsUnique();
        });
        model.Entity<ImportedDevice>(device =>
        {
            device.ToTable("devices");
            device.HasKey(d => d.Jrc);
            device.Property(d => d.Jrc).HasMaxLength(10);
            device.Property(d => d.Maker).HasMaxLength(120);
            device.Property(d => d.Name).HasMaxLength(160);
        });
        model.Entity<CollectionCode>(code =>
        {
            code.ToTable("collection_codes");
            code.HasKey(c => c.Hash);
            code.Property(c => c.Hash).HasMaxLength(Digest.Length).IsUnicode(false);
            code.HasIndex(c => c.SwabId);
        });
        model.HasCollectionAttempts();
        model.Entity<Preregistration>(said =>
        {
            said.ToTable("preregistrations");
            said.HasKey(p => p.Id);
            said.Property(p => p.CodeHash).HasMaxLength(Digest.Length).IsUnicode(false);
            said.Property(p => p.Said).HasMaxLength(900).Encrypted();
            said.HasIndex(p => p.CodeHash).IsUnique();
            said.HasIndex(p => p.ExpiresAt);
        });
        model.Entity<PointDecision>(decision =>
        {
            decision.ToTable("point_decisions");
            decision.HasKey(d => d.Id);
            decision.Property(d => d.PointCode).HasMaxLength(20);
            decision.Property(d => d.PointAsl).HasMaxLength(6);
            decision.Property(d => d.Reason).HasMaxLength(PointDecision.ReasonLength);
            decision.Property(d => d.ByName).HasMaxLength(120);
            decision.HasIndex(d => new { d.PointCode, d.Number }).IsUnique();
        });
        model.Entity<KitMove>(move =>
        {
            move.ToTable("kit_moves");
            move.HasKey(m => m.Id);
            move.Property(m => m.PointCode).HasMaxLength(20);
            move.Property(m => m.PointAsl).HasMaxLength(6);
            move.Property(m => m.DeviceJrc).HasMaxLength(10);
            move.Property(m => m.Lot).HasMaxLength(QuickSwab.LotLength);
            move.Property(m => m.Note).HasMaxLength(SupplyRequest.NoteLength);
            move.Property(m => m.ByName).HasMaxLength(120);
            move.HasIndex(m => m.PointCode);
            move.HasIndex(m => m.PointAsl);
        });
        model.Entity<SupplyRequest>(request =>
        {
            request.ToTable("supply_requests");
            request.HasKey(r => r.Id);
            request.Property(r => r.PointCode).HasMaxLength(20);
            request.Property(r => r.PointAsl).HasMaxLength(6);
            request.Property(r => r.Note).HasMaxLength(SupplyRequest.NoteLength);
            request.Property(r => r.AskedByName).HasMaxLength(120);
            request.Property(r => r.DecidedByName).HasMaxLength(120);
            request.Property(r => r.DecisionNote).HasMaxLength(SupplyRequest.NoteLength);
            request.HasIndex(r => new { r.PointCode, r.AskedAt });
            request.HasIndex(r => new { r.PointAsl, r.AskedAt });
        });
        model.Entity<ArchivedSwab>(archived =>
        {
            archived.ToTable("archived_swabs");
            archived.HasKey(a => a.Id);
            archived.Property(a => a.Finder).HasMaxLength(Digest.Length).IsUnicode(false);
            archived.Property(a => a.Person).HasMaxLength(ArchivedSwab.PersonLength).Encrypted();
            archived.HasIndex(a => a.Finder);
            archived.HasIndex(a => a.ArchivedAt);
        });
        model.Entity<ArchiveKey>(key =>
        {
            key.ToTable("archive_keys");
            key.HasKey(k => k.Id);
            key.Property(k => k.Secret).HasMaxLength(ArchiveKey.SecretLength).Encrypted();
        });
        model.Entity<ArchiveReading>(reading =>
        {
            reading.ToTable("archive_readings");
            reading.HasKey(r => r.Id);
            reading.Property(r => r.Finder).HasMaxLength(Digest.Length).IsUnicode(false);
            reading.Property(r => r.Reason).HasMaxLength(ArchiveReading.ReasonLength).Encrypted();
            reading.Property(r => r.AskedByName).HasMaxLength(120);
            reading.Property(r => r.DecidedByName).HasMaxLength(120);
            reading.HasIndex(r => r.AskedAt);
        });
    }
}
