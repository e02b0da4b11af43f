using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.Migrations;

[DbContext(typeof(VaccinationDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = VaccinationDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        People(migrationBuilder);
        Campaigning(migrationBuilder);
        Places(migrationBuilder);
        Booked(migrationBuilder);
        Stated(migrationBuilder);
        Operating(migrationBuilder);
        Stocked(migrationBuilder);
        Given(migrationBuilder);
        migrationBuilder.CreateImportTables(Schema);
    }

    private static void People(MigrationBuilder migration)
    {
        migration.CreateTable("vaccinees", t => new
        {
            patient_id = t.Column<Guid>(),
            fiscal_code = t.Column<string>(maxLength: 16, nullable: true),
            family_name = t.Column<string>(maxLength: 80),
            given_name = t.Column<string>(maxLength: 80),
            birth_date = t.Column<DateOnly>(nullable: true),
            sex = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            municipality_istat = t.Column<string>(maxLength: 6, nullable: true),
            asl_code = t.Column<string>(maxLength: 6, nullable: true),
            gp_code = t.Column<string>(maxLength: 20, nullable: true),
            deceased = t.Column<bool>(),
            card_digest = t.Column<string>(maxLength: 64, unicode: false, nullable: true),
        }, Schema, t => t.PrimaryKey("PK_vaccinees", x => x.patient_id));
        migration.CreateIndex("IX_vaccinees_fiscal_code", "vaccinees", "fiscal_code", Schema, unique: true);
        migration.CreateTable("vaccinee_categories", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            category = t.Column<string>(maxLength: 40),
            source = t.Column<string>(maxLength: 120),
            noted_at = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_vaccinee_categories", x => x.id));
        migration.CreateIndex("IX_vaccinee_categories_patient_id_category", "vaccinee_categories", ["patient_id", "category"], Schema, unique: true);
    }

    private static void Campaigning(MigrationBuilder migration)
    {
        migration.CreateTable("campaigns", t => new
        {
            code = t.Column<string>(maxLength: 20),
            name_it = t.Column<string>(maxLength: 120),
            name_en = t.Column<string>(maxLength: 120),
            disease = t.Column<string>(maxLength: 20),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            doses = t.Column<int>(),
            hold_minutes = t.Column<int>(),
            moves_at_most = t.Column<int>(),
            waiting_room = t.Column<bool>(),
            defence = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_campaigns", x => x.code));
        migration.CreateTable("target_groups", t => new
        {
            id = t.Column<Guid>(),
            campaign_code = t.Column<string>(maxLength: 20),
            name_it = t.Column<string>(maxLength: 120),
            name_en = t.Column<string>(maxLength: 120),
            priority = t.Column<int>(),
            born_from = t.Column<DateOnly>(nullable: true),
            born_until = t.Column<DateOnly>(nullable: true),
            category = t.Column<string>(maxLength: 40, nullable: true),
            doses = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            opens_at = t.Column<DateTime>(),
            closes_at = t.Column<DateTime>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_target_groups", x => x.id);
            t.ForeignKey("FK_target_groups_campaigns_campaign_code", x => x.campaign_code, "campaigns", "code", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_target_groups_campaign_code", "target_groups", "campaign_code", Schema);
        migration.CreateTable("waiting_rooms", t => new
        {
            campaign_code = t.Column<string>(maxLength: 20),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            opens_at = t.Column<DateTime>(),
            seed = t.Column<string>(maxLength: 64, unicode: false, nullable: true),
            drawn = t.Column<long>(),
            issued = t.Column<long>(),
            serving = t.Column<double>(),
            rate = t.Column<double>(),
            good_steps = t.Column<int>(),
            fixed_rate = t.Column<double>(nullable: true),
            places_left = t.Column<int>(),
            stepped_at = t.Column<DateTime>(),
            paced_by = t.Column<Guid>(nullable: true),
            paced_until = t.Column<DateTime>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_waiting_rooms", x => x.campaign_code);
            t.ForeignKey("FK_waiting_rooms_campaigns_campaign_code", x => x.campaign_code, "campaigns", "code", Schema, onDelete: ReferentialAction.Restrict);
        });
    }

    private static void Places(MigrationBuilder migration)
    {
        migration.CreateTable("centres", t => new
        {
            code = t.Column<string>(maxLength: 20),
            name = t.Column<string>(maxLength: 120),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            asl_code = t.Column<string>(maxLength: 6),
            municipality_istat = t.Column<string>(maxLength: 6),
            postal_code = t.Column<string>(maxLength: 5),
            address = t.Column<string>(maxLength: 120),
            latitude = t.Column<double>(nullable: true),
            longitude = t.Column<double>(nullable: true),
            @public = t.Column<bool>(),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_centres", x => x.code));
        migration.CreateTable("openings", t => new
        {
            id = t.Column<Guid>(),
            campaign_code = t.Column<string>(maxLength: 20),
            centre_code = t.Column<string>(maxLength: 20),
            vaccine_code = t.Column<string>(maxLength: 20),
            weekday = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            from = t.Column<TimeOnly>(),
            to = t.Column<TimeOnly>(),
            slot_minutes = t.Column<int>(),
            first_doses = t.Column<int>(),
            second_doses = t.Column<int>(),
            valid_from = t.Column<DateOnly>(),
            valid_until = t.Column<DateOnly>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_openings", x => x.id);
            t.ForeignKey("FK_openings_campaigns_campaign_code", x => x.campaign_code, "campaigns", "code", Schema, onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_openings_centres_centre_code", x => x.centre_code, "centres", "code", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_openings_campaign_code_centre_code", "openings", ["campaign_code", "centre_code"], Schema);
        migration.CreateIndex("IX_openings_centre_code", "openings", "centre_code", Schema);
        migration.CreateTable("slots", t => new
        {
            id = t.Column<Guid>(),
            campaign_code = t.Column<string>(maxLength: 20),
            centre_code = t.Column<string>(maxLength: 20),
            vaccine_code = t.Column<string>(maxLength: 20),
            dose = t.Column<int>(),
            starts_at = t.Column<DateTime>(),
            minutes = t.Column<int>(),
            capacity = t.Column<int>(),
            taken = t.Column<int>(),
            closed = t.Column<bool>(),
            opening_id = t.Column<Guid>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_slots", x => x.id));
        migration.CreateIndex("IX_slots_campaign_code_centre_code_dose_starts_at", "slots", ["campaign_code", "centre_code", "dose", "starts_at"], Schema);
        migration.CreateIndex("IX_slots_centre_code_starts_at", "slots", ["centre_code", "starts_at"], Schema);
    }

    private static void Booked(MigrationBuilder migration)
    {
        migration.CreateTable("bookings", t => new
        {
            id = t.Column<Guid>(),
            code = t.Column<string>(maxLength: 10, unicode: false),
            campaign_code = t.Column<string>(maxLength: 20),
            patient_id = t.Column<Guid>(),
            group_id = t.Column<Guid>(),
            centre_code = t.Column<string>(maxLength: 20),
            vaccine_code = t.Column<string>(maxLength: 20),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            open_key = t.Column<string>(maxLength: 60, unicode: false, nullable: true),
            channel = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            ticket_number = t.Column<long>(nullable: true),
            booked_by_id = t.Column<Guid>(nullable: true),
            booked_at = t.Column<DateTime>(),
            email = t.Column<string>(maxLength: FieldKeys.LengthOf(Booking.EmailLength), unicode: false, nullable: true),
            phone = t.Column<string>(maxLength: FieldKeys.LengthOf(Booking.PhoneLength), unicode: false, nullable: true),
            language = t.Column<string>(maxLength: 2, unicode: false),
            moves = t.Column<int>(),
            ended_at = t.Column<DateTime>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_bookings", x => x.id));
        migration.CreateIndex("IX_bookings_code", "bookings", "code", Schema, unique: true);
        migration.CreateIndex("IX_bookings_open_key", "bookings", "open_key", Schema, unique: true);
        migration.CreateIndex("IX_bookings_patient_id_campaign_code_ticket_number", "bookings", ["patient_id", "campaign_code", "ticket_number"], Schema, unique: true);
        migration.CreateTable("appointments", t => new
        {
            id = t.Column<Guid>(),
            booking_id = t.Column<Guid>(),
            dose = t.Column<int>(),
            slot_id = t.Column<Guid>(),
            starts_at = t.Column<DateTime>(),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            reminded_at = t.Column<DateTime>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_appointments", x => x.id);
            t.ForeignKey("FK_appointments_bookings_booking_id", x => x.booking_id, "bookings", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_appointments_booking_id", "appointments", "booking_id", Schema);
        migration.CreateIndex("IX_appointments_slot_id", "appointments", "slot_id", Schema);
        migration.CreateTable("holds", t => new
        {
            id = t.Column<Guid>(),
            campaign_code = t.Column<string>(maxLength: 20),
            patient_id = t.Column<Guid>(),
            group_id = t.Column<Guid>(),
            first_slot_id = t.Column<Guid>(),
            second_slot_id = t.Column<Guid>(nullable: true),
            expires_at = t.Column<DateTime>(),
            offered = t.Column<bool>(),
        }, Schema, t => t.PrimaryKey("PK_holds", x => x.id));
        migration.CreateIndex("IX_holds_campaign_code_patient_id_offered", "holds", ["campaign_code", "patient_id", "offered"], Schema, unique: true);
        migration.CreateIndex("IX_holds_expires_at", "holds", "expires_at", Schema);
    }

    private static void Stated(MigrationBuilder migration)
    {
        migration.CreateTable("consent_statements", t => new
        {
            booking_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            stated_at = t.Column<DateTime>(),
            address = t.Column<string>(maxLength: 64),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_consent_statements", x => x.booking_id);
            t.ForeignKey("FK_consent_statements_bookings_booking_id", x => x.booking_id, "bookings", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_consent_statements_patient_id", "consent_statements", "patient_id", Schema);
    }

    private static void Operating(MigrationBuilder migration)
    {
        migration.CreateTable("booking_changes", t => new
        {
            id = t.Column<Guid>(),
            booking_id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            dose = t.Column<int>(nullable: true),
            from_slot_id = t.Column<Guid>(nullable: true),
            to_slot_id = t.Column<Guid>(nullable: true),
            from_at = t.Column<DateTime>(nullable: true),
            to_at = t.Column<DateTime>(nullable: true),
            at = t.Column<DateTime>(),
            by_id = t.Column<Guid>(nullable: true),
            by_name = t.Column<string>(maxLength: 120),
            why = t.Column<string>(maxLength: 200, nullable: true),
            cause_id = t.Column<Guid>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_booking_changes", x => x.id));
        migration.CreateIndex("IX_booking_changes_booking_id", "booking_changes", "booking_id", Schema);
        migration.CreateIndex("IX_booking_changes_cause_id", "booking_changes", "cause_id", Schema);
        migration.CreateTable("bulk_operations", t => new
        {
            id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            asl_code = t.Column<string>(maxLength: 6, nullable: true),
            centre_code = t.Column<string>(maxLength: 20, nullable: true),
            vaccine_code = t.Column<string>(maxLength: 20, nullable: true),
            other_vaccine = t.Column<string>(maxLength: 20, nullable: true),
            from = t.Column<DateTime>(),
            to = t.Column<DateTime>(),
            why = t.Column<string>(maxLength: 200),
            by_id = t.Column<Guid>(nullable: true),
            by_name = t.Column<string>(maxLength: 120),
            prepared_at = t.Column<DateTime>(),
            started_at = t.Column<DateTime>(nullable: true),
            ended_at = t.Column<DateTime>(nullable: true),
            total = t.Column<int>(),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_bulk_operations", x => x.id));
        migration.CreateIndex("IX_bulk_operations_prepared_at", "bulk_operations", "prepared_at", Schema);
        migration.CreateTable("bulk_items", t => new
        {
            id = t.Column<Guid>(),
            operation_id = t.Column<Guid>(),
            booking_id = t.Column<Guid>(),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            at = t.Column<DateTime>(),
            from_centre = t.Column<string>(maxLength: 20),
            to_centre = t.Column<string>(maxLength: 20, nullable: true),
            first_at = t.Column<DateTime>(nullable: true),
            second_at = t.Column<DateTime>(nullable: true),
            done_at = t.Column<DateTime>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_bulk_items", x => x.id);
            t.ForeignKey("FK_bulk_items_bulk_operations_operation_id", x => x.operation_id, "bulk_operations", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_bulk_items_operation_id_state_at", "bulk_items", ["operation_id", "state", "at"], Schema);
        migration.CreateTable("place_wishes", t => new
        {
            id = t.Column<Guid>(),
            campaign_code = t.Column<string>(maxLength: 20),
            patient_id = t.Column<Guid>(),
            group_id = t.Column<Guid>(),
            priority = t.Column<int>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            open_key = t.Column<string>(maxLength: 80, unicode: false, nullable: true),
            municipality_istat = t.Column<string>(maxLength: 6),
            since = t.Column<DateTime>(),
            expired = t.Column<int>(),
            email = t.Column<string>(maxLength: FieldKeys.LengthOf(Booking.EmailLength), unicode: false),
            language = t.Column<string>(maxLength: 2, unicode: false),
        }, Schema, t => t.PrimaryKey("PK_place_wishes", x => x.id));
        migration.CreateIndex("IX_place_wishes_open_key", "place_wishes", "open_key", Schema, unique: true);
        migration.CreateIndex("IX_place_wishes_patient_id", "place_wishes", "patient_id", Schema);
        migration.CreateIndex("IX_place_wishes_campaign_code_kind_state_priority_since", "place_wishes", ["campaign_code", "kind", "state", "priority", "since"], Schema);
        migration.CreateTable("place_offers", t => new
        {
            id = t.Column<Guid>(),
            wish_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            campaign_code = t.Column<string>(maxLength: 20),
            centre_code = t.Column<string>(maxLength: 20),
            code = t.Column<string>(maxLength: 10, unicode: false),
            first_slot_id = t.Column<Guid>(),
            second_slot_id = t.Column<Guid>(nullable: true),
            first_at = t.Column<DateTime>(),
            second_at = t.Column<DateTime>(nullable: true),
            made_at = t.Column<DateTime>(),
            expires_at = t.Column<DateTime>(),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_place_offers", x => x.id);
            t.ForeignKey("FK_place_offers_place_wishes_wish_id", x => x.wish_id, "place_wishes", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_place_offers_code", "place_offers", "code", Schema, unique: true);
        migration.CreateIndex("IX_place_offers_patient_id", "place_offers", "patient_id", Schema);
        migration.CreateIndex("IX_place_offers_state_expires_at", "place_offers", ["state", "expires_at"], Schema);
        migration.CreateIndex("IX_place_offers_wish_id", "place_offers", "wish_id", Schema);
    }

    private static void Stocked(MigrationBuilder migration)
    {
        migration.CreateTable("stock_lots", t => new
        {
            id = t.Column<Guid>(),
            centre_code = t.Column<string>(maxLength: 20),
            vaccine_code = t.Column<string>(maxLength: 20),
            lot_number = t.Column<string>(maxLength: 30),
            expires_on = t.Column<DateOnly>(),
            doses = t.Column<int>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_stock_lots", x => x.id);
            t.ForeignKey("FK_stock_lots_centres_centre_code", x => x.centre_code, "centres", "code", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_stock_lots_centre_code_vaccine_code_lot_number", "stock_lots", ["centre_code", "vaccine_code", "lot_number"], Schema, unique: true);
        migration.CreateTable("stock_moves", t => new
        {
            id = t.Column<Guid>(),
            lot_id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            doses = t.Column<int>(),
            at = t.Column<DateTime>(),
            by = t.Column<string>(maxLength: 120),
            note = t.Column<string>(maxLength: 200, nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_stock_moves", x => x.id);
            t.ForeignKey("FK_stock_moves_stock_lots_lot_id", x => x.lot_id, "stock_lots", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_stock_moves_lot_id_at", "stock_moves", ["lot_id", "at"], Schema);
        migration.CreateTable("vials", t => new
        {
            id = t.Column<Guid>(),
            lot_id = t.Column<Guid>(),
            centre_code = t.Column<string>(maxLength: 20),
            opened_at = t.Column<DateTime>(),
            use_by = t.Column<DateTime>(),
            left = t.Column<int>(),
            ended_at = t.Column<DateTime>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_vials", x => x.id);
            t.ForeignKey("FK_vials_stock_lots_lot_id", x => x.lot_id, "stock_lots", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_vials_centre_code_ended_at", "vials", ["centre_code", "ended_at"], Schema);
        migration.CreateIndex("IX_vials_lot_id", "vials", "lot_id", Schema);
    }

    private static void Given(MigrationBuilder migration)
    {
        migration.CreateTable("arrivals", t => new
        {
            id = t.Column<Guid>(),
            centre_code = t.Column<string>(maxLength: 20),
            campaign_code = t.Column<string>(maxLength: 20),
            patient_id = t.Column<Guid>(),
            appointment_id = t.Column<Guid>(nullable: true),
            booking_id = t.Column<Guid>(nullable: true),
            category = t.Column<string>(maxLength: 40, nullable: true),
            day = t.Column<DateOnly>(),
            arrived_at = t.Column<DateTime>(),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            answers = t.Column<string>(maxLength: FieldKeys.LengthOf(400), unicode: false, nullable: true),
            consent = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            note = t.Column<string>(maxLength: FieldKeys.LengthOf(2000), unicode: false, nullable: true),
            assessed_by = t.Column<string>(maxLength: 120, nullable: true),
            assessed_at = t.Column<DateTime>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_arrivals", x => x.id));
        migration.CreateIndex("IX_arrivals_patient_id_campaign_code_day", "arrivals", ["patient_id", "campaign_code", "day"], Schema, unique: true);
        migration.CreateIndex("IX_arrivals_centre_code_day", "arrivals", ["centre_code", "day"], Schema);
        migration.CreateIndex("IX_arrivals_appointment_id", "arrivals", "appointment_id", Schema);
        migration.CreateTable("doses", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            disease = t.Column<string>(maxLength: 20),
            vaccine_code = t.Column<string>(maxLength: 20),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            stands = t.Column<string>(maxLength: 60, unicode: false, nullable: true),
            given_at = t.Column<DateTime>(),
            day = t.Column<DateOnly>(),
            age = t.Column<int>(nullable: true),
            sex = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            centre_code = t.Column<string>(maxLength: 20, nullable: true),
            arrival_id = t.Column<Guid>(nullable: true),
            lot_id = t.Column<Guid>(nullable: true),
            lot_number = t.Column<string>(maxLength: 30, nullable: true),
            site = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            given_by = t.Column<string>(maxLength: 120),
            elsewhere = t.Column<string>(maxLength: 120, nullable: true),
            category = t.Column<string>(maxLength: 40, nullable: true),
            asl_code = t.Column<string>(maxLength: 6, nullable: true),
            gp_code = t.Column<string>(maxLength: 20, nullable: true),
            observe_until = t.Column<DateTime>(nullable: true),
            observed_at = t.Column<DateTime>(nullable: true),
            annulled_at = t.Column<DateTime>(nullable: true),
            why_annulled = t.Column<string>(maxLength: 200, nullable: true),
        }, Schema, t => t.PrimaryKey("PK_doses", x => x.id));
        migration.CreateIndex("IX_doses_stands", "doses", "stands", Schema, unique: true);
        migration.CreateIndex("IX_doses_patient_id_given_at", "doses", ["patient_id", "given_at"], Schema);
        migration.CreateIndex("IX_doses_centre_code_given_at", "doses", ["centre_code", "given_at"], Schema);
        migration.CreateIndex("IX_doses_given_at", "doses", "given_at", Schema);
        migration.CreateIndex("IX_doses_disease_day", "doses", ["disease", "day"], Schema);
        migration.CreateIndex("IX_doses_arrival_id", "doses", "arrival_id", Schema);
        migration.CreateTable("adverse_events", t => new
        {
            id = t.Column<Guid>(),
            dose_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            reactions = t.Column<string>(maxLength: FieldKeys.LengthOf(400), unicode: false),
            serious = t.Column<bool>(),
            criterion = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            outcome = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            began_at = t.Column<DateTime>(),
            note = t.Column<string>(maxLength: FieldKeys.LengthOf(2000), unicode: false, nullable: true),
            reported_by = t.Column<string>(maxLength: 120),
            reported_at = t.Column<DateTime>(),
            sent_in = t.Column<Guid>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_adverse_events", x => x.id);
            t.ForeignKey("FK_adverse_events_doses_dose_id", x => x.dose_id, "doses", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_adverse_events_patient_id", "adverse_events", "patient_id", Schema);
        migration.CreateIndex("IX_adverse_events_dose_id", "adverse_events", "dose_id", Schema);
        migration.CreateIndex("IX_adverse_events_sent_in", "adverse_events", "sent_in", Schema);
        migration.CreateTable("report_files", t => new
        {
            id = t.Column<Guid>(),
            asl_code = t.Column<string>(maxLength: 6),
            made_at = t.Column<DateTime>(),
            made_by = t.Column<string>(maxLength: 120),
            reports = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_report_files", x => x.id));
        migration.CreateIndex("IX_report_files_asl_code_made_at", "report_files", ["asl_code", "made_at"], Schema);
        migration.CreateTable("recoveries", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            disease = t.Column<string>(maxLength: 20),
            positive_on = t.Column<DateOnly>(),
            source = t.Column<string>(maxLength: 120),
        }, Schema, t => t.PrimaryKey("PK_recoveries", x => x.id));
        migration.CreateIndex("IX_recoveries_patient_id_disease_positive_on", "recoveries", ["patient_id", "disease", "positive_on"], Schema, unique: true);
    }
}
