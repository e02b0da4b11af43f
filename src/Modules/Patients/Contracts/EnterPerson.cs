using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;
using Platform.Patients.Contracts.FiscalCodes;

namespace Platform.Patients.Contracts;

/// <summary>Somebody stands at a desk of another module and is not in the registry yet: she is entered, on no doctor's list. What the codice fiscale says
/// may be left out. Repeating it changes nothing.</summary>
/// <param name="Id">Made by the sender.</param>
/// <param name="Code">Codice fiscale, STP or ENI.</param>
/// <param name="Residence">Name or ISTAT code of the municipality.</param>
/// <exception cref="FluentValidation.ValidationException">With what is wrong beside FiscalCode, FamilyName, GivenName, Sex, BirthDate, Residence, Email, Phone.</exception>
/// <exception cref="Platform.BuildingBlocks.Failures.Refusal"><c>same-name</c>: she may be somebody whom the registry knows without that code.</exception>
[BetweenModules]
public sealed record EnterPerson(
    Guid Id, string? Code, string? FamilyName, string? GivenName, Sex? Sex, DateOnly? BirthDate, string? Residence, string? Email, string? Phone)
    : ICommand<PatientSummary>;
