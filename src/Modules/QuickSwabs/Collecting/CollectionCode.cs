using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;
using Platform.QuickSwabs.Swabs;

namespace Platform.QuickSwabs.Collecting;

/// <summary>What a citizen fetches the result of her test with, together with her birth date: on the sheet that the desk prints, or the one she got when she
/// registered herself.</summary>
internal sealed class CollectionCode : IOfPatient
{
    public const int Letters = 12;

    public required string Hash { get; init; }
    public required Guid SwabId { get; init; }
    public required Guid? PatientId { get; set; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    Guid? IOfPatient.PatientOfRow => PatientId;
    Guid? IOfPatient.RecordOfRow => SwabId;

    /// <param name="hash">Of a code that she has, or is given now.</param>
    public static CollectionCode Of(QuickSwab swab, string hash, DateTimeOffset now, Region region) => new()
    {
        Hash = hash, SwabId = swab.Id, PatientId = swab.PatientId, MadeAt = now.UtcDateTime,
        ExpiresAt = now.UtcDateTime.AddDays(region.QuickSwabs.Limit(QuickSwabRules.OnLineDays, region.DayOf(now))),
    };

    public static string Make() => CollectionCodes.Make(Letters);
}
