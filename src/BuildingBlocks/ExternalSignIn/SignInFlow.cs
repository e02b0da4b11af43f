using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.ExternalSignIn.Cards;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Web;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>To a provider and back: the code flow of OpenID Connect with PKCE, state and nonce.</summary>
internal sealed partial class SignInFlow(
    ProviderHouses houses, SignInCookies cookies, SignInTries tries, IEnumerable<IExternalEntrance> entrances, IFiscalCodes codes, TimeProvider clock, ILogger<SignInFlow> log)
{
    private const string Italian = "TINIT-";

    /// <returns>Where to send the browser, or what to tell her.</returns>
    /// <exception cref="Refusal"><c>not-found</c>: no such provider or entrance.</exception>
    public async Task<(string? Address, ProblemShown? Problem)> Begin(HttpContext context, string provider, string? entrance, string? returnTo)
    {
        var house = houses.Find(provider) ?? throw Refusal.NotFound();
        var door = entrances.FirstOrDefault(e => e.Name == entrance) ?? throw Refusal.NotFound();
        var begun = Begun.Now(provider, door.Name, returnTo, clock.GetUtcNow());
        try
        {
            tries.Take(context);
            var address = await house.Address(begun, door.Least, Back(context), context.RequestAborted);
            cookies.Keep(context, begun);
            return (address, null);
        }
        catch (SignInFailure failure)
        {
            return (null, Tell(failure, begun));
        }
    }

    /// <summary>The provider sent the browser back: what it said is put aside, out of the address.</summary>
    public void Return(HttpContext context, Func<string, string?> said)
    {
        string? Short(string name) => said(name) is { Length: > 0 and < 2000 } text ? text : null;
        cookies.Keep(context, new Answer(Short("state"), Short("code"), Short("error"), Short("iss")));
    }

    /// <returns>Local path of the page to go on with, or what to tell her.</returns>
    public async Task<(string? Path, ProblemShown? Problem)> Finish(HttpContext context)
    {
        var (begun, answer) = cookies.Take(context);
        try
        {
            tries.Take(context);
            if (begun is null || houses.Find(begun.Provider) is not { } house || entrances.FirstOrDefault(e => e.Name == begun.Entrance) is not { } entrance)
                throw new SignInFailure(SignInProblem.Stale, answer is null ? "nothing-begun" : "not-begun-here");
            if (answer!.Error is { } error)
                throw Said(error);
            if (answer.Code is null)
                throw SignInFailure.Untrusted("answer-without-code");

            var (number, level) = await house.WhoIs(begun, answer, Back(context), context.RequestAborted);
            if (level < entrance.Least)
                throw new SignInFailure(SignInProblem.LevelTooLow, $"level-{level}");
            var path = await entrance.Enter(context, new(FiscalCode(number), level, begun.Provider), begun.ReturnTo);
            log.LogInformation("External sign-in with {Provider} at {Entrance}, level {Level}", begun.Provider, begun.Entrance, level);
            return (path, null);
        }
        catch (SignInFailure failure)
        {
            return (null, Tell(failure, begun));
        }
        catch (Refusal refusal)
        {
            return (null, Tell(new(SignInProblem.NotLetIn, refusal.Code), begun) with { Sentence = refusal.Message });
        }
    }

    public static string Path(string provider, string entrance, string? returnTo) =>
        $"{SignInCookies.Path}/{provider}?use={Uri.EscapeDataString(entrance)}" + (returnTo is null ? "" : $"&returnUrl={Uri.EscapeDataString(returnTo)}");

    // What this browser calls us: the provider has our addresses registered and refuses any other.
    private static string Back(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}{SignInCookies.Path}/callback";

    private string FiscalCode(string? number)
    {
        var code = number?.StartsWith(Italian, StringComparison.OrdinalIgnoreCase) == true ? number[Italian.Length..].ToUpperInvariant() : "";
        return Shape().IsMatch(code) && codes.IsValid(code) ? code
            : throw new SignInFailure(SignInProblem.NoFiscalCode, number is null ? "no-fiscal-number" : "wrong-fiscal-number");
    }

    private static SignInFailure Said(string error) => error switch
    {
        "access_denied" or "consent_required" or "login_required" or "interaction_required" => new(SignInProblem.Cancelled, error.Replace('_', '-')),
        "server_error" or "temporarily_unavailable" => new(SignInProblem.Unreachable, error.Replace('_', '-')),
        _ => new(SignInProblem.Declined, "error-" + ProviderHouse.SafeWord(error)),
    };

    private ProblemShown Tell(SignInFailure failure, Begun? begun)
    {
        log.LogWarning("External sign-in with {Provider} at {Entrance}: {Why}", begun?.Provider, begun?.Entrance, failure.Message);
        var entrance = entrances.FirstOrDefault(e => e.Name == begun?.Entrance);
        return new(failure.Problem, ProblemWords.Of(failure.Problem),
            begun is null ? null : Path(begun.Provider, begun.Entrance, begun.ReturnTo), entrance?.Door(begun!.ReturnTo) ?? "/");
    }

    [GeneratedRegex("^[A-Z]{6}[0-9A-Z]{10}$")]
    private static partial Regex Shape();
}

/// <summary>The providers we speak with, each begun when it is first asked for, and the card.</summary>
internal sealed class ProviderHouses(ExternalProviders providers, CardSettings card, CardHouse cards, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ProviderHouse>> houses = new(StringComparer.Ordinal);

    /// <summary>What each button says.</summary>
    public IReadOnlyList<(string Name, string Title)> Buttons =>
        [.. providers.All.Select(p => (p.Name, p.Title)), .. card.Address is null ? [] : new[] { (CardSettings.Name, card.Title) }];

    /// <exception cref="InvalidOperationException">A key cannot be read.</exception>
    public IReadOnlyList<ProviderHouse> All => [.. providers.All.Select(House)];

    public IIdentityHouse? Find(string? name) => name == CardSettings.Name && card.Address is not null ? cards : providers.Find(name) is { } provider ? House(provider) : null;

    public void Dispose()
    {
        foreach (var house in houses.Values.Where(h => h.IsValueCreated))
            house.Value.Dispose();
    }

    private ProviderHouse House(ExternalProvider provider) => houses.GetOrAdd(provider.Name, _ => new(() => Open(provider))).Value;

    private ProviderHouse Open(ExternalProvider provider)
    {
        try
        {
            return new(provider, provider.KeyFile is null ? null : File.ReadAllText(providers.PathOf(provider.KeyFile)), clock);
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or CryptographicException or IOException)
        {
            throw new InvalidOperationException($"ExternalSignIn:Providers: the KeyFile of {provider.Name} is not a private key (PEM, RSA or EC, without password).");
        }
    }
}

/// <summary>Each attempt makes us call another house: so many a minute from one address.</summary>
internal sealed class SignInTries(IConfiguration configuration, TimeProvider clock)
{
    // A hospital or an ASL comes from one address.
    private readonly CountedWindow byAddress = new(configuration.GetValue("ExternalSignIn:PerMinuteByAddress", 240), clock);

    public void Take(HttpContext context)
    {
        if (!byAddress.Take(context.Connection.RemoteIpAddress?.ToString() ?? "").Allowed)
            throw new SignInFailure(SignInProblem.TooMany, "too-many");
    }
}
