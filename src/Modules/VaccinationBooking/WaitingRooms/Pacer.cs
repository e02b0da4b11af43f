using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Platform.VaccinationBooking.Bookings;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>Lets people in as fast as the booking answers well. While its 95th percentile is under the target it lets in more at each step, and
/// the more boldly the longer that goes well; over it, a twentieth less than what has just been managed, and no less again while that works off what waits.
/// Who was let in needs minutes to choose: until bookings come back at the rate at which people go in, nothing is known of how they will be
/// answered, and it hardly grows. One host at a time paces a room.</summary>
internal sealed class Pacer(IServiceScopeFactory scopes, BookingPulse pulse, RoomKeeper keeper, IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    private const double Slower = 0.95;
    private const double AtLeast = 0.5;
    private const double Least = 50;

    // Of all that could be added, by the good steps before.
    private static readonly double[] Courage = [0, 0.05, 0.1, 0.2, 0.4, 0.8];

    // Of those let in, so many book at once, or it is too early to tell; some never come, so it may not stand still.
    private const double Heard = 0.4;
    private const double Unheard = 1.005;

    private readonly Guid host = Guid.CreateVersion7();
    private readonly double target = configuration.GetValue("Vaccination:TargetMilliseconds", 180.0);
    private readonly double first = configuration.GetValue("Vaccination:AdmitAtFirstPerSecond", 500.0);
    private readonly double most = configuration.GetValue("Vaccination:AdmitAtMostPerSecond", 10_000.0);

    /// <summary>One step of every room that this host paces.</summary>
    public async Task Step(CancellationToken cancellation)
    {
        var beat = pulse.Step();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<VaccinationDb>();
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var campaign in await db.WaitingRooms.Where(r => r.OpensAt <= now).Select(r => r.CampaignCode).ToListAsync(cancellation))
        {
            var left = await db.Slots.Where(s => s.CampaignCode == campaign && s.Dose == 1 && !s.Closed && s.StartsAt > now).SumAsync(s => s.Capacity - s.Taken, cancellation);
            if (await RoomKeeper.Change(scopes, campaign, room => Advance(room, beat, left, now)) is { } changed && changed.PacedBy == host)
                keeper.Forget(campaign);
        }
    }

    private bool Advance(WaitingRoom room, BookingPulse.Beat beat, int left, DateTime now)
    {
        if (room.PacedBy != host && room.PacedUntil > now)
            return false;
        if (room.Seed is null)
            room.Draw();
        var seconds = Math.Clamp((now - room.SteppedAt).TotalSeconds, 0, Lease.TotalSeconds);
        (room.PacedBy, room.PacedUntil, room.SteppedAt, room.PlacesLeft) = (host, now + Lease, now, left);
        if (room.State != WaitingRoomState.Paused)
            room.State = left > 0 ? WaitingRoomState.Open : WaitingRoomState.SoldOut;
        if (room.State != WaitingRoomState.Open)
            return true;
        room.Rate = room.FixedRate ?? Math.Clamp(Next(room, beat), Least, most);
        // Nobody is let in whose number is not given yet: she would find the door open on an empty room.
        room.Serving = Math.Min(room.Serving + (room.Rate * seconds), room.Issued);
        return true;
    }

    private double Next(WaitingRoom room, BookingPulse.Beat beat)
    {
        // The others' share is not known.
        var (managed, slowest, rate) = (beat.PerSecond, beat.Percentile95, room.Rate > 0 ? room.Rate : first);
        if (slowest > target)
        {
            room.GoodSteps /= 2;
            return managed > rate ? rate : Math.Max(managed * Slower, rate * AtLeast);
        }

        if (managed < rate * Heard)
            return rate * Unheard;
        room.GoodSteps = Math.Min(room.GoodSteps + 1, WaitingRoom.Bold);
        return rate * (1 + ((1 - (slowest / target)) * Courage[room.GoodSteps]));
    }
}
