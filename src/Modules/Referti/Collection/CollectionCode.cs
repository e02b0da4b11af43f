using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.Referti.Collection;

/// <summary>What a citizen fetches her report with, together with her birth date: printed on a paper of hers, or in an e-mail.
/// Each paper printed has a code of its own.</summary>
internal sealed class CollectionCode : IOfPatient
{
    public const int MadeForLength = 20;

    public const int Letters = 16;

    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;

    /// <summary>All reports of this request.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>Or this one, where nobody had asked for it here.</summary>
    public Guid? ReportId { get; init; }

    public required string Hash { get; init; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    /// <summary>paper, letter or mail.</summary>
    public required string MadeFor { get; init; }

    public static (CollectionCode Row, string Code) Make(Guid patient, Guid? request, Guid? report, string madeFor, DateTimeOffset now, Region region)
    {
        var code = CollectionCodes.Make(Letters);
        return (new()
        {
            Id = Guid.CreateVersion7(now), PatientId = patient, RequestId = request, ReportId = request is null ? report : null, Hash = CollectionCodes.HashOf(code),
            MadeAt = now.UtcDateTime, ExpiresAt = now.UtcDateTime.AddDays(region.Collection.Of(CollectionRules.ReportCodeDays, region.DayOf(now))), MadeFor = madeFor,
        }, code);
    }

    /// <summary>Reports released after this are on line.</summary>
    public static DateTime OnLineSince(DateTimeOffset now, Region region) => now.UtcDateTime.AddDays(-region.Collection.Of(CollectionRules.ReportDays, region.DayOf(now)));
}
