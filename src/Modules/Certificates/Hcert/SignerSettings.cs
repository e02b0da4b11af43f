using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks.Regions;

namespace Platform.Certificates.Hcert;

/// <summary>The signers of <c>Certificates:Signers</c>: of each a name, the file of its certificate with those above it after it (PEM), the file of its
/// private key (PEM, with or without a password) and, if it is not to sign at once, the instant from which it does. See docs/certificates.md.</summary>
internal static class SignerSettings
{
    public const string Section = "Certificates:Signers";

    /// <exception cref="InvalidOperationException">What is configured cannot be used: the host does not start.</exception>
    public static List<SigningKey> Read(IConfiguration configuration, IHostEnvironment environment) =>
        [.. configuration.GetSection("Certificates:Signers").GetChildren().Select(s => Read(s, file => HomeFolder.Resolve(environment, file)))];

    private static SigningKey Read(IConfigurationSection section, Func<string, string> resolve)
    {
        string Setting(string name) => section[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"{section.Path}:{name} is missing.");
        var (certificateFile, keyFile, password) = (resolve(Setting("Certificate")), resolve(Setting("Key")), section["Password"]);
        DateTime? from = section["From"] is not { Length: > 0 } text ? null
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at.UtcDateTime
            : throw new InvalidOperationException($"{section.Path}:From is «{text}», must be an instant such as 2022-02-01T00:00:00Z.");
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(certificateFile);
            if (certificates.Count == 0)
                throw new InvalidOperationException($"{section.Path}:Certificate: {certificateFile} holds no certificate.");
            var pem = File.ReadAllText(keyFile);
            return new(section.Key, certificates[0], [.. certificates.Skip(1)], () => Key(certificates[0], pem, password), from);
        }
        catch (Exception failure) when (failure is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InvalidOperationException($"{section.Path}: {certificateFile} and {keyFile} must be a certificate and its private key in PEM: {failure.Message}", failure);
        }
    }

    public static AsymmetricAlgorithm Key(X509Certificate2 certificate, string pem, string? password)
    {
        AsymmetricAlgorithm key = CoseSignature.AlgorithmOf(certificate) == CoseAlgorithm.Ps256 ? RSA.Create() : ECDsa.Create();
        if (string.IsNullOrEmpty(password))
            key.ImportFromPem(pem);
        else
            key.ImportFromEncryptedPem(pem, password);
        return key;
    }
}
