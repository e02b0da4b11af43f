using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Security;
using Platform.Certificates.Collection;
using Platform.Certificates.Issuing;

namespace Platform.Certificates.Migrations;

internal static class IssuingColumns
{
    public static void CreateIssuing(this MigrationBuilder migration, string schema)
    {
        migration.CreateTable("occasions", t => new
        {
            id = t.Column<Guid>(),
            source = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            patient_id = t.Column<Guid>(),
            fact = t.Column<string>(maxLength: Occasion.FactLength, unicode: false, nullable: true),
            result = t.Column<string>(maxLength: Occasion.FactLength, unicode: false, nullable: true),
            at = t.Column<DateTime>(),
            day = t.Column<DateOnly>(),
            product = t.Column<string>(maxLength: Occasion.DetailLength, nullable: true),
            dose = t.Column<string>(maxLength: Occasion.FactLength, unicode: false, nullable: true),
            place = t.Column<string>(maxLength: Occasion.PlaceLength, nullable: true),
            centre_code = t.Column<string>(maxLength: IssuingTables.ScopeLength, nullable: true),
            source_version = t.Column<int>(),
            annulled = t.Column<bool>(),
            state = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            due_on = t.Column<DateOnly>(nullable: true),
            why_refused = t.Column<string>(maxLength: Occasion.DetailLength, unicode: false, nullable: true),
            told_at = t.Column<DateTime>(),
            version = t.Column<int>(),
        }, schema, t => t.PrimaryKey("PK_occasions", x => x.id));
        migration.CreateIndex("IX_occasions_patient_id", "occasions", "patient_id", schema);
        migration.CreateIndex("IX_occasions_state_due_on_patient_id", "occasions", ["state", "due_on", "patient_id"], schema);
        migration.CreateIndex("IX_occasions_told_at", "occasions", "told_at", schema);

        migration.CreateTable("certificates", t => new
        {
            id = t.Column<Guid>(),
            occasion_id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            stands_for = t.Column<Guid>(nullable: true),
            kind = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false),
            uvci = t.Column<string>(maxLength: Uvci.Length, unicode: false),
            kid = t.Column<string>(maxLength: Certificate.KidLength, unicode: false),
            hc1 = t.Column<string>(maxLength: FieldKeys.LengthOf(Certificate.Hc1Length), unicode: false),
            statement = t.Column<string>(maxLength: FieldKeys.LengthOf(Certificate.StatementLength), unicode: false),
            issued_at = t.Column<DateTime>(),
            expires_at = t.Column<DateTime>(),
            person_name = t.Column<string>(maxLength: Certificate.NameLength),
            fiscal_code = t.Column<string>(maxLength: 16, nullable: true),
            asl_code = t.Column<string>(maxLength: IssuingTables.ScopeLength),
            gp_code = t.Column<string>(maxLength: IssuingTables.ScopeLength, nullable: true),
            centre_code = t.Column<string>(maxLength: IssuingTables.ScopeLength, nullable: true),
            revoked_at = t.Column<DateTime>(nullable: true),
            why_revoked = t.Column<string>(maxLength: ModuleDb.EnumLength, unicode: false, nullable: true),
            revoked_by = t.Column<string>(maxLength: 120, nullable: true),
            revocation_note = t.Column<string>(maxLength: Certificate.NoteLength, nullable: true),
            version = t.Column<int>(),
        }, schema, t => t.PrimaryKey("PK_certificates", x => x.id));
        migration.CreateIndex("IX_certificates_stands_for", "certificates", "stands_for", schema, unique: true);
        migration.CreateIndex("IX_certificates_uvci", "certificates", "uvci", schema, unique: true);
        migration.CreateIndex("IX_certificates_occasion_id", "certificates", "occasion_id", schema);
        migration.CreateIndex("IX_certificates_patient_id_issued_at", "certificates", ["patient_id", "issued_at"], schema);
        migration.CreateIndex("IX_certificates_asl_code_issued_at", "certificates", ["asl_code", "issued_at"], schema);
        migration.CreateIndex("IX_certificates_gp_code_issued_at", "certificates", ["gp_code", "issued_at"], schema);
        migration.CreateIndex("IX_certificates_centre_code_issued_at", "certificates", ["centre_code", "issued_at"], schema);
        migration.CreateIndex("IX_certificates_expires_at", "certificates", "expires_at", schema);

        migration.CreateTable("fetch_codes", t => new
        {
            id = t.Column<Guid>(),
            patient_id = t.Column<Guid>(),
            occasion_id = t.Column<Guid>(),
            hash = t.Column<string>(maxLength: Digest.Length, unicode: false),
            made_at = t.Column<DateTime>(),
            expires_at = t.Column<DateTime>(),
            made_for = t.Column<string>(maxLength: FetchCode.MadeForLength),
        }, schema, t => t.PrimaryKey("PK_fetch_codes", x => x.id));
        migration.CreateIndex("IX_fetch_codes_hash", "fetch_codes", "hash", schema, unique: true);
        migration.CreateIndex("IX_fetch_codes_patient_id", "fetch_codes", "patient_id", schema);
        migration.CreateIndex("IX_fetch_codes_occasion_id", "fetch_codes", "occasion_id", schema);
        migration.CreateIndex("IX_fetch_codes_expires_at", "fetch_codes", "expires_at", schema);

        migration.CreateCollectionAttempts(schema);
    }
}
