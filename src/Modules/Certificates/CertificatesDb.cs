using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;
using Platform.Certificates.Collection;
using Platform.Certificates.Issuing;
using Platform.Certificates.Verification;

namespace Platform.Certificates;

internal sealed class CertificatesDb(DbContextOptions<CertificatesDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "certificates";

    public override string Schema => SchemaName;

    public DbSet<Occasion> Occasions => Set<Occasion>();
    public DbSet<Certificate> Certificates => Set<Certificate>();
    public DbSet<FetchCode> Codes => Set<FetchCode>();
    public DbSet<RevokedCertificate> Revoked => Set<RevokedCertificate>();

    protected override void Tables(ModelBuilder model)
    {
        model.AddIssuing();
        RevokedCertificate.Table(model);
    }
}
