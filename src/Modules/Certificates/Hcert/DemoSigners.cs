using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks.Regions;

namespace Platform.Certificates.Hcert;

/// <summary>The demonstration's own country (CSCA) and its signers, made once and kept in the data folder: nobody else trusts them.</summary>
internal static class DemoSigners
{
    private const string Folder = "certificates";
    private const string Country = "csca.pem";

    // As Italy did: recoveries are signed by a key for all; one for recoveries alone would say «after a vaccination» to the national verifier.
    private static readonly (string Name, string? Use, bool Rsa)[] Signers =
        [("demo-vaccination", KeyUses.Vaccination, false), ("demo-test", KeyUses.Test, false), ("demo", null, false)];

    private static readonly DateTimeOffset From = new(2020, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2040, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public static List<SigningKey> Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var folder = Path.Combine(HomeFolder.Resolve(environment, configuration["Database:Folder"] ?? "data"), Folder);
        if (!Directory.Exists(folder))
            Make(folder);
        return [.. Signers.Select(s =>
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(Path.Combine(folder, s.Name + ".pem"));
            var pem = File.ReadAllText(Path.Combine(folder, s.Name + ".key"));
            return new SigningKey(s.Name, certificates[0], [.. certificates.Skip(1)], () => SignerSettings.Key(certificates[0], pem, null));
        })];
    }

    /// <summary>A certificate with its key, signed by the country.</summary>
    /// <param name="use">Object identifier of what it is for; null for all.</param>
    public static (X509Certificate2 Certificate, AsymmetricAlgorithm Key) Issue(X509Certificate2 country, string name, string? use, bool rsa, DateTimeOffset from, DateTimeOffset until)
    {
        var subject = new X500DistinguishedName($"CN={name}, O=Demonstration, C=IT");
        AsymmetricAlgorithm key = rsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = key is RSA r ? new CertificateRequest(subject, r, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        if (use is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], false));
        using var above = country.GetECDsaPrivateKey()!;
        return (request.Create(country.SubjectName, X509SignatureGenerator.CreateForECDsa(above), from, until, RandomNumberGenerator.GetBytes(16)), key);
    }

    public static X509Certificate2 MakeCountry(DateTimeOffset from, DateTimeOffset until)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Demonstration CSCA, O=Demonstration, C=IT", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request.CreateSelfSigned(from, until);
    }

    // Of two hosts that begin at once, the first one's are everybody's: the folder appears whole or not at all.
    private static void Make(string folder)
    {
        var mine = Directory.CreateDirectory($"{folder}.{Guid.CreateVersion7():N}").FullName;
        try
        {
            using var country = MakeCountry(From, Until);
            Write(Path.Combine(mine, Country), country.ExportCertificatePem());
            foreach (var (name, use, rsa) in Signers)
            {
                var (certificate, key) = Issue(country, name, use, rsa, From, Until);
                Write(Path.Combine(mine, name + ".pem"), certificate.ExportCertificatePem() + "\n" + country.ExportCertificatePem());
                Write(Path.Combine(mine, name + ".key"), key.ExportPkcs8PrivateKeyPem());
                certificate.Dispose();
                key.Dispose();
            }

            if (!Directory.Exists(folder))
                Directory.Move(mine, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
        }
        finally
        {
            if (Directory.Exists(mine))
                Directory.Delete(mine, recursive: true);
        }
    }

    private static void Write(string file, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        stream.Write(Encoding.ASCII.GetBytes(pem));
    }
}
