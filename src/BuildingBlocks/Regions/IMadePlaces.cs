using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Regions;

/// <summary>Places that the region pack does not have: somebody made them on a screen, or a file brought them. A module that lets make some plugs them in, so that people can
/// be given roles there, and see them by name.</summary>
public interface IMadePlaces
{
    IReadOnlyList<MadePlace> All { get; }
}

/// <param name="Asl">Whose administrators administer it; null where they do not.</param>
public sealed record MadePlace(Scope Scope, string Name, string? Asl);
