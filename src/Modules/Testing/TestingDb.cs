using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Testing.Hotspots;
using Platform.Testing.Labs;
using Platform.Testing.Pools;
using Platform.Testing.Requests;
using Platform.Testing.Samples;
using Platform.Testing.Shipments;

namespace Platform.Testing;

internal sealed class TestingDb(DbContextOptions<TestingDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "testing";

    public override string Schema => SchemaName;

    public DbSet<Hotspot> Hotspots => Set<Hotspot>();
    public DbSet<Opening> Openings => Set<Opening>();
    public DbSet<Closure> Closures => Set<Closure>();
    public DbSet<Slot> Slots => Set<Slot>();
    public DbSet<Lab> Labs => Set<Lab>();
    public DbSet<LabStop> LabStops => Set<LabStop>();
    public DbSet<Shipment> Shipments => Set<Shipment>();
    public DbSet<Pool> Pools => Set<Pool>();
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
        model.Entity<Opening>(opening =>
        {
            opening.ToTable("openings");
            opening.HasKey(o => o.Id);
            opening.Property(o => o.Id).ValueGeneratedNever();
            opening.Property(o => o.HotspotCode).HasMaxLength(Hotspot.CodeLength);
            opening.Property(o => o.AddedBy).HasMaxLength(120);
            opening.HasIndex(o => o.HotspotCode);
            opening.HasOne<Hotspot>().WithMany().HasForeignKey(o => o.HotspotCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Closure>(closure =>
        {
            closure.ToTable("closures");
            closure.HasKey(c => c.Id);
            closure.Property(c => c.Id).ValueGeneratedNever();
            closure.Property(c => c.HotspotCode).HasMaxLength(Hotspot.CodeLength);
            closure.Property(c => c.Reason).HasMaxLength(Closure.ReasonLength);
            closure.Property(c => c.ByName).HasMaxLength(120);
            closure.HasIndex(c => new { c.HotspotCode, c.From });
            closure.HasOne<Hotspot>().WithMany().HasForeignKey(c => c.HotspotCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<LabStop>(stop =>
        {
            stop.ToTable("lab_stops");
            stop.HasKey(s => s.Id);
            stop.Property(s => s.Id).ValueGeneratedNever();
            stop.Property(s => s.LabCode).HasMaxLength(Lab.CodeLength);
            stop.Property(s => s.Reason).HasMaxLength(LabStop.ReasonLength);
            stop.Property(s => s.ByName).HasMaxLength(120);
            stop.HasIndex(s => s.LabCode);
            stop.HasOne<Lab>().WithMany().HasForeignKey(s => s.LabCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Shipment>(shipment =>
        {
            shipment.ToTable("shipments");
            shipment.HasKey(s => s.Id);
            shipment.Property(s => s.Id).ValueGeneratedNever();
            shipment.Property(s => s.Number).HasMaxLength(AccessionNumber.MaxLength + 1);
            shipment.Property(s => s.HotspotCode).HasMaxLength(Hotspot.CodeLength);
            shipment.Property(s => s.LabCode).HasMaxLength(Lab.CodeLength);
            shipment.Property(s => s.SentBy).HasMaxLength(120);
            shipment.HasIndex(s => s.Number).IsUnique();
            shipment.HasIndex(s => new { s.HotspotCode, s.SentAt });
            shipment.HasIndex(s => new { s.LabCode, s.SentAt });
        });
        model.Entity<Pool>(pool =>
        {
            pool.ToTable("pools");
            pool.HasKey(p => p.Id);
            pool.Property(p => p.Id).ValueGeneratedNever();
            pool.Property(p => p.Number).HasMaxLength(AccessionNumber.MaxLength + 1);
            pool.Property(p => p.LabCode).HasMaxLength(Lab.CodeLength);
            pool.Property(p => p.MadeBy).HasMaxLength(120);
            pool.Property(p => p.ResolvedBy).HasMaxLength(120);
            pool.HasIndex(p => p.Number).IsUnique();
            pool.HasIndex(p => new { p.LabCode, p.MadeAt });
        });
        model.Entity<Slot>(slot =>
        {
            slot.ToTable("slots");
            slot.HasKey(s => s.Id);
            slot.Property(s => s.Id).ValueGeneratedNever();
            slot.Property(s => s.HotspotCode).HasMaxLength(Hotspot.CodeLength);
            slot.Property(s => s.Place).HasMaxLength(Slot.PlaceLength);
            slot.HasIndex(s => new { s.HotspotCode, s.StartsAt, s.Place }).IsUnique();
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
            counter.Property(c => c.LabCode).HasMaxLength(AccessionCounter.KeyLength);
            counter.Property(c => c.Year).ValueGeneratedNever();
        });
        model.Entity<SwabRequest>(request =>
        {
            request.ToTable("swab_requests");
            request.HasKey(r => r.Id);
            request.Property(r => r.Id).ValueGeneratedNever();
            request.Ignore(r => r.IsOpen);
            request.Ignore(r => r.NeedsRepeat);
            request.Property(r => r.FiscalCode).HasMaxLength(16);
            request.Property(r => r.FamilyName).HasMaxLength(80);
            request.Property(r => r.GivenName).HasMaxLength(80);
            request.Property(r => r.SearchName).HasMaxLength(330);
            request.Property(r => r.AslCode).HasMaxLength(6);
            request.Property(r => r.SecondAsl).HasMaxLength(6);
            request.Property(r => r.GpCode).HasMaxLength(20);
            request.Property(r => r.Reason).HasMaxLength(40);
            request.Property(r => r.Symptoms).HasMaxLength(200);
            request.Property(r => r.Note).HasMaxLength(RequestSwab.NoteLength);
            request.Property(r => r.HomeAddress).HasMaxLength(RequestSwab.AddressLength).Encrypted();
            request.Property(r => r.HomePhone).HasMaxLength(RequestSwab.PhoneLength).Encrypted();
            request.Property(r => r.CheckInCode).HasMaxLength(CheckInCode.Length);
            request.Property(r => r.RequesterName).HasMaxLength(120);
            request.Property(r => r.HotspotCode).HasMaxLength(Hotspot.CodeLength);
            request.Property(r => r.LabCode).HasMaxLength(Lab.CodeLength);
            request.Property(r => r.AccessionNumber).HasMaxLength(AccessionNumber.MaxLength);
            request.Property(r => r.Intervention).UsePropertyAccessMode(PropertyAccessMode.Property);
            // One open request of a kind for a person; the engines that count nulls as equal need the filter.
            request.HasIndex(r => new { r.OpenFor, r.TestType }).IsUnique().HasFilter("open_for IS NOT NULL");
            request.HasIndex(r => r.AccessionNumber).IsUnique().HasFilter("accession_number IS NOT NULL");
            request.HasIndex(r => r.CheckInCode).IsUnique();
            // With what scopes look at: of the people with a name, only those in sight are read.
            request.HasIndex(r => new { r.PatientId, r.LabCode, r.AslCode });
            request.HasIndex(r => r.FiscalCode);
            request.HasIndex(r => r.ShipmentId);
            request.HasIndex(r => r.PoolId);
            request.HasIndex(r => r.ClosureId);
            request.HasIndex(r => r.SlotId);
            // Each scope's list in each of its orders; the states of a scope, newest first.
            request.HasIndex(r => new { r.AslCode, r.RequestedAt });
            request.HasIndex(r => new { r.AslCode, r.SlotAt });
            request.HasIndex(r => new { r.AslCode, r.SearchName });
            request.HasIndex(r => new { r.AslCode, r.State, r.RequestedAt });
            request.HasIndex(r => new { r.SecondAsl, r.RequestedAt }).HasFilter("second_asl IS NOT NULL");
            request.HasIndex(r => new { r.SecondAsl, r.SlotAt }).HasFilter("second_asl IS NOT NULL");
            request.HasIndex(r => new { r.SecondAsl, r.SearchName }).HasFilter("second_asl IS NOT NULL");
            request.HasIndex(r => new { r.SecondAsl, r.State, r.RequestedAt }).HasFilter("second_asl IS NOT NULL");
            request.HasIndex(r => new { r.HotspotCode, r.RequestedAt });
            request.HasIndex(r => new { r.HotspotCode, r.SearchName });
            request.HasIndex(r => new { r.HotspotCode, r.State });
            request.HasIndex(r => new { r.LabCode, r.RequestedAt });
            request.HasIndex(r => new { r.LabCode, r.SlotAt });
            request.HasIndex(r => new { r.LabCode, r.SearchName });
            request.HasIndex(r => new { r.GpCode, r.RequestedAt });
            request.HasIndex(r => new { r.RequestedBy, r.RequestedAt });
            request.HasIndex(r => new { r.HotspotCode, r.SlotAt });
            request.HasIndex(r => new { r.LabCode, r.State, r.ReceivedAt });
            request.HasIndex(r => new { r.AslCode, r.Intervention }).HasFilter("intervention IS NOT NULL");
            request.HasIndex(r => new { r.SecondAsl, r.Intervention }).HasFilter("intervention IS NOT NULL");
            request.HasIndex(r => new { r.GpCode, r.Intervention }).HasFilter("intervention IS NOT NULL");
            request.HasIndex(r => new { r.RequestedBy, r.Intervention }).HasFilter("intervention IS NOT NULL");
            request.HasOne<Shipment>().WithMany().HasForeignKey(r => r.ShipmentId).OnDelete(DeleteBehavior.Restrict);
            request.HasOne<Pool>().WithMany().HasForeignKey(r => r.PoolId).OnDelete(DeleteBehavior.Restrict);
            request.HasOne<Slot>().WithMany().HasForeignKey(r => r.SlotId).OnDelete(DeleteBehavior.Restrict);
            request.HasMany(r => r.OtherAsls).WithOne().HasForeignKey(a => a.RequestId).OnDelete(DeleteBehavior.Cascade);
            request.HasMany(r => r.Moves).WithOne().HasForeignKey(m => m.RequestId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<RequestAsl>(asl =>
        {
            asl.ToTable("request_asls");
            asl.HasKey(a => new { a.RequestId, a.AslCode });
            asl.Property(a => a.AslCode).HasMaxLength(6).IsUnicode(false);
            asl.HasIndex(a => new { a.AslCode, a.RequestId });
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
