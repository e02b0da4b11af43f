using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.BuildingBlocks.Failures;

namespace Platform.VaccinationBooking.WaitingRooms;

/// <summary>This host's view of the waiting rooms: a snapshot a second old at most, and the serials it may give out by itself.</summary>
internal sealed class RoomKeeper(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, RoomSight> sights = new(StringComparer.Ordinal);

    /// <returns>Null where no room stands in front of the campaign.</returns>
    public async ValueTask<WaitingRoom?> Look(string campaign) => await SightOf(campaign).Look(scopes, clock);

    /// <summary>The next serial number; drawn by lot if it is taken before the opening minute.</summary>
    public Task<long> Next(string campaign) => SightOf(campaign).Next(scopes, clock);

    /// <summary>Of a change made here.</summary>
    public void Forget(string campaign) => sights.TryRemove(campaign, out _);

    public void Dispose()
    {
        foreach (var sight in sights.Values)
            sight.Dispose();
    }

    private RoomSight SightOf(string campaign) => sights.GetOrAdd(campaign, c => new RoomSight(c));

    /// <summary>Changes the room; who comes at the same time begins again from what the other has left.</summary>
    internal static async Task<WaitingRoom?> Change(IServiceScopeFactory scopes, string campaign, Func<WaitingRoom, bool> change)
    {
        while (true)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<VaccinationDb>();
            var room = await db.WaitingRooms.SingleOrDefaultAsync(r => r.CampaignCode == campaign);
            if (room is null || !change(room))
                return room;
            try
            {
                await db.SaveChangesAsync();
                return room;
            }
            catch (Refusal refusal) when (refusal.Code == "changed-meanwhile")
            {
            }
        }
    }

    private sealed class RoomSight(string campaign) : IDisposable
    {
        private readonly SemaphoreSlim turn = new(1, 1);
        private WaitingRoom? seen;
        private DateTimeOffset seenAt;
        private long next;
        private long last;
        private bool beforeDraw;

        public async ValueTask<WaitingRoom?> Look(IServiceScopeFactory scopes, TimeProvider clock)
        {
            if (IsFresh(clock.GetUtcNow()))
                return seen;
            await turn.WaitAsync();
            try
            {
                return IsFresh(clock.GetUtcNow()) ? seen : await Read(scopes, clock);
            }
            finally
            {
                turn.Release();
            }
        }

        public async Task<long> Next(IServiceScopeFactory scopes, TimeProvider clock)
        {
            await turn.WaitAsync();
            try
            {
                var now = clock.GetUtcNow().UtcDateTime;
                // What is left of a block from before the draw is nobody's: a latecomer must not come in among those drawn.
                if (next >= last || (beforeDraw && seen is not null && now >= seen.OpensAt))
                {
                    var drawn = false;
                    var room = await Change(scopes, campaign, r =>
                    {
                        if (r.Seed is null && now >= r.OpensAt)
                            r.Draw();
                        drawn = r.Seed is not null;
                        r.Issued += WaitingRoom.Block;
                        return true;
                    }) ?? throw Refusal.NotFound();
                    (last, next, beforeDraw) = (room.Issued, room.Issued - WaitingRoom.Block, !drawn);
                    (seen, seenAt) = (room, clock.GetUtcNow());
                }

                return ++next;
            }
            finally
            {
                turn.Release();
            }
        }

        public void Dispose() => turn.Dispose();

        private bool IsFresh(DateTimeOffset now) => seen is not null && now - seenAt < Fresh && now >= seenAt && (seen.Seed is not null || now.UtcDateTime < seen.OpensAt);

        private async Task<WaitingRoom?> Read(IServiceScopeFactory scopes, TimeProvider clock)
        {
            var now = clock.GetUtcNow();
            // Whoever looks first after the opening minute draws; it is done once for all hosts.
            seen = await Change(scopes, campaign, r =>
            {
                if (r.Seed is not null || now.UtcDateTime < r.OpensAt)
                    return false;
                r.Draw();
                return true;
            });
            seenAt = now;
            return seen;
        }
    }
}
