using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.Patients.Contracts;

/// <summary>The doctors in service today, by name: no data of the people on their lists.</summary>
/// <param name="Asls">Ministry codes of the ASLs whose doctors are meant.</param>
/// <param name="Code">This one alone, of any ASL.</param>
[BetweenModules]
public sealed record DoctorsInService(IReadOnlyCollection<string> Asls, string? Code = null) : IQuery<IReadOnlyList<DoctorSummary>>;

public sealed record DoctorSummary(string Code, string Name, bool Paediatrician, string AslCode);
