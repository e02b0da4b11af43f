using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Platform.Tests.Notifications;

namespace Platform.Benchmarks;

/// <summary>A big onboarding from its file to the last invitation in the hands of the mail server, with every outbox empty.</summary>
internal static class Invitations
{
    public static async Task<int> Run(int people)
    {
        await using var mail = new FakeMailServer();
        Environment.SetEnvironmentVariable("Mail__Host", "127.0.0.1");
        Environment.SetEnvironmentVariable("Mail__Port", mail.Port.ToString(CultureInfo.InvariantCulture));
        var file = Path.Combine(Path.GetTempPath(), $"accounts-{Guid.CreateVersion7():N}.csv");
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, people)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"utente{i},Utente {i},utente{i}@example.org,sisp,010301,,"))
            .Prepend("user_name,display_name,email,role,scope,valid_from,valid_to"));
        await using var host = await PlatformHost.Start("invitations", demoPeople: 1);
        var before = mail.Count;
        var clock = Stopwatch.StartNew();
        var (exit, imported, _, _) = await host.Run("import", "accounts", file, "--invite");
        File.Delete(file);
        if (exit != 0)
        {
            Console.Error.WriteLine($"The import ended with {exit}, so there is nothing to wait for; with VERBOSE=1 the run shows what it said.");
            return 1;
        }

        while (mail.Count - before < people && clock.Elapsed < TimeSpan.FromMinutes(30))
            await Task.Delay(100);
        var sent = clock.Elapsed.TotalSeconds;
        string[] schemas = ["patients", "notifications", "users", "testing", "referti", "correspondence"];
        var waiting = string.Join(" + ", schemas.Select(s => $"(SELECT count(*) FROM {s}.outbox WHERE sent_at IS NULL)"));
        while (await host.Ask<int>("SELECT " + waiting) > 0 && clock.Elapsed < TimeSpan.FromMinutes(30))
            await Task.Delay(100);
        var (emptied, right) = (clock.Elapsed.TotalSeconds, mail.Count - before == people && mail.Taken.Skip(before).DistinctBy(m => m.To).Count() == people);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            scenario = "invitations",
            people,
            file_read_seconds = Math.Round(imported, 1),
            last_mail_seconds = Math.Round(sent, 1),
            outboxes_empty_seconds = Math.Round(emptied, 1),
            mails_per_second = (int)(people / emptied),
            checks = right ? "ok" : "failed",
            machine = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB",
        }));
        return right ? 0 : 1;
    }
}
