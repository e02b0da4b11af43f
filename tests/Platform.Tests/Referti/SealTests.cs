using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Platform.Tests.Harness;
using static Platform.Tests.Referti.RefertiApp;

namespace Platform.Tests.Referti;

/// <summary>The electronic seal on the paper of a report.</summary>
public sealed partial class SealTests
{
    private const string Password = "sigillo";

    [Theory, OnEachEngine]
    public async Task The_paper_is_sealed_by_the_organisation_and_a_changed_letter_breaks_the_seal(Engine engine)
    {
        var file = Certificate("CN=Regione Piemonte, O=Regione Piemonte", new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var app = await Start(engine, ("Documents:Seal:Certificate", file), ("Documents:Seal:Password", Password));
        var pdf = await Paper(app);

        var (told, seal) = Sealed(pdf);
        var signed = new SignedCms(new ContentInfo(told), detached: true);
        signed.Decode(seal);
        signed.CheckSignature(verifySignatureOnly: true);
        Assert.Contains("O=Regione Piemonte", Assert.Single(signed.SignerInfos.Cast<SignerInfo>()).Certificate!.Subject, StringComparison.Ordinal);

        told[100] ^= 1;
        var altered = new SignedCms(new ContentInfo(told), detached: true);
        altered.Decode(seal);
        Assert.Throws<CryptographicException>(() => altered.CheckSignature(verifySignatureOnly: true));
    }

    [Theory, OnEachEngine]
    public async Task A_certificate_past_its_days_seals_nothing_and_says_so_in_the_log(Engine engine)
    {
        var file = Certificate("CN=Vecchio", new(2019, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var app = await Start(engine, ("Documents:Seal:Certificate", file), ("Documents:Seal:Password", Password));
        Assert.DoesNotContain("/ByteRange", Encoding.Latin1.GetString(await Paper(app)), StringComparison.Ordinal);
        Assert.Contains(app.Log, line => line.Contains("documents leave unsealed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_its_password_does_not_open_is_told_at_the_start()
    {
        var file = Certificate("CN=Chiuso", new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => Start(Engines.Listed[0], ("Documents:Seal:Certificate", file), ("Documents:Seal:Password", "altro")));
        Assert.Contains("Documents:Seal:Password", failure.ToString(), StringComparison.Ordinal);
    }

    private static async Task<byte[]> Paper(PlatformApp app)
    {
        var sample = await app.Sample();
        await app.Take(Message("A1", sample.Person, sample.Number), sample.Lab);
        var report = Assert.Single(await app.Reports());
        using var answer = await (await app.SignedIn(As.Gp(Gp))).Http.GetAsync($"/referti/{report.Id}/report.pdf");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>What the seal covers, all of the file but itself, and the seal.</summary>
    private static (byte[] Told, byte[] Seal) Sealed(byte[] pdf)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var range = ByteRange().Match(text);
        Assert.True(range.Success, "The file carries no seal.");
        var at = range.Groups.Cast<Group>().Skip(1).Select(g => int.Parse(g.Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal((0, pdf.Length), (at[0], at[2] + at[3]));
        var contents = text[at[1]..at[2]].Trim('<', '>', ' ', '\n');
        return ([.. pdf[..at[1]], .. pdf[at[2]..]], Convert.FromHexString(contents));
    }

    private static string Certificate(string subject, DateTimeOffset from)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(from, from.AddYears(1));
        var file = Path.Combine(Directory.CreateDirectory(TestDatabase.Folder).FullName, $"seal-{Guid.CreateVersion7():N}.p12");
        File.WriteAllBytes(file, made.Export(X509ContentType.Pkcs12, Password));
        return file;
    }

    [GeneratedRegex(@"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")]
    private static partial Regex ByteRange();
}
