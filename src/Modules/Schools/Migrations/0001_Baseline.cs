using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
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
        Register(migrationBuilder);
        People(migrationBuilder);
        ActsBaseline.Acts(migrationBuilder, Schema);
    }

    private static void Register(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("schools", t => new
        {
            code = t.Column<string>(maxLength: 10, unicode: false),
            name = t.Column<string>(maxLength: 160),
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
}
