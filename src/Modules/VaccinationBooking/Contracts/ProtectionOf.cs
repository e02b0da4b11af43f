using Platform.BuildingBlocks.Messaging;
using Platform.BuildingBlocks.Security;

namespace Platform.VaccinationBooking.Contracts;

/// <summary>What protects people from a disease: their doses that stand, and when they were found positive. For rules, never for a screen.</summary>
[BetweenModules]
public sealed record ProtectionOf(IReadOnlyCollection<Guid> Patients, string Disease) : IQuery<IReadOnlyDictionary<Guid, KnownProtection>>;

public sealed record KnownProtection(IReadOnlyList<KnownDose> Doses, IReadOnlyList<DateOnly> Positives)
{
    public static readonly KnownProtection Nothing = new([], []);
}

/// <param name="Day">In the region's time.</param>
/// <param name="Completes">It ends the primary course: a second one, one after an infection, or one of a vaccine of a single dose.</param>
public sealed record KnownDose(DoseKind Kind, DateOnly Day, bool Completes);
