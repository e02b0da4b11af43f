using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Regions;
using Platform.Certificates.Verification;

namespace Platform.Certificates.Hcert;

internal static class HcertServices
{
    /// <summary>Signing and verifying.</summary>
    public static IServiceCollection AddHcert(this IServiceCollection services) => services
        .AddSingleton(s => Signers.Of(s.GetRequiredService<IConfiguration>(), s.GetRequiredService<IHostEnvironment>(), s.GetRequiredService<Region>(), s.GetRequiredService<ILogger<Signers>>()))
        .AddSingleton<IHcertSigner>(s => s.GetRequiredService<Signers>())
        .AddSingleton<TrustedKeys>().AddSingleton<OthersRevocations>()
        .AddScoped<Verifier>()
        .AddHostedService<SignersAtStart>();

    /// <summary>What is configured wrongly is told at the start, not to the first citizen.</summary>
    private sealed class SignersAtStart(Signers signers) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            _ = signers.Keys;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
