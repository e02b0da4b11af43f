using Platform.BuildingBlocks.Messaging;

namespace Platform.Patients.Contracts;

/// <summary>A person was entered in the registry.</summary>
public sealed record PatientRegistered(PatientSummary Patient) : IEvent;

/// <summary>Something in the summary changed: name, codes, residence, domicile, ASLs, doctor, contacts, death. Modules that keep a
/// copy bring it up to date; the scope of their rows follows.</summary>
public sealed record PatientChanged(PatientSummary Patient) : IEvent;

/// <summary>The registry holds them no longer: long dead, and nobody had anything of theirs. Copies of what it said go too.</summary>
public sealed record PatientsForgotten(Guid[] Patients) : IEvent;

/// <summary>She died; <see cref="PatientChanged"/> is told too. What was planned for her is to be called off.</summary>
public sealed record PatientDied(PatientSummary Patient, DateOnly On) : IEvent;
