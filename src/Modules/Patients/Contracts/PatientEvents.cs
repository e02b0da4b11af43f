using Platform.BuildingBlocks.Messaging;

namespace Platform.Patients.Contracts;

/// <summary>A person was entered in the registry.</summary>
public sealed record PatientRegistered(PatientSummary Patient) : IEvent;

/// <summary>Something in the summary changed: name, code, residence, ASL, doctor, contacts. Modules that keep a
/// copy bring it up to date; the scope of their rows follows.</summary>
public sealed record PatientChanged(PatientSummary Patient) : IEvent;
