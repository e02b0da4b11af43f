using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>A sign-in on its way to a provider and back.</summary>
/// <param name="State">Sent there and back: only the browser that began has its cookie.</param>
/// <param name="Nonce">Must stand in the token.</param>
/// <param name="Verifier">Whose hash was sent: only who began can redeem the code (RFC 7636).</param>
internal sealed record Begun(string Provider, string Entrance, string? ReturnTo, string State, string Nonce, string Verifier, DateTimeOffset At)
{
    public static Begun Now(string provider, string entrance, string? returnTo, DateTimeOffset now) =>
        new(provider, entrance, returnTo, Random(), Random(), Random(), now);

    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}

/// <summary>What the provider sent the browser back with.</summary>
internal sealed record Answer(string? State, string? Code, string? Error, string? Issuer);

/// <summary>Keeps both in the browser, sealed: no host has to remember anything, and neither state nor code stands in a page's address
/// for longer than one redirect.</summary>
internal sealed class SignInCookies(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Path = "/sign-in/external";

    private const string Prefix = "platform-external-";
    private const string AnswerName = Prefix + "answer";

    /// <summary>To find one's telephone, and one's glasses.</summary>
    private static readonly TimeSpan Valid = TimeSpan.FromMinutes(15);

    private readonly IDataProtector seal = protection.CreateProtector("external-sign-in");

    public void Keep(HttpContext context, Begun begun) => Write(context, NameOf(begun.State), begun);

    public void Keep(HttpContext context, Answer answer) => Write(context, AnswerName, answer);

    /// <summary>Each is taken once.</summary>
    public (Begun? Begun, Answer? Answer) Take(HttpContext context)
    {
        var answer = Take<Answer>(context, AnswerName);
        var begun = answer?.State is { Length: > 20 } state ? Take<Begun>(context, NameOf(state)) : null;
        return (begun?.State == answer?.State && clock.GetUtcNow() - begun?.At < Valid ? begun : null, answer);
    }

    // Two windows may be on their way at once.
    private static string NameOf(string state) => Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(state)))[..16];

    // Lax: the way back begins at the provider. Without a date: the browser's clock may be any.
    private static CookieOptions Options(HttpContext context) =>
        new() { Path = Path, HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Lax, Secure = HttpsCookies.IsSecure(context) };

    private void Write<T>(HttpContext context, string name, T what)
    {
        var options = Options(context);
        options.MaxAge = Valid;
        context.Response.Cookies.Append(name, seal.Protect(JsonSerializer.Serialize(what)), options);
    }

    private T? Take<T>(HttpContext context, string name)
        where T : class
    {
        if (context.Request.Cookies[name] is not { } text)
            return null;
        context.Response.Cookies.Delete(name, Options(context));
        try
        {
            return JsonSerializer.Deserialize<T>(seal.Unprotect(text));
        }
        catch (Exception foreign) when (foreign is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }
}
