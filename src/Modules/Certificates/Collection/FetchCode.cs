using Platform.BuildingBlocks.Collection;
using Platform.BuildingBlocks.Security;

namespace Platform.Certificates.Collection;

/// <summary>What a citizen fetches a certificate with, together with her codice fiscale. It opens what comes of one occasion, also what is issued anew
/// after a correction.</summary>
internal sealed class FetchCode : IOfPatient
{
    public const int Letters = 12;
    public const int MadeForLength = 10;

    public required Guid Id { get; init; }
    public required Guid PatientId { get; set; }
    public Guid? PatientOfRow => PatientId;
    public required Guid OccasionId { get; init; }
    public required string Hash { get; init; }
    public required DateTime MadeAt { get; init; }
    public required DateTime ExpiresAt { get; init; }

    /// <summary>mail or desk.</summary>
    public required string MadeFor { get; init; }

    public static (FetchCode Row, string Code) Make(Guid id, Guid patient, Guid occasion, string madeFor, DateTime now, int days)
    {
        var code = CollectionCodes.Make(Letters);
        return (new() { Id = id, PatientId = patient, OccasionId = occasion, Hash = CollectionCodes.HashOf(code), MadeAt = now, ExpiresAt = now.AddDays(days), MadeFor = madeFor }, code);
    }
}
