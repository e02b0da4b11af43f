using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>The authorities' lists, fetched when a card first asks for them and kept until the next is promised, for a day at most.</summary>
internal sealed class RevocationLists : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Who has just been asked in vain is left alone: the next person is not to wait as well.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<(string Address, string Authority), Kept> kept = new();
    private readonly HttpClient http;
    private readonly TimeProvider clock;
    private readonly ILogger<RevocationLists> log;

    public RevocationLists(CardSettings settings, TimeProvider clock, ILogger<RevocationLists> log)
    {
        (this.clock, this.log) = (clock, log);
        http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            Timeout = settings.Timeout, MaxResponseContentBufferSize = settings.LargestList,
        };
    }

    /// <returns>Null when nobody can say.</returns>
    public async Task<bool?> IsRevoked(X509Certificate2 card, X509Certificate2 authority, CancellationToken cancellation)
    {
        foreach (var address in DistributionPoints.Of(card))
        {
            if (await Current(address, authority, cancellation) is { } list)
                return list.Holds(card.SerialNumberBytes);
        }

        return null;
    }

    public void Dispose() => http.Dispose();

    private async Task<RevocationList?> Current(string address, X509Certificate2 authority, CancellationToken cancellation)
    {
        var one = kept.GetOrAdd((address, authority.Thumbprint), _ => new());
        await one.Turn.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            if (now - one.TriedAt > (one.List?.IsInForce(now) == true && !one.Failed ? Longest : Pause))
            {
                (one.TriedAt, one.Failed) = (now, true);
                try
                {
                    one.List = RevocationList.Read(await http.GetByteArrayAsync(address, cancellation), authority, address);
                    one.Failed = false;
                }
                catch (Exception failure) when (!cancellation.IsCancellationRequested
                    && failure is HttpRequestException or IOException or OperationCanceledException or CryptographicException or AsnContentException or FormatException or ArgumentException)
                {
                    log.LogWarning("Revocation list at {Host} cannot be used: {Failure}", new Uri(address).Host, failure is CryptographicException ? failure.Message : failure.GetType().Name);
                }
            }

            return one.List is { } list && list.IsInForce(now) ? list : null;
        }
        finally
        {
            one.Turn.Release();
        }
    }

    private sealed class Kept
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);
        public RevocationList? List { get; set; }
        public DateTimeOffset TriedAt { get; set; }
        public bool Failed { get; set; }
    }
}
