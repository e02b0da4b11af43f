using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.BuildingBlocks.Security.Fields;

namespace Platform.Testing.Contracts;

/// <summary>A positive antigen test is to be confirmed by a molecular swab: it is requested, without a place yet, by whoever is at work. Repeating it
/// changes nothing; a molecular request that is open already is enough.</summary>
/// <param name="Id">Made by the sender from what caused it.</param>
/// <param name="SymptomsSince">First day, where there are symptoms.</param>
/// <returns>The request that is open for her now.</returns>
[BetweenModules]
public sealed record AskConfirmation(Guid Id, Guid PatientId, DateOnly? SymptomsSince) : ICommand<Guid>;

/// <summary>The quick swab was not positive after all: what was asked for to confirm it is withdrawn, unless somebody has taken the sample, or it is
/// a doctor's request. Repeating it changes nothing.</summary>
/// <param name="Reason">Italian sentence, the key of its translation.</param>
/// <returns>Whether it is withdrawn, now or before.</returns>
[BetweenModules]
public sealed record WithdrawConfirmation(Guid RequestId, string Reason) : ICommand<bool>;

/// <summary>The first free places of the hotspots: those of the municipality first, then those of the ASL, each by time.</summary>
[BetweenModules]
public sealed record FirstPlaces(string NearMunicipality, string NearAsl, int Most) : IQuery<IReadOnlyList<FirstPlace>>;

/// <param name="StartsAt">UTC.</param>
[Shows(FieldClass.Work)]
public sealed record FirstPlace(Guid SlotId, string HotspotCode, string HotspotName, string MunicipalityIstat, DateTime StartsAt);

/// <summary>Takes a place for a request that has none yet. Repeating it changes nothing.</summary>
[BetweenModules]
public sealed record BookConfirmation(Guid RequestId, Guid SlotId) : ICommand<SwabPlace>;

/// <summary>Where and when the person of a request is expected.</summary>
[BetweenModules]
public sealed record PlaceOfRequest(Guid RequestId) : IQuery<SwabPlace?>;

/// <param name="HotspotCode">Null while no place is taken; so the time.</param>
[Shows(FieldClass.Work)]
public sealed record SwabPlace(Guid RequestId, SwabRequestState State, string? HotspotCode, DateTime? StartsAt);
