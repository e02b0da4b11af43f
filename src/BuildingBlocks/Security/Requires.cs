namespace Platform.BuildingBlocks.Security;

/// <summary>On a request or a page: who may. Checked by the pipeline for requests and at the door for pages;
/// the scope is applied by the handler's query through <see cref="Visibility"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute(string permission) : Attribute
{
    public string Permission { get; } = permission;
}

/// <summary>On a request that only other modules, reactions, jobs and the command line send: no page and no
/// endpoint may. A wall test sees to it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BetweenModulesAttribute : Attribute;

/// <summary>On a request or a page that anybody may use, with the reason why that is right.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenToAllAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
