using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Imports;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.UserManagement.AccessLinks;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.Alarms;
using Platform.UserManagement.ApiClients;
using Platform.UserManagement.AuditLog;
using Platform.UserManagement.Extractions;
using Platform.UserManagement.Passkeys;
using Platform.UserManagement.SecondFactor;
using Platform.UserManagement.Sessions;
using Platform.UserManagement.UsedTokens;

namespace Platform.UserManagement.Migrations;

[DbContext(typeof(UserManagementDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = UserManagementDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        migrationBuilder.CreateImportTables(Schema);
        migrationBuilder.CreateTable("accounts", t => new
        {
            id = t.Column<Guid>(),
            display_name = t.Column<string>(maxLength: Account.DisplayNameLength),
            search_name = t.Column<string>(maxLength: Account.SearchNameLength),
            language = t.Column<string>(maxLength: 2),
            created_at = t.Column<DateTime>(),
            deactivated_at = t.Column<DateTime>(nullable: true),
            last_sign_in_at = t.Column<DateTime>(nullable: true),
            must_change_password = t.Column<bool>(),
            password_expires_at = t.Column<DateTime>(nullable: true),
            totp_secret = t.Column<string>(maxLength: FieldKeys.LengthOf(Account.TotpSecretLength), unicode: false, nullable: true),
            totp_step = t.Column<long>(),
            has_passkey = t.Column<bool>(),
            fiscal_code = t.Column<string>(maxLength: Account.FiscalCodeLength, unicode: false, nullable: true),
            user_name = t.Column<string>(maxLength: Account.UserNameLength),
            normalized_user_name = t.Column<string>(maxLength: Account.UserNameLength),
            email = t.Column<string>(maxLength: Account.EmailLength),
            normalized_email = t.Column<string>(maxLength: Account.EmailLength),
            email_confirmed = t.Column<bool>(),
            password_hash = t.Column<string>(maxLength: 200, nullable: true),
            security_stamp = t.Column<string>(maxLength: 64, nullable: true),
            concurrency_stamp = t.Column<string>(maxLength: 64, nullable: true),
            phone_number = t.Column<string>(maxLength: 30, nullable: true),
            phone_number_confirmed = t.Column<bool>(),
            two_factor_enabled = t.Column<bool>(),
            lockout_end = t.Column<DateTime>(nullable: true),
            lockout_enabled = t.Column<bool>(),
            access_failed_count = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_accounts", x => x.id));
        migrationBuilder.CreateIndex("IX_accounts_normalized_user_name", "accounts", "normalized_user_name", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_accounts_normalized_email", "accounts", "normalized_email", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_accounts_fiscal_code", "accounts", "fiscal_code", Schema, unique: true, filter: "fiscal_code IS NOT NULL");
        migrationBuilder.CreateIndex("IX_accounts_search_name", "accounts", "search_name", Schema);

        migrationBuilder.CreateTable("assignments", t => new
        {
            id = t.Column<Guid>(),
            account_id = t.Column<Guid>(),
            role = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            scope_kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            scope_code = t.Column<string>(maxLength: AssignmentRow.ScopeCodeLength),
            valid_from = t.Column<DateOnly>(),
            valid_to = t.Column<DateOnly>(nullable: true),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            given_by = t.Column<Guid>(nullable: true),
            given_at = t.Column<DateTime>(),
            decided_by = t.Column<Guid>(nullable: true),
            decided_at = t.Column<DateTime>(nullable: true),
            delegated_by = t.Column<Guid>(nullable: true),
            warned_days = t.Column<int>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_assignments", x => x.id);
            t.ForeignKey("FK_assignments_accounts_account_id", x => x.account_id, "accounts", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_assignments_account_id", "assignments", "account_id", Schema);
        migrationBuilder.CreateIndex("IX_assignments_delegated_by", "assignments", "delegated_by", Schema);
        migrationBuilder.CreateIndex("IX_assignments_state_valid_to", "assignments", ["state", "valid_to"], Schema);
        migrationBuilder.CreateIndex("IX_assignments_scope_kind_scope_code", "assignments", ["scope_kind", "scope_code"], Schema);

        migrationBuilder.CreateTable("recovery_codes", t => new
        {
            id = t.Column<Guid>(),
            account_id = t.Column<Guid>(),
            hash = t.Column<string>(maxLength: Digest.Length),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_recovery_codes", x => x.id);
            t.ForeignKey("FK_recovery_codes_accounts_account_id", x => x.account_id, "accounts", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_recovery_codes_account_id_hash", "recovery_codes", ["account_id", "hash"], Schema, unique: true);

        migrationBuilder.CreateTable("access_links", t => new
        {
            id = t.Column<Guid>(),
            account_id = t.Column<Guid>(),
            purpose = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            token_hash = t.Column<string>(maxLength: Digest.Length),
            email = t.Column<string>(maxLength: FieldKeys.LengthOf(Account.EmailLength), unicode: false, nullable: true),
            created_at = t.Column<DateTime>(),
            expires_at = t.Column<DateTime>(),
            used_at = t.Column<DateTime>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_access_links", x => x.id);
            t.ForeignKey("FK_access_links_accounts_account_id", x => x.account_id, "accounts", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_access_links_token_hash", "access_links", "token_hash", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_access_links_account_id", "access_links", "account_id", Schema);

        migrationBuilder.CreateTable("passkeys", t => new
        {
            id = t.Column<Guid>(),
            account_id = t.Column<Guid>(),
            credential_id = t.Column<byte[]>(maxLength: Passkey.CredentialLength),
            credential_hash = t.Column<string>(maxLength: Digest.Length),
            public_key = t.Column<byte[]>(maxLength: Passkey.PublicKeyLength),
            name = t.Column<string>(maxLength: Passkey.NameLength),
            created_at = t.Column<DateTime>(),
            last_used_at = t.Column<DateTime>(nullable: true),
            sign_count = t.Column<long>(),
            transports = t.Column<string>(maxLength: Passkey.TransportsLength),
            backup_eligible = t.Column<bool>(),
            backed_up = t.Column<bool>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_passkeys", x => x.id);
            t.ForeignKey("FK_passkeys_accounts_account_id", x => x.account_id, "accounts", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_passkeys_credential_hash", "passkeys", "credential_hash", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_passkeys_account_id", "passkeys", "account_id", Schema);

        migrationBuilder.CreateTable("told_alarms", t => new
        {
            code = t.Column<string>(maxLength: ToldAlarm.CodeLength),
            id = t.Column<Guid>(),
            since = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_told_alarms", x => x.code));

        migrationBuilder.CreateTable("used_tokens", t => new
        {
            key = t.Column<string>(maxLength: Digest.Length),
            expires_at = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_used_tokens", x => x.key));
        migrationBuilder.CreateIndex("IX_used_tokens_expires_at", "used_tokens", "expires_at", Schema);

        migrationBuilder.CreateTable("sessions", t => new
        {
            id = t.Column<Guid>(),
            account_id = t.Column<Guid>(),
            stamp = t.Column<string>(maxLength: 64),
            opened_at = t.Column<DateTime>(),
            seen_at = t.Column<DateTime>(),
            proved_at = t.Column<DateTime>(),
            address = t.Column<string>(maxLength: SignInRow.AddressLength, nullable: true),
            browser = t.Column<string>(maxLength: OpenSession.BrowserLength),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_sessions", x => x.id);
            t.ForeignKey("FK_sessions_accounts_account_id", x => x.account_id, "accounts", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_sessions_account_id_seen_at", "sessions", ["account_id", "seen_at"], Schema);
        migrationBuilder.CreateIndex("IX_sessions_seen_at", "sessions", "seen_at", Schema);

        migrationBuilder.CreateTable("sign_ins", t => new
        {
            id = t.Column<Guid>(),
            account_id = t.Column<Guid>(),
            at = t.Column<DateTime>(),
            address = t.Column<string>(maxLength: SignInRow.AddressLength, nullable: true),
            succeeded = t.Column<bool>(),
        }, Schema, t => t.PrimaryKey("PK_sign_ins", x => x.id));
        migrationBuilder.CreateIndex("IX_sign_ins_account_id_at", "sign_ins", ["account_id", "at"], Schema);
        migrationBuilder.CreateIndex("IX_sign_ins_at", "sign_ins", "at", Schema);

        migrationBuilder.CreateTable("api_clients", t => new
        {
            id = t.Column<Guid>(),
            name = t.Column<string>(maxLength: ApiClient.NameLength),
            role = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            created_at = t.Column<DateTime>(),
            last_used_on = t.Column<DateOnly>(nullable: true),
            revoked_at = t.Column<DateTime>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_api_clients", x => x.id));
        migrationBuilder.CreateIndex("IX_api_clients_name", "api_clients", "name", Schema, unique: true);
        migrationBuilder.CreateTable("api_client_scopes", t => new
        {
            client_id = t.Column<Guid>(),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            code = t.Column<string>(maxLength: AssignmentRow.ScopeCodeLength),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_api_client_scopes", x => new { x.client_id, x.kind, x.code });
            t.ForeignKey("FK_api_client_scopes_api_clients_client_id", x => x.client_id, "api_clients", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_api_client_scopes_kind_code", "api_client_scopes", ["kind", "code"], Schema);
        migrationBuilder.CreateTable("api_keys", t => new
        {
            id = t.Column<Guid>(),
            client_id = t.Column<Guid>(),
            prefix = t.Column<string>(maxLength: ApiKey.PrefixLength),
            hash = t.Column<string>(maxLength: Digest.Length),
            created_at = t.Column<DateTime>(),
            ends_at = t.Column<DateTime>(nullable: true),
            last_used_on = t.Column<DateOnly>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_api_keys", x => x.id);
            t.ForeignKey("FK_api_keys_api_clients_client_id", x => x.client_id, "api_clients", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_api_keys_prefix", "api_keys", "prefix", Schema);
        migrationBuilder.CreateIndex("IX_api_keys_client_id", "api_keys", "client_id", Schema);
        migrationBuilder.CreateTable("signing_keys", t => new
        {
            id = t.Column<Guid>(),
            client_id = t.Column<Guid>(),
            kid = t.Column<string>(maxLength: SigningKey.KidLength),
            pem = t.Column<string>(maxLength: SigningKey.PemLength),
            created_at = t.Column<DateTime>(),
            revoked_at = t.Column<DateTime>(nullable: true),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_signing_keys", x => x.id);
            t.ForeignKey("FK_signing_keys_api_clients_client_id", x => x.client_id, "api_clients", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateIndex("IX_signing_keys_kid", "signing_keys", "kid", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_signing_keys_client_id", "signing_keys", "client_id", Schema);

        // The order of the columns leaves no gaps between them on PostgreSQL.
        migrationBuilder.CreateTable("audit_lines", t => new
        {
            at = t.Column<DateTime>(),
            sequence = t.Column<long>(),
            subject_id = t.Column<Guid>(),
            trace = t.Column<Guid>(nullable: true),
            actor = t.Column<int>(),
            guise = t.Column<int>(),
            act = t.Column<short>(),
            mark = t.Column<short>(),
            hash = t.Column<byte[]>(maxLength: AuditLine.HashLength),
        }, Schema, t => t.PrimaryKey("PK_audit_lines", x => new { x.at, x.sequence }));
        AuditMonths.Part(migrationBuilder);
        migrationBuilder.CreateIndex("IX_audit_lines_subject_id_at", "audit_lines", ["subject_id", "at"], Schema);
        migrationBuilder.CreateIndex("IX_audit_lines_actor_at", "audit_lines", ["actor", "at"], Schema);
        migrationBuilder.CreateIndex("IX_audit_lines_sequence", "audit_lines", "sequence", Schema)
            .Annotation("Npgsql:IndexMethod", "brin").Annotation("Npgsql:StorageParameter:autosummarize", true);
        migrationBuilder.CreateTable("audit_actors", t => new
        {
            id = t.Column<int>(),
            digest = t.Column<byte[]>(maxLength: AuditLine.HashLength),
            actor_id = t.Column<Guid>(nullable: true),
            name = t.Column<string>(maxLength: AuditActor.NameLength),
        }, Schema, t => t.PrimaryKey("PK_audit_actors", x => x.id));
        migrationBuilder.CreateIndex("IX_audit_actors_digest", "audit_actors", "digest", Schema, unique: true);
        migrationBuilder.CreateIndex("IX_audit_actors_actor_id", "audit_actors", "actor_id", Schema);
        migrationBuilder.CreateIndex("IX_audit_actors_name", "audit_actors", "name", Schema);
        migrationBuilder.CreateTable("audit_guises", t => new
        {
            id = t.Column<int>(),
            digest = t.Column<byte[]>(maxLength: AuditLine.HashLength),
            acting_as = t.Column<string>(maxLength: AuditGuise.ActingAsLength, unicode: false, nullable: true),
            address = t.Column<string>(maxLength: SignInRow.AddressLength, nullable: true),
            why = t.Column<string>(maxLength: AuditGuise.WhyLength, nullable: true),
        }, Schema, t => t.PrimaryKey("PK_audit_guises", x => x.id));
        migrationBuilder.CreateIndex("IX_audit_guises_digest", "audit_guises", "digest", Schema, unique: true);
        migrationBuilder.CreateTable("audit_acts", t => new
        {
            id = t.Column<int>(),
            digest = t.Column<byte[]>(maxLength: AuditLine.HashLength),
            action = t.Column<string>(maxLength: AuditAct.ActionLength),
            what = t.Column<string>(maxLength: AuditAct.WhatLength),
            fields = t.Column<string>(maxLength: AuditAct.FieldsLength, unicode: false, nullable: true),
            subject = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
        }, Schema, t => t.PrimaryKey("PK_audit_acts", x => x.id));
        migrationBuilder.CreateIndex("IX_audit_acts_digest", "audit_acts", "digest", Schema, unique: true);
        migrationBuilder.CreateTable("merged_patients", t => new
        {
            merged_patient_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
        }, Schema, t => t.PrimaryKey("PK_merged_patients", x => x.merged_patient_id));
        migrationBuilder.CreateIndex("IX_merged_patients_patient_id", "merged_patients", "patient_id", Schema);
        migrationBuilder.CreateTable("audit_head", t => new
        {
            id = t.Column<int>(),
            sequence = t.Column<long>(),
            hash = t.Column<byte[]>(maxLength: AuditLine.HashLength),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_audit_head", x => x.id));

        migrationBuilder.CreateTable("audit_archived", t => new
        {
            id = t.Column<Guid>(),
            from_sequence = t.Column<long>(),
            to_sequence = t.Column<long>(),
            previous_hash = t.Column<byte[]>(maxLength: AuditLine.HashLength),
            hash = t.Column<byte[]>(maxLength: AuditLine.HashLength),
            file = t.Column<string>(maxLength: ArchivedLines.FileLength),
            file_hash = t.Column<string>(maxLength: Digest.Length),
            at = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_audit_archived", x => x.id));
        migrationBuilder.CreateIndex("IX_audit_archived_from_sequence", "audit_archived", "from_sequence", Schema);

        migrationBuilder.CreateTable("extractions", t => new
        {
            id = t.Column<Guid>(),
            asked_by_id = t.Column<Guid>(),
            asked_by_name = t.Column<string>(maxLength: Extraction.NameLength),
            asked_at = t.Column<DateTime>(),
            purpose = t.Column<string>(maxLength: Extraction.PurposeLength),
            from = t.Column<DateOnly>(),
            to = t.Column<DateOnly>(),
            kinds = t.Column<string>(maxLength: Extraction.KindsLength),
            format = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            project = t.Column<string>(maxLength: Extraction.ProjectLength, nullable: true),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            decided_by_name = t.Column<string>(maxLength: Extraction.NameLength, nullable: true),
            decided_at = t.Column<DateTime>(nullable: true),
            why = t.Column<string>(maxLength: Extraction.WhyLength, nullable: true),
            making_since = t.Column<DateTime>(nullable: true),
            rows = t.Column<int>(),
            people = t.Column<int>(),
            coarser = t.Column<int>(),
            ready_at = t.Column<DateTime>(nullable: true),
            expires_at = t.Column<DateTime>(nullable: true),
            version = t.Column<int>(),
        }, Schema, t => t.PrimaryKey("PK_extractions", x => x.id));
        migrationBuilder.CreateIndex("IX_extractions_asked_by_id_asked_at", "extractions", ["asked_by_id", "asked_at"], Schema);
        migrationBuilder.CreateIndex("IX_extractions_state_expires_at", "extractions", ["state", "expires_at"], Schema);
        migrationBuilder.CreateTable("extraction_parts", t => new
        {
            extraction_id = t.Column<Guid>(),
            number = t.Column<int>(),
            content = t.Column<byte[]>(),
        }, Schema, t =>
        {
            t.PrimaryKey("PK_extraction_parts", x => new { x.extraction_id, x.number });
            t.ForeignKey("FK_extraction_parts_extractions_extraction_id", x => x.extraction_id, "extractions", "id", Schema, onDelete: ReferentialAction.Cascade);
        });
        migrationBuilder.CreateTable("extraction_keys", t => new
        {
            project = t.Column<string>(maxLength: Extraction.ProjectLength),
            key = t.Column<string>(maxLength: ProjectKey.KeyLength),
            allowed_by = t.Column<string>(maxLength: Extraction.NameLength),
            at = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_extraction_keys", x => x.project));

        migrationBuilder.CreateTable("protection_keys", t => new
        {
            id = t.Column<Guid>(),
            name = t.Column<string>(maxLength: ProtectionKey.NameLength),
            xml = t.Column<string>(unicode: false),
            at = t.Column<DateTime>(),
        }, Schema, t => t.PrimaryKey("PK_protection_keys", x => x.id));
    }
}
