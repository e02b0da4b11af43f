using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Signatures;

namespace Platform.BuildingBlocks.Documents;

/// <summary>The electronic seal of the organisation (Regulation (EU) 910/2014, articles 35 and 36) on documents that leave the
/// platform: whoever holds the file knows whose it is and that nothing in it was changed. The certificate comes from
/// <c>Documents:Seal</c>; without one documents leave unsealed, and their QR code alone tells whether they are true.</summary>
public sealed class Seal : IDisposable
{
    private readonly X509Certificate2? certificate;
    private readonly TimeProvider clock;
    private readonly ILogger<Seal> log;

    /// <exception cref="InvalidOperationException">The certificate that is configured cannot be used: the host does not start.</exception>
    public Seal(IConfiguration configuration, TimeProvider clock, ILogger<Seal> log)
    {
        (this.clock, this.log) = (clock, log);
        if (configuration["Documents:Seal:Certificate"] is { Length: > 0 } file)
            certificate = Read(file, configuration["Documents:Seal:Password"]);
    }

    /// <summary>Last instant at which it seals; null without a certificate.</summary>
    public DateTime? ValidUntil => certificate?.NotAfter.ToUniversalTime();

    /// <summary>Seals what was drawn: the last thing before the document is saved. A certificate that is not valid yet, or no longer,
    /// seals nothing: a sheet without a seal is better than none, and than one with a false seal.</summary>
    public void Put(PdfDocument document, string reason)
    {
        if (certificate is null)
            return;
        var now = clock.GetUtcNow();
        if (now < certificate.NotBefore || now > certificate.NotAfter)
        {
            log.LogError("The certificate of the seal ({Subject}) is valid from {From:u} to {To:u}: documents leave unsealed", certificate.Subject, certificate.NotBefore, certificate.NotAfter);
            return;
        }

        DigitalSignatureHandler.ForDocument(
            document, new PdfSharpDefaultSigner(certificate, PdfMessageDigestType.SHA256),
            new DigitalSignatureOptions { Reason = reason, Location = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) });
    }

    public void Dispose() => certificate?.Dispose();

    private static X509Certificate2 Read(string file, string? password)
    {
        try
        {
            var found = X509CertificateLoader.LoadPkcs12FromFile(file, password);
            return found.HasPrivateKey ? found : throw new InvalidOperationException($"Documents:Seal:Certificate: {file} holds no private key.");
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"Documents:Seal:Certificate: {file} is not a PKCS#12 file that Documents:Seal:Password opens.", failure);
        }
    }
}
