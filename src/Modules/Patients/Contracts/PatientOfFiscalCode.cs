using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Contracts;

/// <summary>Whom a provider of digital identities means by a codice fiscale: she alone who has it today, or, when nobody has, she alone who
/// had it before and was born on the day that it says: a code once written on another's record opens nothing.</summary>
/// <returns>Null when nobody is, or when it may be several.</returns>
[BetweenModules]
public sealed record PatientOfFiscalCode(string FiscalCode) : IQuery<PatientSummary?>;
