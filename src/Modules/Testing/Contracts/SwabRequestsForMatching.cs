using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Testing.Contracts;

/// <summary>As <see cref="SwabRequestByAccession"/>, for many numbers at once: those that are somebody's, by the number asked for.</summary>
[BetweenModules]
public sealed record SwabRequestsByAccession(IReadOnlyCollection<string> AccessionNumbers) : IQuery<IReadOnlyDictionary<string, SwabRequestSummary>>;

/// <summary>As <see cref="OpenSwabRequestsOf"/>, for many people at once.</summary>
[BetweenModules]
public sealed record OpenSwabRequestsOfMany(IReadOnlyCollection<Guid> PatientIds) : IQuery<ILookup<Guid, SwabRequestSummary>>;
