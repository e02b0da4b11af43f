using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Certificates;

internal sealed class CertificatesDb(DbContextOptions<CertificatesDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "certificates";

    public override string Schema => SchemaName;

    protected override void Tables(ModelBuilder model)
    {
    }
}
