using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Schools.Migrations;

[DbContext(typeof(SchoolsDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = SchoolsDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        migrationBuilder.CreateImportTables(Schema);
        Register(migrationBuilder);
        People(migrationBuilder);
        CasesBaseline.Cases(migrationBuilder, Schema);
        ActsBaseline.Acts(migrationBuilder, Schema);
        Lists(migrationBuilder);
        Reports(migrationBuilder);
    }

    private static void Register(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("schools", t => new
        {
            code = t.Column<string>(maxLength: 10, unicode: false),
            name = t.Column<string>(maxLength: 160),
            search_name = t.Column<string>(maxLength: 160),
            level = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            @private = t.Column<bool>(),
            institute_code = t.Column<string>(maxLength: 10, unicode: false, nullable: true),
            address = t.Column<string>(maxLength: 160),
            postal_code = t.Column<string>(maxLength: 5),
            municipality_istat = t.Column<string>(maxLength: 6),
            asl_code = t.Column<string>(maxLength: 6),
            email = t.Column<string>(maxLength: 120, nullable: true),
            year = t.Column<int>(),
            closed_on = t.Column<DateOnly>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_schools", x => x.code));
        migrationBuilder.CreateIndex("IX_schools_institute_code", "schools", "institute_code", Schema);
        migrationBuilder.CreateIndex("IX_schools_asl_code_name", "schools", ["asl_code", "name"], Schema);
        migrationBuilder.CreateTable("classes", t => new
        {
            id = t.Column<Guid>(),
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            year = t.Column<int>(),
            grade = t.Column<int>(),
            section = t.Column<string>(maxLength: 10),
            course = t.Column<string>(maxLength: 80),
            level = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            institute_code = t.Column<string>(maxLength: 10, unicode: false, nullable: true),
            asl_code = t.Column<string>(maxLength: 6),
            municipality_istat = t.Column<string>(maxLength: 6),
            closed_on = t.Column<DateOnly>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_classes", x => x.id));
        migrationBuilder.CreateIndex("IX_classes_school_code_year_grade_section_course", "classes", ["school_code", "year", "grade", "section", "course"], Schema, unique: true);
        migrationBuilder.CreateIndex("IX_classes_asl_code_year", "classes", ["asl_code", "year"], Schema);
    }

    private static void People(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("links", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            part = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            class_id = t.Column<Guid>(nullable: true),
            institute_code = t.Column<string>(maxLength: 10, unicode: false, nullable: true),
            asl_code = t.Column<string>(maxLength: 6),
            from = t.Column<DateOnly>(),
            until = t.Column<DateOnly>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_links", x => x.id));
        migrationBuilder.CreateIndex("IX_links_patient_id", "links", "patient_id", Schema);
        migrationBuilder.CreateIndex("IX_links_class_id_until", "links", ["class_id", "until"], Schema);
        migrationBuilder.CreateIndex("IX_links_school_code_until", "links", ["school_code", "until"], Schema);
    }
    private static void Lists(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("class_lists", t => new
        {
            id = t.Column<Guid>(),
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            institute_code = t.Column<string>(maxLength: 10, unicode: false, nullable: true),
            asl_code = t.Column<string>(maxLength: 6),
            year = t.Column<int>(),
            file_name = t.Column<string>(maxLength: 200),
            received_at = t.Column<DateTime>(),
            received_by = t.Column<string>(maxLength: 160),
            payload = t.Column<string>(unicode: false),
            lines = t.Column<int>(),
            applied_at = t.Column<DateTime>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_class_lists", x => x.id));
        migrationBuilder.CreateIndex("IX_class_lists_school_code_received_at", "class_lists", ["school_code", "received_at"], Schema);
        migrationBuilder.CreateTable("column_matches", t => new
        {
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            header = t.Column<string>(maxLength: 80),
            field = t.Column<string>(maxLength: 40, unicode: false),
        }, Schema, t => t.PrimaryKey("PK_column_matches", x => new { x.school_code, x.header }));
    }

    private static void Reports(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("reports", t => new
        {
            id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            institute_code = t.Column<string>(maxLength: 10, unicode: false, nullable: true),
            asl_code = t.Column<string>(maxLength: 6),
            class_id = t.Column<Guid>(nullable: true),
            patient_id = t.Column<Guid>(nullable: true),
            last_day = t.Column<DateOnly>(),
            absent = t.Column<int>(nullable: true),
            enrolled = t.Column<int>(nullable: true),
            reported_at = t.Column<DateTime>(),
            reported_by = t.Column<string>(maxLength: 160),
            closing = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            handled_at = t.Column<DateTime>(nullable: true),
            handled_by = t.Column<string>(maxLength: 160, nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_reports", x => x.id));
        migrationBuilder.CreateIndex("IX_reports_asl_code_state_reported_at", "reports", ["asl_code", "state", "reported_at"], Schema);
        migrationBuilder.CreateIndex("IX_reports_school_code_reported_at", "reports", ["school_code", "reported_at"], Schema);
        migrationBuilder.CreateIndex("IX_reports_patient_id", "reports", "patient_id", Schema);
        migrationBuilder.CreateTable("report_contacts", t => new
        {
            id = t.Column<Guid>(),
            report_id = t.Column<Guid>(),
            class_id = t.Column<Guid>(nullable: true),
            patient_id = t.Column<Guid>(),
            part = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_report_contacts", x => x.id);
            t.ForeignKey("FK_report_contacts_reports_report_id", x => x.report_id, "reports", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_report_contacts_report_id", "report_contacts", "report_id", Schema);
        migrationBuilder.CreateIndex("IX_report_contacts_patient_id", "report_contacts", "patient_id", Schema);
    }
}
