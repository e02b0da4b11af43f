using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Npgsql;
using Platform.BuildingBlocks.Regions;

namespace Platform.Benchmarks;

/// <summary>Doses that wait for their certificates, issued by two processes at once, as two hosts whose job begins at the same minute: signed,
/// sealed, told; none twice.</summary>
internal static class Certificates
{
    public static async Task<int> Run(int certificates)
    {
        var folder = Directory.CreateTempSubdirectory("signers").FullName;
        Signer(folder);
        Environment.SetEnvironmentVariable("Certificates__Signers__benchmark__Certificate", Path.Combine(folder, "signer.pem"));
        Environment.SetEnvironmentVariable("Certificates__Signers__benchmark__Key", Path.Combine(folder, "signer.key"));
        var region = RegionPack.Read(Path.Combine(PlatformHost.Root(), "regions", "piemonte"));
        await using var host = await PlatformHost.Start("certificates", demoPeople: 1);
        await host.Stop();
        await new Crowd(host.Database, region, certificates, 1).Load();
        var before = await host.Ask<int>("SELECT count(*) FROM certificates.certificates");
        await using (var connection = new NpgsqlConnection(host.Database))
        {
            await connection.OpenAsync();
            await using var fill = new NpgsqlCommand($"""
                INSERT INTO certificates.occasions (id, source, patient_id, fact, result, at, day, product, dose, source_version, annulled, state, due_on, told_at, version)
                SELECT gen_random_uuid(), 'Dose', id, 'dose', 'given', now() - interval '30 days', current_date - 30, 'comirnaty', 'first', 1, false, 'Waiting', current_date, now(), 0
                FROM patients.patients ORDER BY id LIMIT {certificates}
                """, connection);
            await fill.ExecuteNonQueryAsync();
        }

        var clock = Stopwatch.StartNew();
        var runs = await Task.WhenAll(host.Run("certificates", "issue"), host.Run("certificates", "issue"));
        var seconds = clock.Elapsed.TotalSeconds;
        var issued = await host.Ask<int>("SELECT count(*) FROM certificates.certificates") - before;
        var right = runs.All(r => r.ExitCode == 0) && issued == certificates
            && await host.Ask<int>("SELECT count(DISTINCT uvci) FROM certificates.certificates") == certificates + before
            && await host.Ask<int>("SELECT count(DISTINCT stands_for) FROM certificates.certificates") == certificates + before
            && await host.Ask<int>("SELECT count(*) FROM certificates.occasions WHERE state = 'Waiting' AND due_on <= current_date") == 0;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "certificates",
            certificates,
            issued,
            seconds = Math.Round(seconds, 1),
            certificates_per_second = (int)(issued / seconds),
            cpu_seconds = Math.Round(runs.Sum(r => r.Cpu), 1),
            peak_mb = runs.Max(r => r.PeakMemory) >> 20,
            checks = right ? "ok" : "failed",
            machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
        }));
        Directory.Delete(folder, recursive: true);
        return right && seconds < 60 ? 0 : 1;
    }

    private static void Signer(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=Benchmark, C=IT", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddYears(-1), TimeProvider.System.GetUtcNow().AddYears(5));
        File.WriteAllText(Path.Combine(folder, "signer.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "signer.key"), key.ExportPkcs8PrivateKeyPem());
    }
}
