using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.QuickSwabs.Archive;

namespace Platform.QuickSwabs.Migrations;

[DbContext(typeof(QuickSwabsDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = QuickSwabsDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        Swabs(migrationBuilder);
        Citizens(migrationBuilder);
        Kits(migrationBuilder);
        Archive(migrationBuilder);
    }

    private static void Swabs(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("swabs", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(nullable: true),
            fiscal_code = t.Column<string>(maxLength: 16, nullable: true),
            family_name = t.Column<string>(maxLength: 80, nullable: true),
            given_name = t.Column<string>(maxLength: 80, nullable: true),
            search_name = t.Column<string>(maxLength: 161, nullable: true),
            birth_date = t.Column<DateOnly>(nullable: true),
            email = t.Column<string>(maxLength: FieldKeys.LengthOf(120), unicode: false, nullable: true),
            gp_code = t.Column<string>(maxLength: 6, nullable: true),
            asl_code = t.Column<string>(maxLength: 6),
            age = t.Column<int>(),
            point_code = t.Column<string>(maxLength: 20),
            point_kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            point_asl = t.Column<string>(maxLength: 6),
            device_jrc = t.Column<string>(maxLength: 10),
            device_name = t.Column<string>(maxLength: 282),
            lot = t.Column<string>(maxLength: 40),
            kit_expiry = t.Column<DateOnly>(),
            symptoms = t.Column<bool>(),
            symptoms_since = t.Column<DateOnly>(nullable: true),
            link = t.Column<bool>(),
            collected_at = t.Column<DateTime>(),
            readable_at = t.Column<DateTime>(),
            started_by = t.Column<Guid>(nullable: true),
            started_by_name = t.Column<string>(maxLength: 120),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            result = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            result_at = t.Column<DateTime>(nullable: true),
            meaning = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            request_id = t.Column<Guid>(nullable: true),
            told = t.Column<int>(),
            archived_at = t.Column<DateTime>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_swabs", x => x.id));
        migrationBuilder.CreateIndex("IX_swabs_point_code_collected_at", "swabs", ["point_code", "collected_at"], Schema);
        migrationBuilder.CreateIndex("IX_swabs_point_asl_collected_at", "swabs", ["point_asl", "collected_at"], Schema);
        migrationBuilder.CreateIndex("IX_swabs_asl_code_collected_at", "swabs", ["asl_code", "collected_at"], Schema);
        migrationBuilder.CreateIndex("IX_swabs_gp_code_collected_at", "swabs", ["gp_code", "collected_at"], Schema);
        migrationBuilder.CreateIndex("IX_swabs_state_readable_at", "swabs", ["state", "readable_at"], Schema);
        migrationBuilder.CreateIndex("IX_swabs_result_archived_at_result_at", "swabs", ["result", "archived_at", "result_at"], Schema);
        migrationBuilder.CreateIndex("IX_swabs_search_name", "swabs", "search_name", Schema);
        migrationBuilder.CreateIndex("IX_swabs_fiscal_code", "swabs", "fiscal_code", Schema);
        migrationBuilder.CreateIndex("IX_swabs_patient_id", "swabs", "patient_id", Schema);
        migrationBuilder.CreateTable("swab_versions", t => new
        {
            id = t.Column<Guid>(),
            swab_id = t.Column<Guid>(),
            number = t.Column<int>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            result = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            reason = t.Column<string>(maxLength: 200, nullable: true),
            at = t.Column<DateTime>(),
            by_id = t.Column<Guid>(nullable: true),
            by_name = t.Column<string>(maxLength: 120),
            verification_code = t.Column<string>(maxLength: 40, unicode: false),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_swab_versions", x => x.id);
            t.ForeignKey("FK_swab_versions_swabs_swab_id", x => x.swab_id, "swabs", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_swab_versions_swab_id_number", "swab_versions", ["swab_id", "number"], Schema, unique: true);
        migrationBuilder.CreateIndex("IX_swab_versions_verification_code", "swab_versions", "verification_code", Schema, unique: true);
        migrationBuilder.CreateTable("devices", t => new
        {
            jrc = t.Column<string>(maxLength: 10),
            maker = t.Column<string>(maxLength: 120),
            name = t.Column<string>(maxLength: 160),
            minutes = t.Column<int>(),
            valid_from = t.Column<DateOnly>(),
            valid_until = t.Column<DateOnly>(nullable: true),
            list_of = t.Column<DateOnly>(),
        }, Schema, t => t.PrimaryKey("PK_devices", x => x.jrc));
    }

    private static void Citizens(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("collection_codes", t => new
        {
            hash = t.Column<string>(maxLength: 64, unicode: false),
            swab_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(nullable: true),
            made_at = t.Column<DateTime>(),
            expires_at = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_collection_codes", x => x.hash));
        migrationBuilder.CreateIndex("IX_collection_codes_swab_id", "collection_codes", "swab_id", Schema);
        migrationBuilder.CreateCollectionAttempts(Schema);
        migrationBuilder.CreateTable("preregistrations", t => new
        {
            id = t.Column<Guid>(),
            code_hash = t.Column<string>(maxLength: 64, unicode: false),
            said = t.Column<string>(maxLength: FieldKeys.LengthOf(900), unicode: false),
            made_at = t.Column<DateTime>(),
            expires_at = t.Column<DateTime>(),
            swab_id = t.Column<Guid>(nullable: true),
            patient_id = t.Column<Guid>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_preregistrations", x => x.id));
        migrationBuilder.CreateIndex("IX_preregistrations_code_hash", "preregistrations", "code_hash", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_preregistrations_expires_at", "preregistrations", "expires_at", Schema);
    }

    private static void Kits(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("point_decisions", t => new
        {
            id = t.Column<Guid>(),
            point_code = t.Column<string>(maxLength: 20),
            point_asl = t.Column<string>(maxLength: 6),
            number = t.Column<int>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            reason = t.Column<string>(maxLength: 200),
            at = t.Column<DateTime>(),
            by_name = t.Column<string>(maxLength: 120),
        }, Schema, t => t.PrimaryKey("PK_point_decisions", x => x.id));
        migrationBuilder.CreateIndex("IX_point_decisions_point_code_number", "point_decisions", ["point_code", "number"], Schema, unique: true);
        migrationBuilder.CreateTable("kit_moves", t => new
        {
            id = t.Column<Guid>(),
            point_code = t.Column<string>(maxLength: 20),
            point_asl = t.Column<string>(maxLength: 6),
            device_jrc = t.Column<string>(maxLength: 10),
            lot = t.Column<string>(maxLength: 40),
            expiry = t.Column<DateOnly>(),
            quantity = t.Column<int>(),
            note = t.Column<string>(maxLength: 200),
            at = t.Column<DateTime>(),
            by_name = t.Column<string>(maxLength: 120),
        }, Schema, t => t.PrimaryKey("PK_kit_moves", x => x.id));
        migrationBuilder.CreateIndex("IX_kit_moves_point_code", "kit_moves", "point_code", Schema);
        migrationBuilder.CreateIndex("IX_kit_moves_point_asl", "kit_moves", "point_asl", Schema);
        migrationBuilder.CreateTable("supply_requests", t => new
        {
            id = t.Column<Guid>(),
            point_code = t.Column<string>(maxLength: 20),
            point_asl = t.Column<string>(maxLength: 6),
            quantity = t.Column<int>(),
            note = t.Column<string>(maxLength: 200),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            asked_at = t.Column<DateTime>(),
            asked_by_name = t.Column<string>(maxLength: 120),
            decided_at = t.Column<DateTime>(nullable: true),
            decided_by_name = t.Column<string>(maxLength: 120, nullable: true),
            decision_note = t.Column<string>(maxLength: 200, nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_supply_requests", x => x.id));
        migrationBuilder.CreateIndex("IX_supply_requests_point_code_asked_at", "supply_requests", ["point_code", "asked_at"], Schema);
        migrationBuilder.CreateIndex("IX_supply_requests_point_asl_asked_at", "supply_requests", ["point_asl", "asked_at"], Schema);
    }

    private static void Archive(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("archived_swabs", t => new
        {
            id = t.Column<Guid>(),
            finder = t.Column<string>(maxLength: 64, unicode: false),
            person = t.Column<string>(maxLength: FieldKeys.LengthOf(ArchivedSwab.PersonLength), unicode: false),
            collected_at = t.Column<DateTime>(),
            archived_at = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_archived_swabs", x => x.id));
        migrationBuilder.CreateIndex("IX_archived_swabs_finder", "archived_swabs", "finder", Schema);
        migrationBuilder.CreateIndex("IX_archived_swabs_archived_at", "archived_swabs", "archived_at", Schema);
        migrationBuilder.CreateTable("archive_keys", t => new
        {
            id = t.Column<Guid>(),
            secret = t.Column<string>(maxLength: FieldKeys.LengthOf(ArchiveKey.SecretLength), unicode: false),
        }, Schema, t => t.PrimaryKey("PK_archive_keys", x => x.id));
        migrationBuilder.CreateTable("archive_readings", t => new
        {
            id = t.Column<Guid>(),
            finder = t.Column<string>(maxLength: 64, unicode: false),
            reason = t.Column<string>(maxLength: FieldKeys.LengthOf(ArchiveReading.ReasonLength), unicode: false),
            asked_by = t.Column<Guid>(),
            asked_by_name = t.Column<string>(maxLength: 120),
            asked_at = t.Column<DateTime>(),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            decided_at = t.Column<DateTime>(nullable: true),
            decided_by_name = t.Column<string>(maxLength: 120, nullable: true),
            until = t.Column<DateTime>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_archive_readings", x => x.id));
        migrationBuilder.CreateIndex("IX_archive_readings_asked_at", "archive_readings", "asked_at", Schema);
    }
}
