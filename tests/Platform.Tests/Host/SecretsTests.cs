using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Privacy;
using Platform.Tests.Harness;

namespace Platform.Tests.Host;

/// <summary>Secrets come from a folder of files, as a vault's agent or an orchestrator writes them.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task Each_file_is_a_key_of_the_configuration_and_stands_before_what_is_written_elsewhere()
    {
        var folder = Directory.CreateTempSubdirectory("platform-secrets-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "Privacy__Keys__7"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "Mail__Password"), "una parola segreta", TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "Accounts__ProofMinutes"), "7", TestContext.Current.CancellationToken);
            await using var app = await PlatformApp.Start(Engine.Sqlite, ("Secrets:Folder", folder), ("Accounts:ProofMinutes", "3"));
            var configuration = app.Services.GetRequiredService<IConfiguration>();
            Assert.Equal("una parola segreta", configuration["Mail:Password"]);
            Assert.Equal("7", configuration["Accounts:ProofMinutes"]);
            // The key seals what the host writes, and the one of the settings still opens.
            Assert.Equal("7", app.Services.GetRequiredService<FieldKeys>().Newest);
            Assert.Equal("x", app.Services.GetRequiredService<FieldKeys>().Open(new FieldKeys([("1", new byte[32])]).Seal("x", "a.b.c"), "a.b.c"));
            Assert.DoesNotContain(app.Log, l => l.Contains("una parola segreta", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
