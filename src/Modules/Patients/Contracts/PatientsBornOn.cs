using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Contracts;

/// <summary>Everybody of the registry born on one of these days, whatever the asker's scope: whoever asks compares names and codes
/// that may be mistyped, and shows only those alike.</summary>
/// <param name="Days">A few.</param>
[BetweenModules]
public sealed record PatientsBornOn(IReadOnlyList<DateOnly> Days) : IQuery<IReadOnlyList<PatientSummary>>;
