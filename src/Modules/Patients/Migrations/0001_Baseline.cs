using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.Patients.Contracts;
using Platform.Patients.Doctors;
using Platform.Patients.Facts;
using Platform.Patients.Grants;
using Platform.Patients.Holds;
using Platform.Patients.Merges;
using Platform.Patients.Openings;
using Platform.Patients.People;
using Platform.Patients.Ties;

namespace Platform.Patients.Migrations;

[DbContext(typeof(PatientsDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = PatientsDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        migrationBuilder.CreateTable("doctors", t => new
        {
            code = t.Column<string>(maxLength: Doctor.CodeLength, unicode: false),
            fiscal_code = t.Column<string>(maxLength: 16, unicode: false, nullable: true),
            family_name = t.Column<string>(maxLength: Patient.NameLength),
            given_name = t.Column<string>(maxLength: Patient.NameLength),
            paediatrician = t.Column<bool>(),
            asl_code = t.Column<string>(maxLength: 6, unicode: false),
            municipality_istat = t.Column<string>(maxLength: 6, unicode: false),
            email = t.Column<string>(maxLength: Patient.EmailLength, nullable: true),
            list_limit = t.Column<int>(),
            ends_on = t.Column<DateOnly>(nullable: true),
            turns = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_doctors", x => x.code));
        migrationBuilder.CreateIndex("IX_doctors_asl_code_family_name", "doctors", ["asl_code", "family_name"], Schema);

        migrationBuilder.CreateTable("patients", t => new
        {
            id = t.Column<Guid>(),
            fiscal_code = t.Column<string>(maxLength: 16, unicode: false, nullable: true),
            family_name = t.Column<string>(maxLength: Patient.NameLength),
            given_name = t.Column<string>(maxLength: Patient.NameLength),
            family_search = t.Column<string>(maxLength: Patient.SearchLength),
            given_search = t.Column<string>(maxLength: Patient.SearchLength),
            search_name = t.Column<string>(maxLength: Patient.SearchNameLength),
            sex = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            birth_date = t.Column<DateOnly>(),
            birth_place_code = t.Column<string>(maxLength: 4, unicode: false, nullable: true),
            residence_istat = t.Column<string>(maxLength: 6, unicode: false),
            address = t.Column<string>(maxLength: FieldKeys.LengthOf(Patient.AddressLength), unicode: false, nullable: true),
            asl_code = t.Column<string>(maxLength: 6, unicode: false),
            domicile_istat = t.Column<string>(maxLength: 6, unicode: false, nullable: true),
            domicile_asl = t.Column<string>(maxLength: 6, unicode: false, nullable: true),
            email = t.Column<string>(maxLength: FieldKeys.LengthOf(Patient.EmailLength), unicode: false, nullable: true),
            phone = t.Column<string>(maxLength: FieldKeys.LengthOf(Patient.PhoneLength), unicode: false, nullable: true),
            gp_code = t.Column<string>(maxLength: Doctor.CodeLength, unicode: false, nullable: true),
            registered_at = t.Column<DateTime>(),
            died_on = t.Column<DateOnly>(nullable: true),
            merged_into = t.Column<Guid>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_patients", x => x.id));
        migrationBuilder.CreateIndex("IX_patients_fiscal_code", "patients", ["fiscal_code"], Schema, unique: true, filter: "fiscal_code IS NOT NULL");
        migrationBuilder.CreateIndex("IX_patients_birth_date", "patients", ["birth_date"], Schema);
        migrationBuilder.CreateIndex("IX_patients_asl_code_family_search_given_search", "patients", ["asl_code", "family_search", "given_search"], Schema);
        migrationBuilder.CreateIndex("IX_patients_gp_code_family_search_given_search", "patients", ["gp_code", "family_search", "given_search"], Schema);

        migrationBuilder.CreateIndex("IX_patients_asl_code_birth_date", "patients", ["asl_code", "birth_date"], Schema);
        migrationBuilder.CreateIndex("IX_patients_asl_code_fiscal_code", "patients", ["asl_code", "fiscal_code"], Schema);
        migrationBuilder.CreateIndex("IX_patients_asl_code_gp_code", "patients", ["asl_code", "gp_code"], Schema);
        migrationBuilder.CreateIndex("IX_patients_domicile_asl_family_search_given_search", "patients", ["domicile_asl", "family_search", "given_search"], Schema);
        migrationBuilder.CreateIndex("IX_patients_merged_into", "patients", ["merged_into"], Schema);

        migrationBuilder.CreateTable("identities", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            value = t.Column<string>(maxLength: PersonCode.Length, unicode: false),
            valid_from = t.Column<DateOnly>(),
            valid_to = t.Column<DateOnly>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_identities", x => x.id);
            t.ForeignKey("FK_identities_patients_patient_id", x => x.patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_identities_value", "identities", ["value"], Schema, unique: true);
        migrationBuilder.CreateIndex("IX_identities_patient_id", "identities", ["patient_id"], Schema);

        migrationBuilder.CreateTable("grants", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            asl_code = t.Column<string>(maxLength: 6, unicode: false),
            from_asl = t.Column<string>(maxLength: 6, unicode: false),
            reason = t.Column<string>(maxLength: Grant.ReasonLength),
            valid_from = t.Column<DateOnly>(),
            valid_to = t.Column<DateOnly>(),
            granted_at = t.Column<DateTime>(),
            granted_by = t.Column<Guid>(nullable: true),
            granted_by_name = t.Column<string>(maxLength: Story.ByNameLength),
            revoked_at = t.Column<DateTime>(nullable: true),
            revoked_by_name = t.Column<string>(maxLength: Story.ByNameLength, nullable: true),
            revoked_why = t.Column<string>(maxLength: Grant.ReasonLength, nullable: true),
            in_force = t.Column<bool>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_grants", x => x.id);
            t.ForeignKey("FK_grants_patients_patient_id", x => x.patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_grants_patient_id", "grants", ["patient_id"], Schema);
        migrationBuilder.CreateIndex("IX_grants_asl_code_in_force", "grants", ["asl_code", "in_force"], Schema);
        migrationBuilder.CreateIndex("IX_grants_from_asl", "grants", ["from_asl"], Schema);

        migrationBuilder.CreateTable("openings", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            by_id = t.Column<Guid>(),
            by_name = t.Column<string>(maxLength: Story.ByNameLength),
            by_roles = t.Column<string>(maxLength: Opening.RolesLength),
            reason = t.Column<string>(maxLength: Opening.ReasonLength),
            at = t.Column<DateTime>(),
            until = t.Column<DateTime>(),
            revoked_at = t.Column<DateTime>(nullable: true),
            revoked_by_name = t.Column<string>(maxLength: Story.ByNameLength, nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_openings", x => x.id);
            t.ForeignKey("FK_openings_patients_patient_id", x => x.patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_openings_patient_id", "openings", ["patient_id"], Schema);
        migrationBuilder.CreateIndex("IX_openings_by_id_until", "openings", ["by_id", "until"], Schema);
        migrationBuilder.CreateIndex("IX_openings_at", "openings", ["at"], Schema);

        migrationBuilder.CreateTable("grant_requests", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            fiscal_code = t.Column<string>(maxLength: 16, unicode: false),
            asl_code = t.Column<string>(maxLength: 6, unicode: false),
            reason = t.Column<string>(maxLength: Grant.ReasonLength),
            valid_from = t.Column<DateOnly>(),
            valid_to = t.Column<DateOnly>(),
            asked_at = t.Column<DateTime>(),
            asked_by = t.Column<Guid>(nullable: true),
            asked_by_name = t.Column<string>(maxLength: Story.ByNameLength),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            decided_at = t.Column<DateTime>(nullable: true),
            decided_by_name = t.Column<string>(maxLength: Story.ByNameLength, nullable: true),
            why = t.Column<string>(maxLength: Grant.ReasonLength, nullable: true),
            grant_id = t.Column<Guid>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_grant_requests", x => x.id);
            t.ForeignKey("FK_grant_requests_patients_patient_id", x => x.patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_grant_requests_patient_id", "grant_requests", "patient_id", Schema);
        migrationBuilder.CreateIndex("IX_grant_requests_asl_code_state", "grant_requests", ["asl_code", "state"], Schema);
        migrationBuilder.CreateIndex("IX_grant_requests_state_valid_to", "grant_requests", ["state", "valid_to"], Schema);

        migrationBuilder.CreateTable("retention_holds", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            reason = t.Column<string>(maxLength: RetentionHold.ReasonLength),
            at = t.Column<DateTime>(),
            by_name = t.Column<string>(maxLength: Story.ByNameLength),
            until = t.Column<DateOnly>(nullable: true),
            lifted_at = t.Column<DateTime>(nullable: true),
            lifted_by_name = t.Column<string>(maxLength: Story.ByNameLength, nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_retention_holds", x => x.id);
            t.ForeignKey("FK_retention_holds_patients_patient_id", x => x.patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_retention_holds_patient_id", "retention_holds", ["patient_id"], Schema);
        migrationBuilder.CreateIndex("IX_retention_holds_at", "retention_holds", ["at"], Schema);

        migrationBuilder.CreateTable("ties", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            proxy_patient_id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            valid_from = t.Column<DateOnly>(),
            valid_to = t.Column<DateOnly>(nullable: true),
            document = t.Column<string>(maxLength: Tie.DocumentLength),
            noted_at = t.Column<DateTime>(),
            noted_by_name = t.Column<string>(maxLength: Story.ByNameLength),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_ties", x => x.id);
            t.ForeignKey("FK_ties_patients_patient_id", x => x.patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_ties_patients_proxy_patient_id", x => x.proxy_patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_ties_patient_id", "ties", ["patient_id"], Schema);
        migrationBuilder.CreateIndex("IX_ties_proxy_patient_id", "ties", ["proxy_patient_id"], Schema);

        migrationBuilder.CreateTable("merges", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            merged_patient_id = t.Column<Guid>(),
            reason = t.Column<string>(maxLength: Merge.ReasonLength),
            at = t.Column<DateTime>(),
            by_id = t.Column<Guid>(nullable: true),
            by_name = t.Column<string>(maxLength: Story.ByNameLength),
            before = t.Column<string>(unicode: false),
        }, Schema, t => t.PrimaryKey("PK_merges", x => x.id));
        migrationBuilder.CreateIndex("IX_merges_patient_id", "merges", ["patient_id"], Schema);
        migrationBuilder.CreateIndex("IX_merges_merged_patient_id", "merges", ["merged_patient_id"], Schema, unique: true);

        migrationBuilder.CreateTable("facts", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            at = t.Column<DateTime>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            arguments = t.Column<string>(maxLength: PatientFact.ArgumentsLength),
            by_name = t.Column<string>(maxLength: Story.ByNameLength),
            from_asl = t.Column<string>(maxLength: 6, unicode: false, nullable: true),
            to_asl = t.Column<string>(maxLength: 6, unicode: false, nullable: true),
        }, Schema, t => t.PrimaryKey("PK_facts", x => x.id));
        migrationBuilder.CreateIndex("IX_facts_patient_id_at", "facts", ["patient_id", "at"], Schema);
        migrationBuilder.CreateIndex("IX_facts_from_asl_at", "facts", ["from_asl", "at"], Schema);
        migrationBuilder.CreateIndex("IX_facts_to_asl_at", "facts", ["to_asl", "at"], Schema);
        migrationBuilder.CreateTable("patient_words", t => new
        {
            patient_id = t.Column<Guid>(),
            word = t.Column<string>(maxLength: Patient.SearchLength, unicode: false),
            asl_code = t.Column<string>(maxLength: 6, unicode: false),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_patient_words", x => new { x.patient_id, x.word });
            t.ForeignKey("FK_patient_words_patients_patient_id", x => x.patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_patient_words_word_patient_id", "patient_words", ["word", "patient_id"], Schema);
        migrationBuilder.CreateIndex("IX_patient_words_asl_code_word_patient_id", "patient_words", ["asl_code", "word", "patient_id"], Schema);

        migrationBuilder.CreateTable("gp_assignments", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            doctor_code = t.Column<string>(maxLength: Doctor.CodeLength, unicode: false),
            valid_from = t.Column<DateOnly>(),
            valid_to = t.Column<DateOnly>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_gp_assignments", x => x.id);
            t.ForeignKey("FK_gp_assignments_doctors_doctor_code", x => x.doctor_code, "doctors", "code", Schema, onDelete: ReferentialAction.Restrict);
            t.ForeignKey("FK_gp_assignments_patients_patient_id", x => x.patient_id, "patients", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migrationBuilder.CreateIndex("IX_gp_assignments_patient_id", "gp_assignments", ["patient_id"], Schema, unique: true, filter: "valid_to IS NULL");
        migrationBuilder.CreateIndex("IX_gp_assignments_patient_id_valid_from", "gp_assignments", ["patient_id", "valid_from"], Schema);
        migrationBuilder.CreateIndex("IX_gp_assignments_doctor_code_valid_to", "gp_assignments", ["doctor_code", "valid_to"], Schema);
        migrationBuilder.CreateIndex("IX_gp_assignments_valid_from", "gp_assignments", ["valid_from"], Schema);
        migrationBuilder.CreateIndex("IX_gp_assignments_valid_to", "gp_assignments", ["valid_to"], Schema);

        migrationBuilder.CreateImportTables(Schema);
    }
}
