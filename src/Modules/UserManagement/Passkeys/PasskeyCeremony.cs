using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.BuildingBlocks.Failures;
using Platform.BuildingBlocks.Persistence;
using Platform.UserManagement.Accounts;
using Platform.UserManagement.UsedTokens;

namespace Platform.UserManagement.Passkeys;

/// <summary>What the page hands to the browser, and what comes back: the challenge travels sealed in the form, is good for some minutes
/// and is taken once.</summary>
internal sealed class PasskeyCeremony(
    IPasskeyHandler<Account> handler, IHttpContextAccessor http, IDataProtectionProvider protection,
    UserManagementDb db, IDatabaseEngine engine, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector seal = protection.CreateProtector("passkey").ToTimeLimitedDataProtector();

    private HttpContext Http => http.HttpContext ?? throw new InvalidOperationException("A passkey is proved in a request.");

    /// <summary>For a new key of the account.</summary>
    public async Task<PasskeyOffer> New(Guid account, string userName, string displayName)
    {
        var made = await handler.MakeCreationOptionsAsync(new() { Id = account.ToString(), Name = userName, DisplayName = displayName }, Http);
        return new(made.CreationOptionsJson, Sealed(account, made.AttestationState));
    }

    /// <summary>For whoever holds a key: the browser shows hers.</summary>
    public async Task<PasskeyOffer> SignIn()
    {
        var made = await handler.MakeRequestOptionsAsync(null, Http);
        return new(made.RequestOptionsJson, Sealed(Guid.Empty, made.AssertionState));
    }

    /// <exception cref="Refusal"><c>passkey-refused</c></exception>
    public async Task<UserPasskeyInfo> Attested(Guid account, string credential, string? state, CancellationToken cancellation)
    {
        var result = await Guard(async () => await handler.PerformAttestationAsync(new() { HttpContext = Http, CredentialJson = credential, AttestationState = Opened(account, state) }));
        return result is { Succeeded: true, Passkey: { } key } && await Once(state!, cancellation) ? key : throw Refused();
    }

    /// <exception cref="Refusal"><c>passkey-refused</c></exception>
    public async Task<(Account Account, UserPasskeyInfo Key)> Asserted(string credential, string? state, CancellationToken cancellation)
    {
        var result = await Guard(async () => await handler.PerformAssertionAsync(new() { HttpContext = Http, CredentialJson = credential, AssertionState = Opened(Guid.Empty, state) }));
        return result is { Succeeded: true, User: { } account, Passkey: { } key } && await Once(state!, cancellation) ? (account, key) : throw Refused();
    }

    private string Sealed(Guid account, string? state) => seal.Protect($"{account:N}{state}", Life);

    private string Opened(Guid account, string? state)
    {
        var text = seal.Unprotect(state ?? "");
        return text.StartsWith($"{account:N}", StringComparison.Ordinal) ? text[32..] : throw new CryptographicException();
    }

    // What a hand has changed on its way is refused like any other.
    private static async Task<T> Guard<T>(Func<Task<T>> prove)
    {
        try
        {
            return await prove();
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException or JsonException or PasskeyException)
        {
            throw Refused();
        }
    }

    private Task<bool> Once(string state, CancellationToken cancellation) =>
        db.TakeOnce(engine, UsedToken.KeyOf("passkey", state), clock.GetUtcNow() + Life, cancellation);

    public static Refusal Refused() => new("passkey-refused", "La passkey non è stata riconosciuta: riprovi.") { Kind = RefusalKind.Unprocessable };
}

internal static class UsedKeys
{
    /// <summary>The account's key, as it is after this use; null where it was taken away. The save is the caller's.</summary>
    public static async Task<Passkey?> UsedKey(this UserManagementDb db, Guid account, UserPasskeyInfo proved, DateTimeOffset now, CancellationToken cancellation)
    {
        var hash = Passkey.HashOf(proved.CredentialId);
        var key = await db.Passkeys.FirstOrDefaultAsync(p => p.CredentialHash == hash && p.AccountId == account, cancellation);
        if (key is not null)
            (key.SignCount, key.BackedUp, key.LastUsedAt) = (proved.SignCount, proved.IsBackedUp, now.UtcDateTime);
        return key;
    }
}

/// <param name="Options">JSON, for the browser.</param>
/// <param name="State">Sealed, to come back with the answer.</param>
internal sealed record PasskeyOffer(string Options, string State);
