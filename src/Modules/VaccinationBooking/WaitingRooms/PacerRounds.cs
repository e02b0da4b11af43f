using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>The pacer's step every second, as long as the host serves; first, once, the rehearsal.</summary>
internal sealed partial class PacerRounds(Pacer pacer, Rehearsal rehearsal, TimeProvider clock, ILogger<PacerRounds> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), clock);
        Func<CancellationToken, Task> step = _ => rehearsal.Run();
        while (await second.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await step(stoppingToken);
                step = pacer.Step;
            }
            catch (Exception failure) when (failure is System.Data.Common.DbException or DbUpdateException or TimeoutException or InvalidOperationException)
            {
                // The next second tries again; the room stands where it stood.
                StepFailed(log, failure.GetType().Name);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A step of the waiting room failed: {Kind}")]
    private static partial void StepFailed(ILogger log, string kind);
}
