using Microsoft.Extensions.DependencyInjection;
using Platform.Certificates.Hcert;
using Platform.Certificates.Verification;
using Platform.Tests.Harness;

namespace Platform.Tests.Certificates;

/// <summary>What another country, or the national list, has revoked is not accepted here either.</summary>
public sealed class OthersRevocationsTests : IDisposable
{
    private readonly Keys keys = Keys.Usual();

    public void Dispose() => keys.Dispose();

    [Fact]
    public async Task A_list_of_identifiers_or_hashes_is_read_again_when_it_changes()
    {
        var file = Path.Combine(keys.Folder, "revoked.txt");
        var written = DateTime.UnixEpoch.AddYears(51);
        Write("# black list\n01FRAAAAAAAAAAAAA#1\n");
        await using var app = await PlatformApp.Start(Engine.Sqlite, [.. keys.Settings, (OthersRevocations.Setting, file)]);
        var certificate = app.Services.GetRequiredService<IHcertSigner>().Sign(Payloads.Vaccination(), app.Clock.Now.UtcDateTime).Hc1;
        Assert.Equal(Outcome.Valid, await Verified());
        var hash = RevokedCertificate.HashOf(Payloads.Uvci);
        foreach (var revoked in new[] { Payloads.Uvci, "URN:UVCI:" + Payloads.Uvci, hash, RevokedCertificate.HashOf("URN:UVCI:" + Payloads.Uvci), $"[\"{hash}\"]", $"{{\"version\":3,\"hashes\":[\"{hash}\"]}}", $"{{\"revokedUcvi\":[\"{hash}\"]}}" })
        {
            Write(revoked);
            Assert.Equal(Outcome.NotValid, await Verified());
            Write("");
            Assert.Equal(Outcome.Valid, await Verified());
        }

        // What cannot be read leaves what was known.
        Write(Payloads.Uvci);
        Assert.Equal(Outcome.NotValid, await Verified());
        Write("{ \"other\": 1 }");
        Assert.Equal(Outcome.NotValid, await Verified());
        File.Delete(file);
        Assert.Equal(Outcome.NotValid, await Verified());

        async Task<Outcome> Verified()
        {
            app.Clock.Advance(TimeSpan.FromMinutes(2));
            return (await app.Send(new VerifyCertificate { Certificate = certificate })).Outcome;
        }

        void Write(string text)
        {
            File.WriteAllText(file, text);
            File.SetLastWriteTimeUtc(file, written = written.AddMinutes(1));
        }
    }
}
