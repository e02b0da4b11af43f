using Platform.BuildingBlocks;

namespace Platform.Notifications;

public sealed class NotificationsModule : Module
{
    public override string Name => "notifications";
    public override Type? Db => typeof(NotificationsDb);
}
