using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Schools.Migrations;

/// <summary>What follows from decisions, in the baseline.</summary>
internal static class ActsBaseline
{
    public static void Acts(MigrationBuilder migrationBuilder, string schema)
    {
        migrationBuilder.CreateTable("class_standings", t => new
        {
            id = t.Column<Guid>(),
            case_id = t.Column<Guid>(),
            class_id = t.Column<Guid>(),
            class_name = t.Column<string>(maxLength: 94),
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            school_name = t.Column<string>(maxLength: 160),
            institute_code = t.Column<string>(maxLength: 10, unicode: false, nullable: true),
            asl_code = t.Column<string>(maxLength: 6),
            municipality_istat = t.Column<string>(maxLength: 6),
            level = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            mode = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            from = t.Column<DateOnly>(),
            until = t.Column<DateOnly>(),
            decided_at = t.Column<DateTime>(),
            end = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            ended_on = t.Column<DateOnly>(nullable: true),
            version = t.Column<int>(),
        }, schema, t => t.PrimaryKey("PK_class_standings", x => x.id));
        migrationBuilder.CreateIndex("IX_class_standings_school_code_from", "class_standings", ["school_code", "from"], schema);
        migrationBuilder.CreateIndex("IX_class_standings_institute_code_from", "class_standings", ["institute_code", "from"], schema);
        migrationBuilder.CreateIndex("IX_class_standings_asl_code_from", "class_standings", ["asl_code", "from"], schema);
        migrationBuilder.CreateIndex("IX_class_standings_end_until", "class_standings", ["end", "until"], schema);
        migrationBuilder.CreateIndex("IX_class_standings_case_id", "class_standings", "case_id", schema);
        migrationBuilder.CreateTable("class_tests", t => new
        {
            id = t.Column<Guid>(),
            standing_id = t.Column<Guid>(),
            test = t.Column<string>(maxLength: 10, unicode: false),
            asl_code = t.Column<string>(maxLength: 6),
            test_type = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            hotspot = t.Column<string>(maxLength: 20),
            place = t.Column<string>(maxLength: 200),
            at_school = t.Column<bool>(),
            from = t.Column<DateTime>(),
            to = t.Column<DateTime>(),
            per_quarter = t.Column<int>(),
            asked_by = t.Column<string>(maxLength: 120),
        }, schema, t => t.PrimaryKey("PK_class_tests", x => x.id));
        migrationBuilder.CreateIndex("IX_class_tests_standing_id_test", "class_tests", ["standing_id", "test"], schema, unique: true);
        migrationBuilder.CreateTable("tested_people", t => new
        {
            id = t.Column<Guid>(),
            test_id = t.Column<Guid>(),
            standing_id = t.Column<Guid>(),
            test = t.Column<string>(maxLength: 10, unicode: false),
            patient_id = t.Column<Guid>(),
            request_id = t.Column<Guid>(nullable: true),
            place = t.Column<string>(maxLength: 200, nullable: true),
            starts_at = t.Column<DateTime>(nullable: true),
            why = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            result_at = t.Column<DateTime>(nullable: true),
            clear = t.Column<bool>(nullable: true),
            found_by = t.Column<Guid>(nullable: true),
        }, schema, t => t.PrimaryKey("PK_tested_people", x => x.id));
        migrationBuilder.CreateIndex("IX_tested_people_test_id", "tested_people", "test_id", schema);
        migrationBuilder.CreateIndex("IX_tested_people_standing_id", "tested_people", "standing_id", schema);
        migrationBuilder.CreateIndex("IX_tested_people_patient_id_result_at", "tested_people", ["patient_id", "result_at"], schema);
        migrationBuilder.CreateIndex("IX_tested_people_request_id", "tested_people", "request_id", schema);
        migrationBuilder.CreateIndex("IX_tested_people_found_by", "tested_people", "found_by", schema);
        migrationBuilder.CreateTable("family_letters", t => new
        {
            id = t.Column<Guid>(),
            standing_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            asl_code = t.Column<string>(maxLength: 6),
            class_name = t.Column<string>(maxLength: 94),
            school_name = t.Column<string>(maxLength: 160),
            measure = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            from = t.Column<DateOnly>(),
            until = t.Column<DateOnly>(nullable: true),
            written_at = t.Column<DateTime>(),
            mailed_at = t.Column<DateTime>(nullable: true),
        }, schema, t => t.PrimaryKey("PK_family_letters", x => x.id));
        migrationBuilder.CreateIndex("IX_family_letters_standing_id_kind", "family_letters", ["standing_id", "kind"], schema);
        migrationBuilder.CreateIndex("IX_family_letters_patient_id", "family_letters", "patient_id", schema);
        migrationBuilder.CreateIndex("IX_family_letters_written_at", "family_letters", "written_at", schema);
        migrationBuilder.CreateTable("consents", t => new
        {
            id = t.Column<Guid>(),
            @for = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            occasion_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            class_id = t.Column<Guid>(),
            class_name = t.Column<string>(maxLength: 94),
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            school_name = t.Column<string>(maxLength: 160),
            asl_code = t.Column<string>(maxLength: 6),
            day = t.Column<DateOnly>(),
            due = t.Column<DateOnly>(),
            asked_at = t.Column<DateTime>(),
            answer = t.Column<bool>(nullable: true),
            answered_at = t.Column<DateTime>(nullable: true),
            answered_by = t.Column<string>(maxLength: 60, nullable: true),
            reminders = t.Column<int>(),
            reminded_at = t.Column<DateTime>(nullable: true),
        }, schema, t => t.PrimaryKey("PK_consents", x => x.id));
        migrationBuilder.CreateIndex("IX_consents_occasion_id_class_id", "consents", ["occasion_id", "class_id"], schema);
        migrationBuilder.CreateIndex("IX_consents_patient_id", "consents", "patient_id", schema);
        migrationBuilder.CreateIndex("IX_consents_answer_due", "consents", ["answer", "due"], schema);
        migrationBuilder.CreateIndex("IX_consents_day", "consents", "day", schema);
        migrationBuilder.CreateTable("sentinel_rounds", t => new
        {
            id = t.Column<Guid>(),
            name = t.Column<string>(maxLength: 120),
            asl_code = t.Column<string>(maxLength: 6),
            level = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            year = t.Column<int>(),
            seed = t.Column<string>(maxLength: 40),
            day = t.Column<DateOnly>(),
            due = t.Column<DateOnly>(),
            among = t.Column<int>(),
            drawn_at = t.Column<DateTime>(),
            drawn_by = t.Column<string>(maxLength: 120),
        }, schema, t => t.PrimaryKey("PK_sentinel_rounds", x => x.id));
        migrationBuilder.CreateIndex("IX_sentinel_rounds_asl_code_day", "sentinel_rounds", ["asl_code", "day"], schema);
        migrationBuilder.CreateTable("sentinel_classes", t => new
        {
            round_id = t.Column<Guid>(),
            class_id = t.Column<Guid>(),
            number = t.Column<int>(),
            class_name = t.Column<string>(maxLength: 94),
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            school_name = t.Column<string>(maxLength: 160),
            placed = t.Column<int>(),
        }, schema, t => t.PrimaryKey("PK_sentinel_classes", x => new { x.round_id, x.class_id }));
    }
}
