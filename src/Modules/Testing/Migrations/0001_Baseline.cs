using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.Testing.Requests;

namespace Platform.Testing.Migrations;

[DbContext(typeof(TestingDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = TestingDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        migrationBuilder.CreateTable("hotspots", t => new
        {
            code = t.Column<string>(maxLength: 20),
            name = t.Column<string>(maxLength: 120),
            at_home = t.Column<bool>(),
            asl_code = t.Column<string>(maxLength: 6),
            municipality_istat = t.Column<string>(maxLength: 6),
            address = t.Column<string>(maxLength: 120),
        }, Schema, t => t.PrimaryKey("PK_hotspots", x => x.code));
        migrationBuilder.CreateTable("labs", t => new
        {
            code = t.Column<string>(maxLength: 20),
            name = t.Column<string>(maxLength: 120),
            asl_code = t.Column<string>(maxLength: 6),
            daily_capacity = t.Column<int>(),
            prefix = t.Column<string>(maxLength: 2),
        }, Schema, t => t.PrimaryKey("PK_labs", x => x.code));
        migrationBuilder.CreateIndex("IX_labs_prefix", "labs", "prefix", Schema, unique: true);
        migrationBuilder.CreateTable("lab_stops", t => new
        {
            id = t.Column<Guid>(),
            lab_code = t.Column<string>(maxLength: 20),
            from = t.Column<DateTime>(),
            until = t.Column<DateTime>(nullable: true),
            reason = t.Column<string>(maxLength: 200),
            by_name = t.Column<string>(maxLength: 120),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_lab_stops", x => x.id);
            t.ForeignKey("FK_lab_stops_labs_lab_code", x => x.lab_code, "labs", "code", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_lab_stops_lab_code", "lab_stops", "lab_code", Schema);
        migrationBuilder.CreateTable("openings", t => new
        {
            id = t.Column<Guid>(),
            hotspot_code = t.Column<string>(maxLength: 20),
            weekday = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            from = t.Column<TimeOnly>(),
            to = t.Column<TimeOnly>(),
            slot_minutes = t.Column<int>(),
            capacity = t.Column<int>(),
            valid_from = t.Column<DateOnly>(),
            valid_until = t.Column<DateOnly>(nullable: true),
            added_by = t.Column<string>(maxLength: 120),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_openings", x => x.id);
            t.ForeignKey("FK_openings_hotspots_hotspot_code", x => x.hotspot_code, "hotspots", "code", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_openings_hotspot_code", "openings", "hotspot_code", Schema);
        migrationBuilder.CreateTable("closures", t => new
        {
            id = t.Column<Guid>(),
            hotspot_code = t.Column<string>(maxLength: 20),
            from = t.Column<DateTime>(),
            to = t.Column<DateTime>(),
            reason = t.Column<string>(maxLength: 200),
            by_name = t.Column<string>(maxLength: 120),
            at = t.Column<DateTime>(),
            lifted_at = t.Column<DateTime>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_closures", x => x.id);
            t.ForeignKey("FK_closures_hotspots_hotspot_code", x => x.hotspot_code, "hotspots", "code", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_closures_hotspot_code_from", "closures", ["hotspot_code", "from"], Schema);
        migrationBuilder.CreateTable("shipments", t => new
        {
            id = t.Column<Guid>(),
            number = t.Column<string>(maxLength: 15),
            hotspot_code = t.Column<string>(maxLength: 20),
            lab_code = t.Column<string>(maxLength: 20),
            tubes = t.Column<int>(),
            sent_at = t.Column<DateTime>(),
            sent_by = t.Column<string>(maxLength: 120),
            received_at = t.Column<DateTime>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_shipments", x => x.id));
        migrationBuilder.CreateIndex("IX_shipments_number", "shipments", "number", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_shipments_hotspot_code_sent_at", "shipments", ["hotspot_code", "sent_at"], Schema);
        migrationBuilder.CreateIndex("IX_shipments_lab_code_sent_at", "shipments", ["lab_code", "sent_at"], Schema);
        migrationBuilder.CreateTable("pools", t => new
        {
            id = t.Column<Guid>(),
            number = t.Column<string>(maxLength: 15),
            lab_code = t.Column<string>(maxLength: 20),
            test_type = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            members = t.Column<int>(),
            made_at = t.Column<DateTime>(),
            made_by = t.Column<string>(maxLength: 120),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            resolved_at = t.Column<DateTime>(nullable: true),
            resolved_by = t.Column<string>(maxLength: 120, nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_pools", x => x.id));
        migrationBuilder.CreateIndex("IX_pools_number", "pools", "number", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_pools_lab_code_made_at", "pools", ["lab_code", "made_at"], Schema);
        migrationBuilder.CreateTable("slots", t => new
        {
            id = t.Column<Guid>(),
            hotspot_code = t.Column<string>(maxLength: 20),
            starts_at = t.Column<DateTime>(),
            minutes = t.Column<int>(),
            capacity = t.Column<int>(),
            booked = t.Column<int>(),
            closed = t.Column<bool>(),
            place = t.Column<string>(maxLength: 200),
            opening_id = t.Column<Guid>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_slots", x => x.id);
            t.ForeignKey("FK_slots_hotspots_hotspot_code", x => x.hotspot_code, "hotspots", "code", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_slots_hotspot_code_starts_at_place", "slots", ["hotspot_code", "starts_at", "place"], Schema, unique: true);
        migrationBuilder.CreateTable("accession_counters", t => new
        {
            lab_code = t.Column<string>(maxLength: 22),
            year = t.Column<int>(),
            last = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_accession_counters", x => new { x.lab_code, x.year }));
        migrationBuilder.CreateTable("swab_requests", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            fiscal_code = t.Column<string>(maxLength: 16, nullable: true),
            family_name = t.Column<string>(maxLength: 80),
            given_name = t.Column<string>(maxLength: 80),
            search_name = t.Column<string>(maxLength: 330),
            sex = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            birth_date = t.Column<DateOnly>(),
            asl_code = t.Column<string>(maxLength: 6),
            second_asl = t.Column<string>(maxLength: 6, nullable: true),
            gp_code = t.Column<string>(maxLength: 20, nullable: true),
            patient_as_of = t.Column<DateTime>(),
            test_type = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            reason = t.Column<string>(maxLength: 40),
            priority = t.Column<int>(),
            symptoms = t.Column<string>(maxLength: 200),
            symptoms_since = t.Column<DateOnly>(nullable: true),
            note = t.Column<string>(maxLength: 500, nullable: true),
            home_address = t.Column<string>(maxLength: FieldKeys.LengthOf(RequestSwab.AddressLength), unicode: false, nullable: true),
            home_phone = t.Column<string>(maxLength: FieldKeys.LengthOf(RequestSwab.PhoneLength), unicode: false, nullable: true),
            intervention = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            repeat_of = t.Column<Guid>(nullable: true),
            repeated_by = t.Column<Guid>(nullable: true),
            check_in_code = t.Column<string>(maxLength: 21),
            checked_in_at = t.Column<DateTime>(nullable: true),
            closure_id = t.Column<Guid>(nullable: true),
            shipment_id = t.Column<Guid>(nullable: true),
            pool_id = t.Column<Guid>(nullable: true),
            failure = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            requested_by = t.Column<Guid>(nullable: true),
            requester_name = t.Column<string>(maxLength: 120),
            requested_at = t.Column<DateTime>(),
            hotspot_code = t.Column<string>(maxLength: 20),
            slot_id = t.Column<Guid>(nullable: true),
            slot_at = t.Column<DateTime>(nullable: true),
            lab_code = t.Column<string>(maxLength: 20, nullable: true),
            accession_number = t.Column<string>(maxLength: 14, nullable: true),
            collected_at = t.Column<DateTime>(nullable: true),
            sent_at = t.Column<DateTime>(nullable: true),
            received_at = t.Column<DateTime>(nullable: true),
            reported_at = t.Column<DateTime>(nullable: true),
            report_id = t.Column<Guid>(nullable: true),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            open_for = t.Column<Guid>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_swab_requests", x => x.id);
            t.ForeignKey("FK_swab_requests_shipments_shipment_id", x => x.shipment_id, "shipments", "id", Schema, onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_swab_requests_pools_pool_id", x => x.pool_id, "pools", "id", Schema, onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_swab_requests_slots_slot_id", x => x.slot_id, "slots", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_swab_requests_open_for_test_type", "swab_requests", ["open_for", "test_type"], Schema, unique: true, filter: "open_for IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_accession_number", "swab_requests", "accession_number", Schema, unique: true, filter: "accession_number IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_check_in_code", "swab_requests", "check_in_code", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_swab_requests_shipment_id", "swab_requests", "shipment_id", Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_pool_id", "swab_requests", "pool_id", Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_closure_id", "swab_requests", "closure_id", Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_patient_id_lab_code_asl_code", "swab_requests", ["patient_id", "lab_code", "asl_code"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_fiscal_code", "swab_requests", "fiscal_code", Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_slot_id", "swab_requests", "slot_id", Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_asl_code_requested_at", "swab_requests", ["asl_code", "requested_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_gp_code_requested_at", "swab_requests", ["gp_code", "requested_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_requested_by_requested_at", "swab_requests", ["requested_by", "requested_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_hotspot_code_slot_at", "swab_requests", ["hotspot_code", "slot_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_lab_code_state_received_at", "swab_requests", ["lab_code", "state", "received_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_asl_code_slot_at", "swab_requests", ["asl_code", "slot_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_asl_code_search_name", "swab_requests", ["asl_code", "search_name"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_asl_code_state_requested_at", "swab_requests", ["asl_code", "state", "requested_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_second_asl_requested_at", "swab_requests", ["second_asl", "requested_at"], Schema, filter: "second_asl IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_second_asl_slot_at", "swab_requests", ["second_asl", "slot_at"], Schema, filter: "second_asl IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_second_asl_search_name", "swab_requests", ["second_asl", "search_name"], Schema, filter: "second_asl IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_second_asl_state_requested_at", "swab_requests", ["second_asl", "state", "requested_at"], Schema, filter: "second_asl IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_hotspot_code_requested_at", "swab_requests", ["hotspot_code", "requested_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_hotspot_code_state", "swab_requests", ["hotspot_code", "state"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_hotspot_code_search_name", "swab_requests", ["hotspot_code", "search_name"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_lab_code_requested_at", "swab_requests", ["lab_code", "requested_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_lab_code_slot_at", "swab_requests", ["lab_code", "slot_at"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_lab_code_search_name", "swab_requests", ["lab_code", "search_name"], Schema);
        migrationBuilder.CreateIndex("IX_swab_requests_asl_code_intervention", "swab_requests", ["asl_code", "intervention"], Schema, filter: "intervention IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_second_asl_intervention", "swab_requests", ["second_asl", "intervention"], Schema, filter: "intervention IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_gp_code_intervention", "swab_requests", ["gp_code", "intervention"], Schema, filter: "intervention IS NOT NULL");
        migrationBuilder.CreateIndex("IX_swab_requests_requested_by_intervention", "swab_requests", ["requested_by", "intervention"], Schema, filter: "intervention IS NOT NULL");
        migrationBuilder.CreateTable("request_asls", t => new
        {
            request_id = t.Column<Guid>(),
            asl_code = t.Column<string>(maxLength: 6, unicode: false),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_request_asls", x => new { x.request_id, x.asl_code });
            t.ForeignKey("FK_request_asls_swab_requests_request_id", x => x.request_id, "swab_requests", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_request_asls_asl_code_request_id", "request_asls", ["asl_code", "request_id"], Schema);
        migrationBuilder.CreateTable("request_moves", t => new
        {
            id = t.Column<Guid>(),
            request_id = t.Column<Guid>(),
            number = t.Column<int>(),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            at = t.Column<DateTime>(),
            actor_id = t.Column<Guid>(nullable: true),
            actor_name = t.Column<string>(maxLength: 120),
            note = t.Column<string>(maxLength: 200, nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_request_moves", x => x.id);
            t.ForeignKey("FK_request_moves_swab_requests_request_id", x => x.request_id, "swab_requests", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_request_moves_request_id_number", "request_moves", ["request_id", "number"], Schema);
    }
}
