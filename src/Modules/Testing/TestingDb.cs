using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Testing.Hotspots;
using Platform.Testing.Labs;
using Platform.Testing.Requests;
using Platform.Testing.Samples;

namespace Platform.Testing;

internal sealed class TestingDb(DbContextOptions<TestingDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "testing";

    public override string Schema => SchemaName;

    public DbSet<Hotspot> Hotspots => Set<Hotspot>();
    public DbSet<Slot> Slots => Set<Slot>();
    public DbSet<Lab> Labs => Set<Lab>();
    public DbSet<AccessionCounter> AccessionCounters => Set<AccessionCounter>();
    public DbSet<SwabRequest> Requests => Set<SwabRequest>();

    protected override void Tables(ModelBuilder model)
    {
        model.Entity<Hotspot>(hotspot =>
        {
            hotspot.ToTable("hotspots");
            hotspot.HasKey(h => h.Code);
            hotspot.Property(h => h.Code).HasMaxLength(Hotspot.CodeLength);
            hotspot.Property(h => h.Name).HasMaxLength(120);
            hotspot.Property(h => h.AslCode).HasMaxLength(6);
            hotspot.Property(h => h.MunicipalityIstat).HasMaxLength(6);
            hotspot.Property(h => h.Address).HasMaxLength(120);
        });
        model.Entity<Slot>(slot =>
        {
            slot.ToTable("slots");
            slot.HasKey(s => s.Id);
            slot.Property(s => s.Id).ValueGeneratedNever();
            slot.Property(s => s.HotspotCode).HasMaxLength(Hotspot.CodeLength);
            slot.HasIndex(s => new { s.HotspotCode, s.StartsAt }).IsUnique();
            slot.HasOne<Hotspot>().WithMany().HasForeignKey(s => s.HotspotCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Lab>(lab =>
        {
            lab.ToTable("labs");
            lab.HasKey(l => l.Code);
            lab.Property(l => l.Code).HasMaxLength(Lab.CodeLength);
            lab.Property(l => l.Name).HasMaxLength(120);
            lab.Property(l => l.AslCode).HasMaxLength(6);
            lab.Property(l => l.Prefix).HasMaxLength(2);
            lab.HasIndex(l => l.Prefix).IsUnique();
        });
        model.Entity<AccessionCounter>(counter =>
        {
            counter.ToTable("accession_counters");
            counter.HasKey(c => new { c.LabCode, c.Year });
            counter.Property(c => c.LabCode).HasMaxLength(Lab.CodeLength);
            counter.Property(c => c.Year).ValueGeneratedNever();
        });
        model.Entity<SwabRequest>(request =>
        {
            request.ToTable("swab_requests");
            request.HasKey(r => r.Id);
            request.Property(r => r.Id).ValueGeneratedNever();
            request.Ignore(r => r.IsOpen);
            request.Property(r => r.FiscalCode).HasMaxLength(16);
            request.Property(r => r.FamilyName).HasMaxLength(80);
            request.Property(r => r.GivenName).HasMaxLength(80);
            request.Property(r => r.SearchName).HasMaxLength(330);
            request.Property(r => r.AslCode).HasMaxLength(6);
            request.Property(r => r.GpCode).HasMaxLength(20);
            request.Property(r => r.RequesterName).HasMaxLength(120);
            request.Property(r => r.HotspotCode).HasMaxLength(Hotspot.CodeLength);
            request.Property(r => r.LabCode).HasMaxLength(Lab.CodeLength);
            request.Property(r => r.AccessionNumber).HasMaxLength(AccessionNumber.MaxLength);
            // One open request of a kind for a person; the engines that count nulls as equal need the filter.
            request.HasIndex(r => new { r.OpenFor, r.TestType }).IsUnique().HasFilter("open_for IS NOT NULL");
            request.HasIndex(r => r.AccessionNumber).IsUnique().HasFilter("accession_number IS NOT NULL");
            request.HasIndex(r => r.PatientId);
            request.HasIndex(r => r.SlotId);
            // Each scope's list in each of its orders; the states of a scope, newest first.
            request.HasIndex(r => new { r.AslCode, r.RequestedAt });
            request.HasIndex(r => new { r.AslCode, r.SlotAt });
            request.HasIndex(r => new { r.AslCode, r.SearchName });
            request.HasIndex(r => new { r.AslCode, r.State, r.RequestedAt });
            request.HasIndex(r => new { r.HotspotCode, r.RequestedAt });
            request.HasIndex(r => new { r.HotspotCode, r.SearchName });
            request.HasIndex(r => new { r.LabCode, r.RequestedAt });
            request.HasIndex(r => new { r.LabCode, r.SlotAt });
            request.HasIndex(r => new { r.LabCode, r.SearchName });
            request.HasIndex(r => new { r.GpCode, r.RequestedAt });
            request.HasIndex(r => new { r.RequestedBy, r.RequestedAt });
            request.HasIndex(r => new { r.HotspotCode, r.SlotAt });
            request.HasIndex(r => new { r.LabCode, r.State, r.ReceivedAt });
            request.HasOne<Slot>().WithMany().HasForeignKey(r => r.SlotId).OnDelete(DeleteBehavior.Restrict);
            request.HasMany(r => r.Moves).WithOne().HasForeignKey(m => m.RequestId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RequestMove>(move =>
        {
            move.ToTable("request_moves");
            move.HasKey(m => m.Id);
            move.Property(m => m.Id).ValueGeneratedNever();
            move.Property(m => m.ActorName).HasMaxLength(120);
            move.Property(m => m.Note).HasMaxLength(RequestMove.NoteLength);
            move.HasIndex(m => new { m.RequestId, m.Number });
        });
    }
}
