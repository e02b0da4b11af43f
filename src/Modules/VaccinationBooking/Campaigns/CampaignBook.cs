using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.VaccinationBooking.Campaigns;

/// <summary>A campaign with its groups, in the order of their priority.</summary>
internal sealed record CampaignPage(Campaign Campaign, IReadOnlyList<TargetGroup> Groups);

/// <summary>The campaigns as they were read a few seconds ago: a crowd asks for them, and an operator changes them once a day. Another
/// host learns of a change within <see cref="Fresh"/>.</summary>
internal sealed class CampaignBook(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim reading = new(1, 1);
    private (IReadOnlyDictionary<string, CampaignPage> Pages, DateTimeOffset At)? read;

    public async ValueTask<CampaignPage?> Find(string code) => (await All()).GetValueOrDefault(code);

    public async ValueTask<IReadOnlyDictionary<string, CampaignPage>> All()
    {
        var now = clock.GetUtcNow();
        if (read is { } fresh && now - fresh.At < Fresh && now >= fresh.At)
            return fresh.Pages;
        await reading.WaitAsync();
        try
        {
            if (read is { } meanwhile && now - meanwhile.At < Fresh && now >= meanwhile.At)
                return meanwhile.Pages;
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<VaccinationDb>();
            var groups = (await db.Groups.AsNoTracking().OrderBy(g => g.Priority).ThenBy(g => g.OpensAt).ToListAsync()).ToLookup(g => g.CampaignCode);
            var pages = (await db.Campaigns.AsNoTracking().ToListAsync()).ToDictionary(c => c.Code, c => new CampaignPage(c, [.. groups[c.Code]]));
            read = (pages, now);
            return pages;
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>This host forgets what it has read: after a change of its own.</summary>
    public void Forget() => read = null;

    public void Dispose() => reading.Dispose();
}
