using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks;
using Platform.Certificates;
using Platform.Certificates.Contracts;
using Platform.Certificates.Issuing;
using Platform.QuickSwabs;
using Platform.QuickSwabs.Contracts;
using Platform.QuickSwabs.Kits;
using Platform.QuickSwabs.Swabs;
using Platform.Tests.Harness;

namespace Platform.Tests.Host;

/// <summary>The demonstration fills each list of quick swabs and certificates, once.</summary>
public sealed class DemoDataTests
{
    [Fact]
    public async Task Tests_kits_points_and_certificates_are_there_and_a_second_round_adds_nothing()
    {
        await using var app = await PlatformApp.Start(Engine.Sqlite, ("Demo:Enabled", "true"), ("Demo:People", "150"), ("Certificates:HealthCards:Issuer", "https://example.org"));
        (int, int)? first = null;
        for (var round = 0; round < 2; round++)
        {
            await using (var scope = app.Scope())
            {
                foreach (var step in scope.ServiceProvider.GetServices<IDemoSeed>().OrderBy(s => s.Order))
                    await step.Seed(new Progress<string>(), default);
            }

            await app.Drain();
            var counts = (await app.Db<QuickSwabsDb, int>(db => db.Swabs.CountAsync()), await app.Db<CertificatesDb, int>(db => db.Certificates.CountAsync()));
            Assert.Equal(first ??= counts, counts);
        }

        var swabs = await app.Db<QuickSwabsDb, List<QuickSwab>>(db => db.Swabs.AsNoTracking().ToListAsync());
        Assert.Equal(Enum.GetValues<QuickSwabState>(), swabs.Select(s => s.State).Distinct().Order());
        Assert.Equal(Enum.GetValues<QuickSwabResult>(), swabs.Select(s => s.Result).OfType<QuickSwabResult>().Distinct().Order());
        Assert.True(swabs.Select(s => s.PointCode).Distinct().Count() > 1);
        Assert.Equal(1, await app.Db<QuickSwabsDb, int>(db => db.SupplyRequests.CountAsync(r => r.State == SupplyState.Asked)));
        Assert.True(await app.Db<QuickSwabsDb, int>(db => db.PointDecisions.CountAsync()) >= 1);
        Assert.Equal(1, await app.Db<QuickSwabsDb, int>(db => db.Readings.CountAsync()));
        var certificates = await app.Db<CertificatesDb, List<Certificate>>(db => db.Certificates.AsNoTracking().ToListAsync());
        Assert.Contains(certificates, c => c.Kind == CertificateKind.Vaccination);
        Assert.Contains(certificates, c => c is { Kind: CertificateKind.Test, WhyRevoked: RevocationReason.Withdrawn });
        Assert.Contains(certificates, c => c is { Kind: CertificateKind.Test, RevokedAt: null });
    }
}
