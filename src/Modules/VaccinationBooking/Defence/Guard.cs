using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Web;
using Platform.VaccinationBooking.Campaigns;

namespace Platform.VaccinationBooking.Defence;

/// <summary>Keeps scripts from taking thousands of numbers, without a third party and without shutting anybody out: a browser works for a moment;
/// who has no script answers a question, some seconds after the form was shown, a few times a minute.</summary>
internal sealed class Guard(IDataProtectionProvider protection, IConfiguration configuration, TimeProvider clock)
{
    public static readonly TimeSpan Valid = TimeSpan.FromHours(1);
    public static readonly TimeSpan StaysOn = TimeSpan.FromMinutes(5);

    private const int MoreBits = 4;
    private const int Household = 10;

    private readonly IDataProtector seal = protection.CreateProtector("vaccination.challenge");
    private readonly int bits = configuration.GetValue("Vaccination:Defence:Bits", 15);
    private readonly int crowd = configuration.GetValue("Vaccination:Defence:AsksPerMinute", 600);
    private readonly int slowness = configuration.GetValue("Vaccination:Defence:SecondsWithoutScript", 8);
    private readonly CountedWindow asks = new(0, clock);
    private readonly CountedWindow given = new(0, clock);
    private readonly CountedWindow slow = new(configuration.GetValue("Vaccination:Defence:WithoutScriptPerMinute", 6), clock);
    private readonly CountedWindow answered = new(1, clock, (int)Valid.TotalSeconds);
    private readonly ConcurrentDictionary<string, DateTime> onUntil = new(StringComparer.Ordinal);

    /// <summary>Whether this host asks for proof now.</summary>
    public bool IsOn(Campaign campaign) => campaign.Defence switch
    {
        BotDefence.Always => true,
        BotDefence.ByLoad => onUntil.TryGetValue(campaign.Code, out var until) && until > clock.GetUtcNow().UtcDateTime,
        _ => false,
    };

    /// <summary>Who asks for many from one address works harder for each: twice as hard at every doubling beyond a household's.</summary>
    public (string Sealed, Challenge Challenge) Give(Campaign campaign, string address)
    {
        if (IsOn(campaign))
            given.Take(address, int.MaxValue);
        var doublings = BitOperations.Log2((uint)Math.Max(1, given.Peek(address) / Household));
        var challenge = Challenge.New(campaign.Code, bits + Math.Min(MoreBits, doublings), clock.GetUtcNow().UtcDateTime);
        return (Seal(challenge), challenge);
    }

    /// <returns>Null if it is not ours, of another campaign, too old, or its question was answered.</returns>
    public Challenge? Open(string? text, string campaign)
    {
        try
        {
            var parts = seal.Unprotect(text is { Length: > Challenge.NonceLength } ? text[(Challenge.NonceLength + 1)..] : "").Split('|');
            int Number(int at) => int.Parse(parts[at], CultureInfo.InvariantCulture);
            var challenge = new Challenge(parts[0], parts[1], Number(2), Number(3), Number(4), new(long.Parse(parts[5], CultureInfo.InvariantCulture), DateTimeKind.Utc));
            return challenge.Campaign == campaign && challenge.GivenAt + Valid > clock.GetUtcNow().UtcDateTime && answered.Peek(challenge.Nonce) == 0 ? challenge : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <param name="typed">What the work was done for (<see cref="Challenge.Joined"/>).</param>
    /// <exception cref="Refusal"><c>proof-needed</c>, <c>proof-wrong</c>, <c>proof-too-soon</c> or <c>too-many-attempts</c>: what to do next.</exception>
    public void Check(Campaign campaign, Proof? proof, string typed, string address)
    {
        if (campaign.Defence is null)
            return;
        var now = clock.GetUtcNow().UtcDateTime;
        asks.Take(campaign.Code, int.MaxValue);
        if (asks.Peek(campaign.Code) > crowd)
            onUntil[campaign.Code] = now + StaysOn;
        if (!IsOn(campaign))
            return;
        if (Open(proof?.Challenge, campaign.Code) is not { } challenge)
            throw Needed();
        if (challenge.IsWork(typed, proof!.Work))
            return;
        if (!challenge.IsAnswer(proof.Answer))
            throw new Refusal("proof-wrong", "Risponda alla domanda in fondo al modulo, poi prema di nuovo il pulsante.") { Kind = RefusalKind.Unprocessable };
        var wait = challenge.GivenAt.AddSeconds(slowness) - now;
        if (wait > TimeSpan.Zero)
            throw new Refusal("proof-too-soon", "Un momento: aspetti {0} secondi e prema di nuovo il pulsante. È così per tutti quelli che scrivono senza JavaScript.", (int)Math.Ceiling(wait.TotalSeconds)) { Kind = RefusalKind.Unprocessable };
        if (!slow.Take(address).Allowed)
            throw new Refusal("too-many-attempts", "Troppi tentativi: attenda un minuto e riprovi.") { Kind = RefusalKind.TooMany };
        if (!answered.Take(challenge.Nonce).Allowed)
            throw Needed();
    }

    private static Refusal Needed() =>
        new("proof-needed", "Arrivano moltissime richieste, e controlliamo che non siano di un programma: prema di nuovo il pulsante.") { Kind = RefusalKind.Unprocessable };

    private string Seal(Challenge c) =>
        $"{c.Nonce}.{seal.Protect(string.Create(CultureInfo.InvariantCulture, $"{c.Nonce}|{c.Campaign}|{c.Bits}|{c.One}|{c.Other}|{c.GivenAt.Ticks}"))}";
}
