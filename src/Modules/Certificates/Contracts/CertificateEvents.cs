using Platform.BuildingBlocks.Messaging;

namespace Platform.Certificates.Contracts;

/// <summary>What an EU Digital COVID Certificate says of a person.</summary>
public enum CertificateKind
{
    Vaccination,
    Test,
    Recovery,
}

/// <summary>A certificate was signed: she may fetch it.</summary>
/// <param name="OccasionId">The dose, report or quick swab that it comes from; of a certificate issued anew the same.</param>
public sealed record CertificateIssued(Guid CertificateId, Guid OccasionId, Guid PatientId, CertificateKind Kind, DateTime IssuedAt, DateTime ExpiresAt) : IEvent;

/// <summary>A certificate is no longer to be accepted.</summary>
/// <param name="Hash">Base64 of the SHA-256 of its identifier (UVCI), as revocation lists have it.</param>
public sealed record CertificateRevoked(Guid CertificateId, Guid PatientId, string Hash, DateTime At) : IEvent;
