using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Certificates.Hcert;

/// <summary>A document signer: the private key, and the certificate that says for what and until when.</summary>
internal sealed class SigningKey : IDisposable
{
    // No one instance of a key serves two threads at once.
    private readonly ThreadLocal<AsymmetricAlgorithm> keys;

    // The container has it under two names, and disposes of it for each.
    private bool gone;

    /// <param name="makesKey">A new instance of the private key each time.</param>
    /// <param name="from">UTC; first instant at which it signs, if that is later than its certificate's.</param>
    /// <exception cref="InvalidOperationException">Key and certificate are no pair, or of a kind that is not used.</exception>
    public SigningKey(string name, X509Certificate2 certificate, IReadOnlyList<X509Certificate2> chain, Func<AsymmetricAlgorithm> makesKey, DateTime? from = null)
    {
        (Name, Certificate, Chain) = (name, certificate, chain);
        keys = new(makesKey, trackAllValues: true);
        Algorithm = CoseSignature.AlgorithmOf(certificate)
            ?? throw new InvalidOperationException($"{SignerSettings.Section}:{name}: the certificate's key is neither on P-256 nor RSA of 2,048 bits or more.");
        Kid = KidOf(certificate);
        NotBefore = from > certificate.NotBefore.ToUniversalTime() ? from.Value : certificate.NotBefore.ToUniversalTime();
        NotAfter = certificate.NotAfter.ToUniversalTime();
        Uses = KeyUses.Of(certificate);
        byte[] proof = [1, 2, 3];
        if (!CoseSignature.Verifies(certificate, Algorithm, proof, Sign(proof)))
            throw new InvalidOperationException($"{SignerSettings.Section}:{name}: the key does not belong to the certificate.");
    }

    /// <summary>Of the configuration.</summary>
    public string Name { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>Those above it, up to the country's (CSCA).</summary>
    public IReadOnlyList<X509Certificate2> Chain { get; }

    public CoseAlgorithm Algorithm { get; }
    public byte[] Kid { get; }
    public DateTime NotBefore { get; }
    public DateTime NotAfter { get; }
    public KeyUses Uses { get; }

    public static byte[] KidOf(X509Certificate2 certificate) => SHA256.HashData(certificate.RawData)[..Cose.KidLength];

    public bool SignsAt(DccKind kind, DateTime at) => at >= NotBefore && at < NotAfter && Uses.Allow(kind);

    public byte[] Sign(byte[] toBeSigned) => CoseSignature.Sign(keys.Value!, toBeSigned);

    public AsymmetricAlgorithm Key => keys.Value!;

    public void Dispose()
    {
        if (gone)
            return;
        gone = true;
        foreach (var key in keys.Values)
            key.Dispose();
        keys.Dispose();
        Certificate.Dispose();
        foreach (var above in Chain)
            above.Dispose();
    }
}
