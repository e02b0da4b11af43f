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
using Platform.VaccinationBooking.Pharmacovigilance;
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
    public DbSet<ReportFile> ReportFiles => Set<ReportFile>();
    public DbSet<Recovery> Recoveries => Set<Recovery>();

    protected override void Tables(ModelBuilder model)
    {
        model.AddPeopleTables();
        model.AddCampaignTables();
        model.AddWaitingRoomTables();
        model.AddCentreTables();
        model.AddBookingTables();
        model.AddConsentTables();
        model.AddOperationTables();
        model.AddOfferTables();
        model.AddStockTables();
        model.AddDoseTables();
        model.AddReportTables();
        model.AddImports();
    }
}
