using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;

namespace Platform.Schools.Migrations;

/// <summary>Cases of classes and what is decided on them, in the baseline.</summary>
internal static class CasesBaseline
{
    public static void Cases(MigrationBuilder migrationBuilder, string schema)
    {
        migrationBuilder.CreateTable("cases", t => new
        {
            id = t.Column<Guid>(),
            class_id = t.Column<Guid>(),
            class_name = t.Column<string>(maxLength: 94),
            school_code = t.Column<string>(maxLength: 10, unicode: false),
            school_name = t.Column<string>(maxLength: 160),
            institute_code = t.Column<string>(maxLength: 10, unicode: false, nullable: true),
            asl_code = t.Column<string>(maxLength: 6),
            municipality_istat = t.Column<string>(maxLength: 6),
            level = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            opened_at = t.Column<DateTime>(),
            ended_at = t.Column<DateTime>(nullable: true),
            last_positive_on = t.Column<DateOnly>(),
            decided = t.Column<int>(),
            version = t.Column<int>(),
        }, schema, t => t.PrimaryKey("PK_cases", x => x.id));
        migrationBuilder.CreateIndex("IX_cases_asl_code_state_opened_at", "cases", ["asl_code", "state", "opened_at"], schema);
        migrationBuilder.CreateIndex("IX_cases_class_id_state", "cases", ["class_id", "state"], schema);
        migrationBuilder.CreateTable("case_positives", t => new
        {
            id = t.Column<Guid>(),
            case_id = t.Column<Guid>(),
            class_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            part = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            sampled_on = t.Column<DateOnly>(),
            last_in_class = t.Column<DateOnly>(),
            source = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            source_id = t.Column<Guid>(),
            source_version = t.Column<int>(),
            lost_at = t.Column<DateTime>(nullable: true),
            lost_why = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
        }, schema, t =>
        {
            t.PrimaryKey("PK_case_positives", x => x.id);
            t.ForeignKey("FK_case_positives_cases_case_id", x => x.case_id, "cases", "id", schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_case_positives_case_id", "case_positives", "case_id", schema);
        migrationBuilder.CreateIndex("IX_case_positives_patient_id", "case_positives", "patient_id", schema);
        migrationBuilder.CreateIndex("IX_case_positives_source_id", "case_positives", "source_id", schema);
        migrationBuilder.CreateIndex("IX_case_positives_class_id_sampled_on", "case_positives", ["class_id", "sampled_on"], schema);
        migrationBuilder.CreateTable("case_contacts", t => new
        {
            id = t.Column<Guid>(),
            case_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            part = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            last_exposure = t.Column<DateOnly>(),
            protection = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            protection_day = t.Column<DateOnly>(nullable: true),
            exempt = t.Column<bool>(),
        }, schema, t =>
        {
            t.PrimaryKey("PK_case_contacts", x => x.id);
            t.ForeignKey("FK_case_contacts_cases_case_id", x => x.case_id, "cases", "id", schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_case_contacts_case_id", "case_contacts", "case_id", schema);
        migrationBuilder.CreateIndex("IX_case_contacts_patient_id", "case_contacts", "patient_id", schema);
        migrationBuilder.CreateTable("decisions", t => new
        {
            id = t.Column<Guid>(),
            case_id = t.Column<Guid>(),
            number = t.Column<int>(),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            outcome = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            rule_set = t.Column<string>(maxLength: 20, unicode: false, nullable: true),
            cases = t.Column<int>(),
            measure = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            from = t.Column<DateOnly>(),
            until = t.Column<DateOnly>(),
            reason = t.Column<string>(maxLength: 500, nullable: true),
            decided_at = t.Column<DateTime>(),
            decided_by_id = t.Column<Guid>(nullable: true),
            decided_by = t.Column<string>(maxLength: 160),
            reopened_at = t.Column<DateTime>(nullable: true),
        }, schema, t =>
        {
            t.PrimaryKey("PK_decisions", x => x.id);
            t.ForeignKey("FK_decisions_cases_case_id", x => x.case_id, "cases", "id", schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_decisions_case_id_number", "decisions", ["case_id", "number"], schema, unique: true);
        migrationBuilder.CreateTable("person_measures", t => new
        {
            id = t.Column<Guid>(),
            decision_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            part = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            until = t.Column<DateOnly>(nullable: true),
            without_test_until = t.Column<DateOnly>(nullable: true),
            tests = t.Column<string>(maxLength: 100, unicode: false),
            protection = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            reason = t.Column<string>(maxLength: FieldKeys.LengthOf(500), unicode: false, nullable: true),
        }, schema, t =>
        {
            t.PrimaryKey("PK_person_measures", x => x.id);
            t.ForeignKey("FK_person_measures_decisions_decision_id", x => x.decision_id, "decisions", "id", schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_person_measures_decision_id", "person_measures", "decision_id", schema);
        migrationBuilder.CreateIndex("IX_person_measures_patient_id", "person_measures", "patient_id", schema);
    }
}
