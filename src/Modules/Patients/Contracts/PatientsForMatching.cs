using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Contracts;

/// <summary>As <see cref="PatientById"/>, for many at once; those that are not there are left out.</summary>
[BetweenModules]
public sealed record PatientsByIds(IReadOnlyCollection<Guid> Ids) : IQuery<IReadOnlyDictionary<Guid, PatientSummary>>;

/// <summary>As <see cref="PatientsByIdentity"/>, for many codici fiscali at once, by the code.</summary>
[BetweenModules]
public sealed record PatientsByFiscalCodes(IReadOnlyCollection<string> FiscalCodes) : IQuery<ILookup<string, PatientSummary>>;
