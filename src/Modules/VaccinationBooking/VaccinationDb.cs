using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.VaccinationBooking.Bookings;
using Platform.VaccinationBooking.Campaigns;
using Platform.VaccinationBooking.Centres;
using Platform.VaccinationBooking.Offers;
using Platform.VaccinationBooking.Operations;
using Platform.VaccinationBooking.Citizens;
using Platform.VaccinationBooking.Doses;
using Platform.VaccinationBooking.People;
using Platform.VaccinationBooking.Stock;
using Platform.VaccinationBooking.WaitingRooms;

namespace Platform.VaccinationBooking;

internal sealed class VaccinationDb(DbContextOptions<VaccinationDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "vaccination";

    public override string Schema => SchemaName;

    public DbSet<Vaccinee> Vaccinees => Set<Vaccinee>();
    public DbSet<VaccineeCategory> Categories => Set<VaccineeCategory>();
    public DbSet<Campaign> Campaigns => Set<Campaign>();
    public DbSet<TargetGroup> Groups => Set<TargetGroup>();
    public DbSet<Centre> Centres => Set<Centre>();
    public DbSet<CentreOpening> Openings => Set<CentreOpening>();
    public DbSet<VaccinationSlot> Slots => Set<VaccinationSlot>();
    public DbSet<Booking> Bookings => Set<Booking>();
    public DbSet<Appointment> Appointments => Set<Appointment>();
    public DbSet<Hold> Holds => Set<Hold>();
    public DbSet<WaitingRoom> WaitingRooms => Set<WaitingRoom>();
    public DbSet<ConsentStatement> ConsentStatements => Set<ConsentStatement>();
    public DbSet<BookingChange> BookingChanges => Set<BookingChange>();
    public DbSet<BulkOperation> BulkOperations => Set<BulkOperation>();
    public DbSet<BulkItem> BulkItems => Set<BulkItem>();
    public DbSet<PlaceWish> Wishes => Set<PlaceWish>();
    public DbSet<PlaceOffer> Offers => Set<PlaceOffer>();
    public DbSet<StockLot> StockLots => Set<StockLot>();
    public DbSet<StockMove> StockMoves => Set<StockMove>();
    public DbSet<Vial> Vials => Set<Vial>();
    public DbSet<Arrival> Arrivals => Set<Arrival>();
    public DbSet<GivenDose> Doses => Set<GivenDose>();
    public DbSet<AdverseEvent> AdverseEvents => Set<AdverseEvent>();
    public DbSet<Recovery> Recoveries => Set<Recovery>();

    protected override void Tables(ModelBuilder model)
    {
        People(model);
        Campaigning(model);
        Places(model);
        Booked(model);
        Stated(model);
        Operating(model);
        Stocked(model);
        Given(model);
        model.AddImports();
    }

    private static void People(ModelBuilder model)
    {
        model.Entity<Vaccinee>(person =>
        {
            person.ToTable("vaccinees");
            person.HasKey(p => p.PatientId);
            person.Property(p => p.PatientId).ValueGeneratedNever();
            person.Property(p => p.FiscalCode).HasMaxLength(16);
            person.Property(p => p.FamilyName).HasMaxLength(Vaccinee.NameLength);
            person.Property(p => p.GivenName).HasMaxLength(Vaccinee.NameLength);
            person.Property(p => p.MunicipalityIstat).HasMaxLength(6);
            person.Property(p => p.AslCode).HasMaxLength(6);
            person.Property(p => p.GpCode).HasMaxLength(20);
            person.Property(p => p.CardDigest).HasMaxLength(64).IsUnicode(false);
            person.HasIndex(p => p.FiscalCode).IsUnique();
            person.Ignore(p => p.PatientOfRow);
        });
        model.Entity<VaccineeCategory>(category =>
        {
            category.ToTable("vaccinee_categories");
            category.HasKey(c => c.Id);
            category.Property(c => c.Id).ValueGeneratedNever();
            category.Property(c => c.Category).HasMaxLength(VaccineeCategory.CategoryLength);
            category.Property(c => c.Source).HasMaxLength(120);
            category.HasIndex(c => new { c.PatientId, c.Category }).IsUnique();
            category.Ignore(c => c.PatientOfRow);
        });
    }

    private static void Campaigning(ModelBuilder model)
    {
        model.Entity<Campaign>(campaign =>
        {
            campaign.ToTable("campaigns");
            campaign.HasKey(c => c.Code);
            campaign.Property(c => c.Code).HasMaxLength(Campaign.CodeLength);
            campaign.Property(c => c.NameIt).HasMaxLength(Campaign.NameLength);
            campaign.Property(c => c.NameEn).HasMaxLength(Campaign.NameLength);
            campaign.Property(c => c.Disease).HasMaxLength(20);
            campaign.Ignore(c => c.Name);
        });
        model.Entity<TargetGroup>(group =>
        {
            group.ToTable("target_groups");
            group.HasKey(g => g.Id);
            group.Property(g => g.Id).ValueGeneratedNever();
            group.Property(g => g.CampaignCode).HasMaxLength(Campaign.CodeLength);
            group.Property(g => g.NameIt).HasMaxLength(Campaign.NameLength);
            group.Property(g => g.NameEn).HasMaxLength(Campaign.NameLength);
            group.Property(g => g.Category).HasMaxLength(VaccineeCategory.CategoryLength);
            group.HasIndex(g => g.CampaignCode);
            group.HasOne<Campaign>().WithMany().HasForeignKey(g => g.CampaignCode).OnDelete(DeleteBehavior.Restrict);
            group.Ignore(g => g.Name);
        });
        model.Entity<WaitingRoom>(room =>
        {
            room.ToTable("waiting_rooms");
            room.HasKey(r => r.CampaignCode);
            room.Property(r => r.CampaignCode).HasMaxLength(Campaign.CodeLength);
            room.Property(r => r.Seed).HasMaxLength(64).IsUnicode(false);
            room.HasOne<Campaign>().WithOne().HasForeignKey<WaitingRoom>(r => r.CampaignCode).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Places(ModelBuilder model)
    {
        model.Entity<Centre>(centre =>
        {
            centre.ToTable("centres");
            centre.HasKey(c => c.Code);
            centre.Property(c => c.Code).HasMaxLength(Centre.CodeLength);
            centre.Property(c => c.Name).HasMaxLength(120);
            centre.Property(c => c.AslCode).HasMaxLength(6);
            centre.Property(c => c.MunicipalityIstat).HasMaxLength(6);
            centre.Property(c => c.PostalCode).HasMaxLength(5);
            centre.Property(c => c.Address).HasMaxLength(120);
        });
        model.Entity<CentreOpening>(opening =>
        {
            opening.ToTable("openings");
            opening.HasKey(o => o.Id);
            opening.Property(o => o.Id).ValueGeneratedNever();
            opening.Property(o => o.CampaignCode).HasMaxLength(Campaign.CodeLength);
            opening.Property(o => o.CentreCode).HasMaxLength(Centre.CodeLength);
            opening.Property(o => o.VaccineCode).HasMaxLength(20);
            opening.HasIndex(o => new { o.CampaignCode, o.CentreCode });
            opening.HasIndex(o => o.CentreCode);
            opening.HasOne<Campaign>().WithMany().HasForeignKey(o => o.CampaignCode).OnDelete(DeleteBehavior.Restrict);
            opening.HasOne<Centre>().WithMany().HasForeignKey(o => o.CentreCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<VaccinationSlot>(slot =>
        {
            slot.ToTable("slots");
            slot.HasKey(s => s.Id);
            slot.Property(s => s.Id).ValueGeneratedNever();
            slot.Property(s => s.CampaignCode).HasMaxLength(Campaign.CodeLength);
            slot.Property(s => s.CentreCode).HasMaxLength(Centre.CodeLength);
            slot.Property(s => s.VaccineCode).HasMaxLength(20);
            slot.HasIndex(s => new { s.CampaignCode, s.CentreCode, s.Dose, s.StartsAt });
            slot.HasIndex(s => new { s.CentreCode, s.StartsAt });
        });
    }

    private static void Booked(ModelBuilder model)
    {
        model.Entity<Booking>(booking =>
        {
            booking.ToTable("bookings");
            booking.HasKey(b => b.Id);
            booking.Property(b => b.Id).ValueGeneratedNever();
            booking.Property(b => b.Code).HasMaxLength(Booking.CodeLength).IsUnicode(false);
            booking.Property(b => b.CampaignCode).HasMaxLength(Campaign.CodeLength);
            booking.Property(b => b.CentreCode).HasMaxLength(Centre.CodeLength);
            booking.Property(b => b.VaccineCode).HasMaxLength(20);
            booking.Property(b => b.OpenKey).HasMaxLength(Booking.OpenKeyLength).IsUnicode(false);
            booking.Property(b => b.Email).HasMaxLength(Booking.EmailLength).Encrypted();
            booking.Property(b => b.Phone).HasMaxLength(Booking.PhoneLength).Encrypted();
            booking.Property(b => b.Language).HasMaxLength(2).IsUnicode(false);
            booking.HasIndex(b => b.Code).IsUnique();
            booking.HasIndex(b => b.OpenKey).IsUnique();
            booking.HasIndex(b => new { b.CampaignCode, b.PatientId, b.TicketNumber }).IsUnique();
            booking.HasIndex(b => b.PatientId);
            booking.Ignore(b => b.PatientOfRow);
        });
        model.Entity<Appointment>(appointment =>
        {
            appointment.ToTable("appointments");
            appointment.HasKey(a => a.Id);
            appointment.Property(a => a.Id).ValueGeneratedNever();
            appointment.HasIndex(a => a.BookingId);
            appointment.HasIndex(a => a.SlotId);
            appointment.HasOne<Booking>().WithMany(b => b.Appointments).HasForeignKey(a => a.BookingId).OnDelete(DeleteBehavior.Restrict);
            appointment.Ignore(a => a.HoldsPlace);
        });
        model.Entity<Hold>(hold =>
        {
            hold.ToTable("holds");
            hold.HasKey(h => h.Id);
            hold.Property(h => h.Id).ValueGeneratedNever();
            hold.Property(h => h.CampaignCode).HasMaxLength(Campaign.CodeLength);
            hold.HasIndex(h => new { h.CampaignCode, h.PatientId }).IsUnique();
            hold.HasIndex(h => h.ExpiresAt);
            hold.Ignore(h => h.PatientOfRow);
        });
    }

    private static void Stated(ModelBuilder model) => model.Entity<ConsentStatement>(consent =>
    {
        consent.ToTable("consent_statements");
        consent.HasKey(c => c.BookingId);
        consent.Property(c => c.BookingId).ValueGeneratedNever();
        consent.Property(c => c.Address).HasMaxLength(ConsentStatement.AddressLength);
        consent.HasIndex(c => c.PatientId);
        consent.HasOne<Booking>().WithOne().HasForeignKey<ConsentStatement>(c => c.BookingId).OnDelete(DeleteBehavior.Restrict);
        consent.Ignore(c => c.PatientOfRow);
    });

    private static void Operating(ModelBuilder model)
    {
        model.Entity<BookingChange>(change =>
        {
            change.ToTable("booking_changes");
            change.HasKey(c => c.Id);
            change.Property(c => c.Id).ValueGeneratedNever();
            change.Property(c => c.ByName).HasMaxLength(BookingChange.ByLength);
            change.Property(c => c.Why).HasMaxLength(BookingChange.WhyLength);
            change.HasIndex(c => c.BookingId);
            change.HasIndex(c => c.CauseId);
        });
        model.Entity<BulkOperation>(operation =>
        {
            operation.ToTable("bulk_operations");
            operation.HasKey(o => o.Id);
            operation.Property(o => o.Id).ValueGeneratedNever();
            operation.Property(o => o.AslCode).HasMaxLength(6);
            operation.Property(o => o.CentreCode).HasMaxLength(Centre.CodeLength);
            operation.Property(o => o.VaccineCode).HasMaxLength(20);
            operation.Property(o => o.OtherVaccine).HasMaxLength(20);
            operation.Property(o => o.Why).HasMaxLength(BulkOperation.WhyLength);
            operation.Property(o => o.ByName).HasMaxLength(BookingChange.ByLength);
            operation.HasIndex(o => o.PreparedAt);
            operation.Ignore(o => o.ClosesSlots);
        });
        model.Entity<BulkItem>(item =>
        {
            item.ToTable("bulk_items");
            item.HasKey(i => i.Id);
            item.Property(i => i.Id).ValueGeneratedNever();
            item.Property(i => i.FromCentre).HasMaxLength(Centre.CodeLength);
            item.Property(i => i.ToCentre).HasMaxLength(Centre.CodeLength);
            item.HasIndex(i => new { i.OperationId, i.State, i.At });
            item.HasOne<BulkOperation>().WithMany().HasForeignKey(i => i.OperationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PlaceWish>(wish =>
        {
            wish.ToTable("place_wishes");
            wish.HasKey(w => w.Id);
            wish.Property(w => w.Id).ValueGeneratedNever();
            wish.Property(w => w.CampaignCode).HasMaxLength(Campaign.CodeLength);
            wish.Property(w => w.OpenKey).HasMaxLength(PlaceWish.OpenKeyLength).IsUnicode(false);
            wish.Property(w => w.MunicipalityIstat).HasMaxLength(6);
            wish.Property(w => w.Email).HasMaxLength(Booking.EmailLength).Encrypted();
            wish.Property(w => w.Language).HasMaxLength(2).IsUnicode(false);
            wish.HasIndex(w => w.OpenKey).IsUnique();
            wish.HasIndex(w => w.PatientId);
            wish.HasIndex(w => new { w.CampaignCode, w.Kind, w.State, w.Priority, w.Since });
            wish.Ignore(w => w.PatientOfRow);
        });
        model.Entity<PlaceOffer>(offer =>
        {
            offer.ToTable("place_offers");
            offer.HasKey(o => o.Id);
            offer.Property(o => o.Id).ValueGeneratedNever();
            offer.Property(o => o.CampaignCode).HasMaxLength(Campaign.CodeLength);
            offer.Property(o => o.CentreCode).HasMaxLength(Centre.CodeLength);
            offer.Property(o => o.Code).HasMaxLength(Booking.CodeLength).IsUnicode(false);
            offer.HasIndex(o => o.Code).IsUnique();
            offer.HasIndex(o => o.PatientId);
            offer.HasIndex(o => new { o.State, o.ExpiresAt });
            offer.HasOne<PlaceWish>().WithMany().HasForeignKey(o => o.WishId).OnDelete(DeleteBehavior.Restrict);
            offer.HasIndex(o => o.WishId);
            offer.Ignore(o => o.PatientOfRow);
        });
    }

    private static void Stocked(ModelBuilder model)
    {
        model.Entity<StockLot>(lot =>
        {
            lot.ToTable("stock_lots");
            lot.HasKey(l => l.Id);
            lot.Property(l => l.Id).ValueGeneratedNever();
            lot.Property(l => l.CentreCode).HasMaxLength(Centre.CodeLength);
            lot.Property(l => l.VaccineCode).HasMaxLength(20);
            lot.Property(l => l.LotNumber).HasMaxLength(StockLot.NumberLength);
            lot.HasIndex(l => new { l.CentreCode, l.VaccineCode, l.LotNumber }).IsUnique();
            lot.HasOne<Centre>().WithMany().HasForeignKey(l => l.CentreCode).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<StockMove>(move =>
        {
            move.ToTable("stock_moves");
            move.HasKey(m => m.Id);
            move.Property(m => m.Id).ValueGeneratedNever();
            move.Property(m => m.By).HasMaxLength(120);
            move.Property(m => m.Note).HasMaxLength(StockMove.NoteLength);
            move.HasIndex(m => new { m.LotId, m.At });
            move.HasOne<StockLot>().WithMany().HasForeignKey(m => m.LotId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<Vial>(vial =>
        {
            vial.ToTable("vials");
            vial.HasKey(v => v.Id);
            vial.Property(v => v.Id).ValueGeneratedNever();
            vial.Property(v => v.CentreCode).HasMaxLength(Centre.CodeLength);
            vial.HasIndex(v => new { v.CentreCode, v.EndedAt });
            vial.HasIndex(v => v.LotId);
            vial.HasOne<StockLot>().WithMany().HasForeignKey(v => v.LotId).OnDelete(DeleteBehavior.Restrict);
        });
    }

    private static void Given(ModelBuilder model)
    {
        model.Entity<Arrival>(arrival =>
        {
            arrival.ToTable("arrivals");
            arrival.HasKey(a => a.Id);
            arrival.Property(a => a.Id).ValueGeneratedNever();
            arrival.Property(a => a.CentreCode).HasMaxLength(Centre.CodeLength);
            arrival.Property(a => a.CampaignCode).HasMaxLength(Campaign.CodeLength);
            arrival.Property(a => a.Answers).HasMaxLength(400).Encrypted();
            arrival.Property(a => a.Note).HasMaxLength(AdverseEvent.TextLength).Encrypted();
            arrival.Property(a => a.AssessedBy).HasMaxLength(120);
            arrival.HasIndex(a => new { a.PatientId, a.CampaignCode, a.Day }).IsUnique();
            arrival.HasIndex(a => new { a.CentreCode, a.Day });
            arrival.HasIndex(a => a.AppointmentId);
            arrival.Ignore(a => a.PatientOfRow);
        });
        model.Entity<GivenDose>(dose =>
        {
            dose.ToTable("doses");
            dose.HasKey(d => d.Id);
            dose.Property(d => d.Id).ValueGeneratedNever();
            dose.Property(d => d.Disease).HasMaxLength(20);
            dose.Property(d => d.VaccineCode).HasMaxLength(20);
            dose.Property(d => d.Stands).HasMaxLength(GivenDose.StandsLength).IsUnicode(false);
            dose.Property(d => d.CentreCode).HasMaxLength(Centre.CodeLength);
            dose.Property(d => d.LotNumber).HasMaxLength(StockLot.NumberLength);
            dose.Property(d => d.GivenBy).HasMaxLength(120);
            dose.Property(d => d.Elsewhere).HasMaxLength(GivenDose.ElsewhereLength);
            dose.Property(d => d.Category).HasMaxLength(VaccineeCategory.CategoryLength);
            dose.Property(d => d.AslCode).HasMaxLength(6);
            dose.Property(d => d.GpCode).HasMaxLength(20);
            dose.Property(d => d.WhyAnnulled).HasMaxLength(StockMove.NoteLength);
            dose.HasIndex(d => d.Stands).IsUnique();
            dose.HasIndex(d => new { d.PatientId, d.GivenAt });
            dose.HasIndex(d => new { d.CentreCode, d.GivenAt });
            dose.HasIndex(d => d.GivenAt);
            dose.HasIndex(d => d.ArrivalId);
            dose.Ignore(d => d.PatientOfRow);
        });
        model.Entity<AdverseEvent>(happened =>
        {
            happened.ToTable("adverse_events");
            happened.HasKey(a => a.Id);
            happened.Property(a => a.Id).ValueGeneratedNever();
            happened.Property(a => a.Reactions).HasMaxLength(400).Encrypted();
            happened.Property(a => a.Note).HasMaxLength(AdverseEvent.TextLength).Encrypted();
            happened.Property(a => a.ReportedBy).HasMaxLength(120);
            happened.HasIndex(a => a.PatientId);
            happened.HasIndex(a => a.DoseId);
            happened.HasOne<GivenDose>().WithMany().HasForeignKey(a => a.DoseId).OnDelete(DeleteBehavior.Restrict);
            happened.Ignore(a => a.PatientOfRow);
        });
        model.Entity<Recovery>(recovery =>
        {
            recovery.ToTable("recoveries");
            recovery.HasKey(r => r.Id);
            recovery.Property(r => r.Id).ValueGeneratedNever();
            recovery.Property(r => r.Disease).HasMaxLength(20);
            recovery.Property(r => r.Source).HasMaxLength(120);
            recovery.HasIndex(r => new { r.PatientId, r.Disease, r.PositiveOn }).IsUnique();
            recovery.Ignore(r => r.PatientOfRow);
        });
    }
}
