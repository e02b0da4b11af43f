using Platform.BuildingBlocks.Messaging;

namespace Platform.BuildingBlocks.Security;

/// <summary>An ASL asks that a person be made visible to it: the ASL in charge of her is told. These two stand here because the module that
/// sends messages and the registry do not know each other.</summary>
/// <param name="By">The ASL that asks, by name.</param>
public sealed record GrantAsked(Guid RequestId, Guid PatientId, string By, string AslInCharge) : IEvent;

/// <summary>The ASL in charge said yes or no: the ASL that asked is told.</summary>
/// <param name="By">The ASL that decided, by name.</param>
public sealed record GrantDecided(Guid RequestId, Guid PatientId, string By, string AskedByAsl, bool Given) : IEvent;
