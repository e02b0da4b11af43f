using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>The card among the providers: the browser goes to where it is asked for a certificate, and comes back with what was read, sealed for the
/// sign-in that it had begun. So the card is shown on a connection of its own, and nobody else's browser is ever asked for one.</summary>
internal sealed class CardHouse(CardSettings settings, ShownCertificate shown, CardReader reader, SignInTries tries, IDataProtectionProvider protection, TimeProvider clock) : IIdentityHouse
{
    public const string Path = SignInCookies.Path + "/" + CardSettings.Name + "/card";

    /// <summary>To put the card in, and to find the PIN.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>From one redirect to the next.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly IDataProtector asking = protection.CreateProtector("external-sign-in.card.asked"), answering = protection.CreateProtector("external-sign-in.card.read");

    public Task<string> Address(Begun begun, AssuranceLevel least, string back, CancellationToken cancellation) =>
        Task.FromResult(QueryHelpers.AddQueryString(new Uri(settings.Address!, Path).AbsoluteUri, "asked", Seal(asking, new Asked(begun.State, back, clock.GetUtcNow()))));

    /// <summary>On the connection with the card.</summary>
    /// <returns>Where to send the browser back to; null when it comes from nowhere.</returns>
    public async Task<string?> Read(HttpContext context, string? asked)
    {
        if (Open<Asked>(asking, asked) is not { } begun)
            return null;
        CardRead read;
        try
        {
            tries.Take(context);
            if (clock.GetUtcNow() - begun.At > Longest)
                throw new SignInFailure(SignInProblem.Stale, "card-too-late");
            using var card = await shown.Of(context) ?? throw new SignInFailure(SignInProblem.CardMissing, "card-missing");
            read = new(begun.State, clock.GetUtcNow(), await reader.Read(card, context.RequestAborted), null, null);
        }
        catch (SignInFailure failure)
        {
            read = new(begun.State, clock.GetUtcNow(), null, failure.Problem, failure.Message);
        }

        return QueryHelpers.AddQueryString(begun.Back, new Dictionary<string, string?> { ["state"] = begun.State, ["code"] = Seal(answering, read) });
    }

    public Task<(string? FiscalNumber, AssuranceLevel Level)> WhoIs(Begun begun, Answer answer, string back, CancellationToken cancellation)
    {
        if (Open<CardRead>(answering, answer.Code) is not { } read || read.State != begun.State)
            throw SignInFailure.Untrusted("card-of-another-sign-in");
        if (clock.GetUtcNow() - read.At > Soon)
            throw new SignInFailure(SignInProblem.Stale, "card-too-late");
        // A key on a chip that only its PIN opens: two factors, one of them a certificate on a device.
        return read.Problem is { } problem ? throw new SignInFailure(problem, read.Why!) : Task.FromResult<(string?, AssuranceLevel)>(("TINIT-" + read.FiscalCode, AssuranceLevel.L3));
    }

    private static string Seal<T>(IDataProtector seal, T what) => seal.Protect(JsonSerializer.Serialize(what));

    private static T? Open<T>(IDataProtector seal, string? text)
        where T : class
    {
        try
        {
            return text is { Length: > 0 } ? JsonSerializer.Deserialize<T>(seal.Unprotect(text)) : null;
        }
        catch (Exception foreign) when (foreign is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    private sealed record Asked(string State, string Back, DateTimeOffset At);

    private sealed record CardRead(string State, DateTimeOffset At, string? FiscalCode, SignInProblem? Problem, string? Why);
}
