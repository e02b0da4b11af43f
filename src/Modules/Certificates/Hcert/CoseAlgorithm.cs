using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Certificates.Hcert;

/// <summary>The two that the specification of the certificates knows, by their numbers in COSE (RFC 9053).</summary>
internal enum CoseAlgorithm
{
    /// <summary>ECDSA on P-256 with SHA-256; the signature is r and s, 32 bytes each.</summary>
    Es256 = -7,

    /// <summary>RSASSA-PSS with SHA-256.</summary>
    Ps256 = -37,
}

internal static class CoseSignature
{
    private const int P256 = 256;
    private const int LeastRsa = 2048;

    /// <returns>Null for a key that neither algorithm takes.</returns>
    public static CoseAlgorithm? AlgorithmOf(X509Certificate2 certificate)
    {
        using var ec = certificate.GetECDsaPublicKey();
        if (ec is not null)
            return ec.KeySize == P256 ? CoseAlgorithm.Es256 : null;
        using var rsa = certificate.GetRSAPublicKey();
        return rsa?.KeySize >= LeastRsa ? CoseAlgorithm.Ps256 : null;
    }

    public static byte[] Sign(AsymmetricAlgorithm key, byte[] toBeSigned) => key switch
    {
        ECDsa ec => ec.SignData(toBeSigned, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        RSA rsa => rsa.SignData(toBeSigned, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        _ => throw new ArgumentException("Neither an elliptic nor an RSA key.", nameof(key)),
    };

    public static bool Verifies(X509Certificate2 certificate, CoseAlgorithm algorithm, byte[] toBeSigned, byte[] signature)
    {
        if (AlgorithmOf(certificate) != algorithm)
            return false;
        try
        {
            if (algorithm == CoseAlgorithm.Es256)
            {
                using var ec = certificate.GetECDsaPublicKey()!;
                return ec.VerifyData(toBeSigned, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }

            using var rsa = certificate.GetRSAPublicKey()!;
            return rsa.VerifyData(toBeSigned, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
