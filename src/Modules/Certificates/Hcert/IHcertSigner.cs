namespace Platform.Certificates.Hcert;

/// <param name="Hc1">What the QR code holds.</param>
/// <param name="Kid">Base64 of the eight bytes that name the key.</param>
/// <param name="ExpiresAt">UTC, of the certificate as a technical thing; when it is of use is for the rules of verification.</param>
internal sealed record SignedDcc(string Hc1, string Kid, DateTime ExpiresAt);

internal interface IHcertSigner
{
    /// <summary>False where no key is configured for certificates of this kind that is valid at this instant.</summary>
    bool CanSign(DccKind kind, DateTime at);

    /// <param name="at">UTC instant of issuing.</param>
    /// <exception cref="BuildingBlocks.Failures.Refusal"><c>certificate-not-well-formed</c> with what the schema or the value sets
    /// do not allow; <c>no-signing-key</c>.</exception>
    SignedDcc Sign(DccPayload payload, DateTime at);
}
