using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.Referti.Collection;
using Platform.Referti.Deliveries;
using Platform.Referti.LabMessages;
using Platform.Referti.Positives;
using Platform.Referti.Proposals;
using Platform.Referti.Reports;
using Platform.Referti.Unmatched;

namespace Platform.Referti.Migrations;

[DbContext(typeof(RefertiDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = RefertiDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        Reports(migrationBuilder);
        Messages(migrationBuilder);
        Proposals(migrationBuilder);
        Citizens(migrationBuilder);
        Times(migrationBuilder);
        Positives(migrationBuilder);
        migrationBuilder.CreateImportTables(Schema);
    }

    private static void Reports(MigrationBuilder migration)
    {
        migration.CreateTable("reports", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            family_name = t.Column<string>(maxLength: Report.NameLength),
            given_name = t.Column<string>(maxLength: Report.NameLength),
            fiscal_code = t.Column<string>(maxLength: 16, nullable: true),
            birth_date = t.Column<DateOnly>(),
            search_name = t.Column<string>(maxLength: Report.SearchLength),
            lab_code = t.Column<string>(maxLength: Report.LabCodeLength),
            accession_number = t.Column<string>(maxLength: Report.NumberLength, nullable: true),
            filler_number = t.Column<string>(maxLength: Report.NumberLength, nullable: true),
            sample_key = t.Column<string>(maxLength: Report.SampleKeyLength),
            request_id = t.Column<Guid>(nullable: true),
            requested_by = t.Column<Guid>(nullable: true),
            test_type = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            asl_code = t.Column<string>(maxLength: RefertiDb.ScopeLength),
            second_asl = t.Column<string>(maxLength: RefertiDb.ScopeLength, nullable: true),
            gp_code = t.Column<string>(maxLength: RefertiDb.ScopeLength, nullable: true),
            result = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            current_kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            current_version = t.Column<int>(),
            collected_at = t.Column<DateTime>(nullable: true),
            first_issued_at = t.Column<DateTime>(),
            issued_at = t.Column<DateTime>(),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_reports", x => x.id));
        migration.CreateIndex("IX_reports_lab_code_sample_key", "reports", ["lab_code", "sample_key"], Schema, unique: true);
        migration.CreateIndex("IX_reports_lab_code_filler_number", "reports", ["lab_code", "filler_number"], Schema);
        migration.CreateIndex("IX_reports_lab_code_issued_at", "reports", ["lab_code", "issued_at"], Schema);
        migration.CreateIndex("IX_reports_asl_code_issued_at", "reports", ["asl_code", "issued_at"], Schema);
        migration.CreateIndex("IX_reports_gp_code_issued_at", "reports", ["gp_code", "issued_at"], Schema);
        migration.CreateIndex("IX_reports_requested_by_issued_at", "reports", ["requested_by", "issued_at"], Schema);
        migration.CreateIndex("IX_reports_patient_id", "reports", "patient_id", Schema);
        migration.CreateIndex("IX_reports_request_id", "reports", "request_id", Schema);
        migration.CreateIndex("IX_reports_lab_code_search_name", "reports", ["lab_code", "search_name"], Schema);
        migration.CreateIndex("IX_reports_asl_code_search_name", "reports", ["asl_code", "search_name"], Schema);
        migration.CreateIndex("IX_reports_lab_code_result_issued_at", "reports", ["lab_code", "result", "issued_at"], Schema);
        migration.CreateIndex("IX_reports_asl_code_result_issued_at", "reports", ["asl_code", "result", "issued_at"], Schema);
        migration.CreateIndex("IX_reports_second_asl_issued_at", "reports", ["second_asl", "issued_at"], Schema, filter: "second_asl IS NOT NULL");
        migration.CreateIndex("IX_reports_second_asl_search_name", "reports", ["second_asl", "search_name"], Schema, filter: "second_asl IS NOT NULL");
        migration.CreateIndex("IX_reports_second_asl_result_issued_at", "reports", ["second_asl", "result", "issued_at"], Schema, filter: "second_asl IS NOT NULL");
        migration.CreateIndex("IX_reports_accession_number", "reports", ["accession_number"], Schema);
        migration.CreateIndex("IX_reports_fiscal_code", "reports", "fiscal_code", Schema);

        migration.CreateTable("report_asls", t => new
        {
            report_id = t.Column<Guid>(),
            asl_code = t.Column<string>(maxLength: 6, unicode: false),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_report_asls", x => new { x.report_id, x.asl_code });
            t.ForeignKey("FK_report_asls_reports_report_id", x => x.report_id, "reports", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migration.CreateIndex("IX_report_asls_asl_code_report_id", "report_asls", ["asl_code", "report_id"], Schema);

        migration.CreateTable("report_versions", t => new
        {
            id = t.Column<Guid>(),
            report_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            number = t.Column<int>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            result = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            test_type = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            test_code = t.Column<string>(maxLength: ReportVersion.CodeLength, nullable: true),
            device = t.Column<string>(maxLength: Hl7.CommonList.NumberLength, nullable: true),
            original_code = t.Column<string>(maxLength: ReportVersion.CodeLength, nullable: true),
            original_text = t.Column<string>(maxLength: ReportVersion.TextLength, nullable: true),
            specimen_code = t.Column<string>(maxLength: ReportVersion.CodeLength, nullable: true),
            specimen_text = t.Column<string>(maxLength: ReportVersion.TextLength, nullable: true),
            collected_at = t.Column<DateTime>(nullable: true),
            received_at = t.Column<DateTime>(nullable: true),
            reported_at = t.Column<DateTime>(nullable: true),
            details = t.Column<string>(maxLength: ReportVersion.DetailsLength, nullable: true),
            note = t.Column<string>(maxLength: ReportVersion.NoteLength, nullable: true),
            family_name = t.Column<string>(maxLength: Report.NameLength),
            given_name = t.Column<string>(maxLength: Report.NameLength),
            fiscal_code = t.Column<string>(maxLength: 16, nullable: true),
            birth_date = t.Column<DateOnly>(),
            sex = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            author_id = t.Column<Guid>(nullable: true),
            author_name = t.Column<string>(maxLength: Report.NameLength),
            entered_by_name = t.Column<string>(maxLength: Report.NameLength, nullable: true),
            reason = t.Column<string>(maxLength: ReportVersion.ReasonLength, nullable: true),
            source_message_id = t.Column<Guid>(nullable: true),
            source_index = t.Column<int>(nullable: true),
            issued_at = t.Column<DateTime>(),
            verification_code = t.Column<string>(maxLength: ReportVersion.VerificationCodeLength),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_report_versions", x => x.id);
            t.ForeignKey("FK_report_versions_reports_report_id", x => x.report_id, "reports", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_report_versions_report_id_number", "report_versions", ["report_id", "number"], Schema, unique: true);
        migration.CreateIndex("IX_report_versions_verification_code", "report_versions", "verification_code", Schema, unique: true);
        migration.CreateIndex("IX_report_versions_source_message_id", "report_versions", "source_message_id", Schema);
    }

    private static void Messages(MigrationBuilder migration)
    {
        migration.CreateTable("lab_messages", t => new
        {
            id = t.Column<Guid>(),
            lab_code = t.Column<string>(maxLength: Report.LabCodeLength),
            lab_asl = t.Column<string>(maxLength: RefertiDb.ScopeLength),
            sender_id = t.Column<Guid>(nullable: true),
            control_id = t.Column<string>(maxLength: LabMessage.ControlIdLength),
            content_hash = t.Column<string>(maxLength: Digest.Length),
            raw = t.Column<byte[]>(),
            received_at = t.Column<DateTime>(),
            answer = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            reading = t.Column<string>(),
            outcomes = t.Column<string>(),
            attempts = t.Column<int>(),
            try_again_at = t.Column<DateTime>(),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_lab_messages", x => x.id));
        migration.CreateIndex("IX_lab_messages_lab_code_control_id_content_hash", "lab_messages", ["lab_code", "control_id", "content_hash"], Schema, unique: true);
        migration.CreateIndex("IX_lab_messages_state_try_again_at", "lab_messages", ["state", "try_again_at"], Schema);
        migration.CreateIndex("IX_lab_messages_lab_code_received_at", "lab_messages", ["lab_code", "received_at"], Schema);
        migration.CreateIndex("IX_lab_messages_lab_asl_received_at", "lab_messages", ["lab_asl", "received_at"], Schema);

        migration.CreateTable("unmatched_reports", t => new
        {
            id = t.Column<Guid>(),
            message_id = t.Column<Guid>(),
            result_index = t.Column<int>(),
            lab_code = t.Column<string>(maxLength: Report.LabCodeLength),
            lab_asl = t.Column<string>(maxLength: RefertiDb.ScopeLength),
            reason_code = t.Column<string>(maxLength: WaitingReason.CodeLength),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            reading = t.Column<string>(),
            fiscal_code = t.Column<string>(maxLength: 16, nullable: true),
            search_name = t.Column<string>(maxLength: Report.SearchLength),
            birth_date = t.Column<DateOnly>(nullable: true),
            test_type = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            numbers = t.Column<string>(maxLength: UnmatchedReport.NumbersLength),
            received_at = t.Column<DateTime>(),
            patient_id = t.Column<Guid>(nullable: true),
            report_id = t.Column<Guid>(nullable: true),
            decided_at = t.Column<DateTime>(nullable: true),
            decided_by = t.Column<Guid>(nullable: true),
            decided_by_name = t.Column<string>(maxLength: Report.NameLength, nullable: true),
            note = t.Column<string>(maxLength: ReportVersion.ReasonLength, nullable: true),
            version = t.Column<int>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_unmatched_reports", x => x.id);
            t.ForeignKey("FK_unmatched_reports_lab_messages_message_id", x => x.message_id, "lab_messages", "id", Schema, onDelete: ReferentialAction.Restrict);
        });
        migration.CreateIndex("IX_unmatched_reports_message_id_result_index", "unmatched_reports", ["message_id", "result_index"], Schema, unique: true);
        migration.CreateIndex("IX_unmatched_reports_lab_code_state_received_at", "unmatched_reports", ["lab_code", "state", "received_at"], Schema);
        migration.CreateIndex("IX_unmatched_reports_lab_asl_state_received_at", "unmatched_reports", ["lab_asl", "state", "received_at"], Schema);
        migration.CreateIndex("IX_unmatched_reports_state_fiscal_code", "unmatched_reports", ["state", "fiscal_code"], Schema);
        migration.CreateIndex("IX_unmatched_reports_lab_code_state_reason_code", "unmatched_reports", ["lab_code", "state", "reason_code"], Schema);
    }

    private static void Proposals(MigrationBuilder migration)
    {
        migration.CreateTable("proposed_results", t => new
        {
            id = t.Column<Guid>(),
            act = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            lab_code = t.Column<string>(maxLength: Report.LabCodeLength),
            patient_id = t.Column<Guid>(),
            family_name = t.Column<string>(maxLength: Report.NameLength),
            given_name = t.Column<string>(maxLength: Report.NameLength),
            fiscal_code = t.Column<string>(maxLength: 16, nullable: true),
            birth_date = t.Column<DateOnly>(),
            accession_number = t.Column<string>(maxLength: Report.NumberLength, nullable: true),
            request_id = t.Column<Guid>(nullable: true),
            report_id = t.Column<Guid>(nullable: true),
            seen_version = t.Column<int>(nullable: true),
            test_type = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            result = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            collected_at = t.Column<DateTime>(nullable: true),
            received_at = t.Column<DateTime>(nullable: true),
            reported_at = t.Column<DateTime>(nullable: true),
            details = t.Column<string>(maxLength: ReportVersion.DetailsLength, nullable: true),
            note = t.Column<string>(maxLength: ReportVersion.NoteLength, nullable: true),
            reason = t.Column<string>(maxLength: ReportVersion.ReasonLength, nullable: true),
            proposed_by = t.Column<Guid>(nullable: true),
            proposed_by_name = t.Column<string>(maxLength: Report.NameLength),
            proposed_at = t.Column<DateTime>(),
            decided_by = t.Column<Guid>(nullable: true),
            decided_by_name = t.Column<string>(maxLength: Report.NameLength, nullable: true),
            decided_at = t.Column<DateTime>(nullable: true),
            why = t.Column<string>(maxLength: ReportVersion.ReasonLength, nullable: true),
            open_key = t.Column<string>(maxLength: ProposedResult.OpenKeyLength),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_proposed_results", x => x.id));
        migration.CreateIndex("IX_proposed_results_open_key", "proposed_results", "open_key", Schema, unique: true);
        migration.CreateIndex("IX_proposed_results_lab_code_state_proposed_at", "proposed_results", ["lab_code", "state", "proposed_at"], Schema);
        migration.CreateIndex("IX_proposed_results_request_id", "proposed_results", "request_id", Schema);
        migration.CreateIndex("IX_proposed_results_patient_id", "proposed_results", "patient_id", Schema);
    }

    private static void Citizens(MigrationBuilder migration)
    {
        migration.CreateTable("collection_codes", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            request_id = t.Column<Guid>(nullable: true),
            report_id = t.Column<Guid>(nullable: true),
            hash = t.Column<string>(maxLength: Digest.Length),
            made_at = t.Column<DateTime>(),
            expires_at = t.Column<DateTime>(),
            made_for = t.Column<string>(maxLength: CollectionCode.MadeForLength),
        }, Schema, t => t.PrimaryKey("PK_collection_codes", x => x.id));
        migration.CreateIndex("IX_collection_codes_hash", "collection_codes", "hash", Schema, unique: true);
        migration.CreateIndex("IX_collection_codes_patient_id", "collection_codes", "patient_id", Schema);
        migration.CreateIndex("IX_collection_codes_expires_at", "collection_codes", "expires_at", Schema);

        migration.CreateCollectionAttempts(Schema);

        migration.CreateTable("citizen_sessions", t => new
        {
            id = t.Column<Guid>(),
            opened_at = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_citizen_sessions", x => x.id));
        migration.CreateIndex("IX_citizen_sessions_opened_at", "citizen_sessions", "opened_at", Schema);

        migration.CreateTable("deliveries", t => new
        {
            id = t.Column<Guid>(),
            report_id = t.Column<Guid>(),
            report_version = t.Column<int>(),
            patient_id = t.Column<Guid>(),
            asl_code = t.Column<string>(maxLength: RefertiDb.ScopeLength),
            channel = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            recipient = t.Column<string>(maxLength: Delivery.RecipientLength),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            mail_id = t.Column<Guid>(nullable: true),
            attempts = t.Column<int>(),
            created_at = t.Column<DateTime>(),
            settled_at = t.Column<DateTime>(nullable: true),
            error = t.Column<string>(maxLength: Delivery.ErrorLength, nullable: true),
            run_id = t.Column<Guid>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_deliveries", x => x.id));
        migration.CreateIndex("IX_deliveries_report_id", "deliveries", "report_id", Schema);
        migration.CreateIndex("IX_deliveries_patient_id", "deliveries", "patient_id", Schema);
        migration.CreateIndex("IX_deliveries_mail_id", "deliveries", "mail_id", Schema);
        migration.CreateIndex("IX_deliveries_run_id", "deliveries", "run_id", Schema);
        migration.CreateIndex("IX_deliveries_asl_code_state_created_at", "deliveries", ["asl_code", "state", "created_at"], Schema);

        migration.CreateTable("letter_runs", t => new
        {
            id = t.Column<Guid>(),
            asl_code = t.Column<string>(maxLength: RefertiDb.ScopeLength),
            at = t.Column<DateTime>(),
            by_name = t.Column<string>(maxLength: Report.NameLength),
            letters = t.Column<int>(),
            times = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_letter_runs", x => x.id));
        migration.CreateIndex("IX_letter_runs_asl_code_at", "letter_runs", ["asl_code", "at"], Schema);
    }

    private static void Positives(MigrationBuilder migration)
    {
        migration.CreateTable("positivities", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            family_name = t.Column<string>(maxLength: Report.NameLength),
            given_name = t.Column<string>(maxLength: Report.NameLength),
            search_name = t.Column<string>(maxLength: Report.SearchLength),
            fiscal_code = t.Column<string>(maxLength: 16, unicode: false, nullable: true),
            birth_date = t.Column<DateOnly>(),
            address = t.Column<string>(maxLength: FieldKeys.LengthOf(Positivity.AddressLength), unicode: false, nullable: true),
            residence_istat = t.Column<string>(maxLength: 6, unicode: false),
            residence_province = t.Column<string>(maxLength: 2, unicode: false),
            domicile_istat = t.Column<string>(maxLength: 6, unicode: false, nullable: true),
            domicile_province = t.Column<string>(maxLength: 2, unicode: false, nullable: true),
            since = t.Column<DateOnly>(),
            last_on = t.Column<DateOnly>(),
            ended_on = t.Column<DateOnly>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_positivities", x => x.id));
        migration.CreateIndex("IX_positivities_patient_id", "positivities", "patient_id", Schema);
        migration.CreateIndex("IX_positivities_residence_istat_ended_on_search_name", "positivities", ["residence_istat", "ended_on", "search_name"], Schema);
        migration.CreateIndex("IX_positivities_domicile_istat_ended_on_search_name", "positivities", ["domicile_istat", "ended_on", "search_name"], Schema, filter: "domicile_istat IS NOT NULL");
        migration.CreateIndex("IX_positivities_residence_province_ended_on_search_name", "positivities", ["residence_province", "ended_on", "search_name"], Schema);
        migration.CreateIndex("IX_positivities_domicile_province_ended_on_search_name", "positivities", ["domicile_province", "ended_on", "search_name"], Schema, filter: "domicile_province IS NOT NULL");
        migration.CreateIndex("IX_positivities_since", "positivities", "since", Schema);
    }

    private static void Times(MigrationBuilder migration)
    {
        migration.CreateTable("sample_times", t => new
        {
            id = t.Column<Guid>(),
            lab_code = t.Column<string>(maxLength: Report.LabCodeLength),
            lab_asl = t.Column<string>(maxLength: RefertiDb.ScopeLength),
            collected_at = t.Column<DateTime>(nullable: true),
            received_at = t.Column<DateTime>(nullable: true),
            released_at = t.Column<DateTime>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_sample_times", x => x.id));
        migration.CreateIndex("IX_sample_times_lab_code_released_at", "sample_times", ["lab_code", "released_at"], Schema);
        migration.CreateIndex("IX_sample_times_lab_asl_released_at", "sample_times", ["lab_asl", "released_at"], Schema);
        migration.CreateIndex("IX_sample_times_released_at", "sample_times", "released_at", Schema);
    }
}
