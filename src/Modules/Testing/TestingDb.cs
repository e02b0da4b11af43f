using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Testing;

internal sealed class TestingDb(DbContextOptions<TestingDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "testing";

    public override string Schema => SchemaName;

    protected override void Tables(ModelBuilder model)
    {
    }
}
