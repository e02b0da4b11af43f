using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Contracts;

/// <summary>The requests whose sample's number may have been meant by one that does not hold together: by its check letter, one wrong
/// character or two neighbours exchanged. None for a number that holds together.</summary>
[BetweenModules]
public sealed record SwabRequestsNear(string Number) : IQuery<IReadOnlyList<SwabRequestSummary>>;
