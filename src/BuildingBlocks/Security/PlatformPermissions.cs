namespace Platform.BuildingBlocks.Security;

/// <summary>The permissions that are not a module's own.</summary>
public static class PlatformPermissions
{
    /// <summary>Of everybody who has signed in: the home page, one's own account.</summary>
    public const string SignedIn = "platform.signed-in";

    /// <summary>Look after the installation: deliveries, jobs, health.</summary>
    public const string Operate = "platform.operate";

    public static IReadOnlyList<Permission> All =>
        [new(SignedIn, Enum.GetValues<Role>()), new(Operate, Role.Administrator)];
}
