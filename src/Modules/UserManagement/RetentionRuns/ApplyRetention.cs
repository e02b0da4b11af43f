using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Jobs;
using Platform.BuildingBlocks.Privacy;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.UserManagement.RetentionRuns;

/// <summary>Each night everything whose time is over is forgotten, kind by kind; a night that was missed is made good by the next. What comes
/// of another kind goes before it: reports before the requests they answer, people last.</summary>
internal sealed class ApplyRetention(IServiceScopeFactory scopes, Region region, TimeProvider clock, ILogger<ApplyRetention> log) : IForgettingJob
{
    public static string Name => "users.apply-retention";
    public static string Title => "Cancella ciò che è oltre il suo termine di conservazione";
    public static string Cron => "0 30 2 * * ?";

    public async Task<JobOutcome> Run(CancellationToken cancellation)
    {
        var (said, failed) = (new List<string>(), false);
        foreach (var what in Retention.All)
        {
            try
            {
                var gone = await Forget(what, cancellation);
                said.Add(string.Create(CultureInfo.InvariantCulture, $"{what}: {gone}"));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // One kind that fails does not keep the others beyond their term.
                failed = true;
                said.Add($"{what}: {(failure as Refusal)?.Code ?? failure.GetType().Name}");
                log.LogError("Retention of {What} failed: {Failure}\n{Where}", what, failure.GetType().Name, failure.StackTrace);
            }
        }

        var outcome = new JobOutcome("cancellati: {0}", string.Join(", ", said));
        return failed ? throw new DoneInPart(outcome) : outcome;
    }

    private async Task<int> Forget(string what, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (region.Retention.DaysOf(what, region.DayOf(now)) is not { } days)
            return 0;
        var before = now.UtcDateTime.AddDays(-days);
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().BecomePlatform();
        var kinds = scope.ServiceProvider.GetServices<IForgets>().Where(k => k.What == what).ToList();
        if (kinds.Count == 0)
            throw new Refusal("nothing-erases-it", "Il termine c'è, ma nulla nella piattaforma cancella questi dati: tolga i giorni dalla riga di retention.csv.");
        var gone = 0;
        foreach (var kind in kinds)
            gone += await kind.Forget(before, cancellation);
        return gone;
    }
}
