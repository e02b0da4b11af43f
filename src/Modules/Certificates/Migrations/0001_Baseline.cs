using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.BuildingBlocks.Persistence;
using Platform.Certificates.Verification;

namespace Platform.Certificates.Migrations;

[DbContext(typeof(CertificatesDb))]
[Migration("0001_Baseline")]
internal sealed class Baseline : Migration
{
    private const string Schema = CertificatesDb.SchemaName;

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateMessagingTables(Schema);
        migrationBuilder.CreateIssuing(Schema);

        migrationBuilder.CreateTable("revoked_certificates", t => new
        {
            hash = t.Column<string>(maxLength: RevokedCertificate.HashLength, unicode: false),
            revoked_at = t.Column<DateTime>(),
            list_version = t.Column<int>(nullable: true),
        }, Schema, t => t.PrimaryKey("PK_revoked_certificates", x => x.hash));
        migrationBuilder.CreateIndex("IX_revoked_certificates_list_version", "revoked_certificates", "list_version", Schema);
    }
}
