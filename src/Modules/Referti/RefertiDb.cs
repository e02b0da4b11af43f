using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Referti;

internal sealed class RefertiDb(DbContextOptions<RefertiDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "referti";

    public override string Schema => SchemaName;

    protected override void Tables(ModelBuilder model)
    {
    }
}
