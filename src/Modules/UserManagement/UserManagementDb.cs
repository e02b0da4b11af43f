using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.UserManagement;

internal sealed class UserManagementDb(DbContextOptions<UserManagementDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "users";

    public override string Schema => SchemaName;

    protected override void Tables(ModelBuilder model)
    {
    }
}
