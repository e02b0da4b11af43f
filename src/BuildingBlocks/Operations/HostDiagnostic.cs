using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks.Documents;
using Platform.BuildingBlocks.ExternalSignIn;
using Platform.BuildingBlocks.Persistence;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.Operations;

/// <summary>The host that answers: its disks, its versions, its certificates and keys.</summary>
internal sealed class HostDiagnostic(
    Seal seal, IKeyManager keys, ProviderHouses houses, IDatabaseEngine engine, IConfiguration configuration, IHostEnvironment environment, Region region, TimeProvider clock) : IDiagnostic
{
    private const string Keys = "Certificati e chiavi";

    public Task<IReadOnlyList<Finding>> Look(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        int Limit(string what) => region.OperationLimits.Of(what, region.DayOf(now));
        return Task.FromResult<IReadOnlyList<Finding>>([.. Disks(Limit(OperationLimits.DiskPercent)), .. Versions(), .. Ends(now, Limit(OperationLimits.ExpiryDays))]);
    }

    /// <summary>Where the databases are, and where uploaded files wait: often the same disk.</summary>
    private IEnumerable<Finding> Disks(int least)
    {
        string[] folders = [.. engine.Name == "Sqlite" ? new[] { HomeFolder.Resolve(environment, configuration["Database:Folder"] ?? "data") } : [], Path.GetTempPath()];
        return folders.Where(Directory.Exists).Select(f => (Folder: f, Disk: new DriveInfo(f))).DistinctBy(d => (d.Disk.TotalSize, d.Disk.AvailableFreeSpace)).Select(d =>
        {
            var free = d.Disk.AvailableFreeSpace * 100 / Math.Max(1, d.Disk.TotalSize);
            return new Finding($"disk.{d.Folder}", "Disco", "{0}: libero il {1} %, {2} GB", [d.Folder, free, d.Disk.AvailableFreeSpace >> 30], free < least);
        });
    }

    private static IEnumerable<Finding> Versions() =>
    [
        new("version", "Versioni", "Piattaforma {0}, {1}, su {2}", [
            Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "–",
            RuntimeInformation.FrameworkDescription, Environment.MachineName]),
    ];

    private IEnumerable<Finding> Ends(DateTimeOffset now, int days)
    {
        yield return seal.ValidUntil is { } until
            ? new("seal", Keys, "Sigillo dei documenti: vale fino al {0:d}", [until], until <= now.AddDays(days))
            : new("seal", Keys, "Sigillo dei documenti: nessuno", []);
        // These renew themselves two days before they end: one that has ended shows that they do not.
        if (keys.GetAllKeys().Where(k => !k.IsRevoked).Select(k => (DateTimeOffset?)k.ExpirationDate).Max() is { } last)
            yield return new("data-protection", Keys, "Chiavi dei cookie e dei moduli: l’ultima vale fino al {0:d}, si rinnova da sola", [last.UtcDateTime], last <= now);
        foreach (var house in houses.All)
            yield return new($"provider.{house.Provider.Name}", Keys, "Accesso esterno {0}: la nostra chiave non ha scadenza", [house.Provider.Name]);
    }
}
