using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Certificates.Verification;

namespace Platform.Certificates;

internal sealed class CertificatesDb(DbContextOptions<CertificatesDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "certificates";

    public override string Schema => SchemaName;

    public DbSet<RevokedCertificate> Revoked => Set<RevokedCertificate>();

    protected override void Tables(ModelBuilder model)
    {
        RevokedCertificate.Table(model);
    }
}
