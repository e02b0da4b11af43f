using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.QuickSwabs;

internal sealed class QuickSwabsDb(DbContextOptions<QuickSwabsDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "quickswabs";

    public override string Schema => SchemaName;

    protected override void Tables(ModelBuilder model)
    {
    }
}
