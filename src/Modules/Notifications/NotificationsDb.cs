using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Persistence;

namespace Platform.Notifications;

internal sealed class NotificationsDb(DbContextOptions<NotificationsDb> options, ModuleDbServices services) : ModuleDb(options, services)
{
    public const string SchemaName = "notifications";

    public override string Schema => SchemaName;

    protected override void Tables(ModelBuilder model)
    {
    }
}
