using Platform.BuildingBlocks;

namespace Platform.UserManagement;

public sealed class UserManagementModule : Module
{
    public override string Name => "users";
    public override Type? Db => typeof(UserManagementDb);
}
