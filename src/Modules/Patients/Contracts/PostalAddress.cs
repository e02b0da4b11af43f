using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Contracts;

/// <summary>Where a letter reaches the person; null where street or municipality is not known.</summary>
[BetweenModules]
public sealed record PostalAddressOf(Guid PatientId) : IQuery<PostalAddress?>;

public sealed record PostalAddress(string Street, string PostalCode, string Municipality, string Province);
