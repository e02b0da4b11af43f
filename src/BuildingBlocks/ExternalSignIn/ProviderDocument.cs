using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>What a provider publishes of itself: where it answers and the keys that it signs with. Kept for a while; read again, not
/// too often, when a token is signed with a key that is not among them.</summary>
internal sealed class ProviderDocument(ExternalProvider provider, HttpClient http, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(6);

    /// <summary>Tokens with invented keys must not make us call at each of them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim one = new(1, 1);
    private OpenIdConnectConfiguration? known;
    private DateTimeOffset readAt;

    /// <exception cref="SignInFailure"><see cref="SignInProblem.Unreachable"/>, or <see cref="SignInProblem.Untrusted"/> when it is somebody else's.</exception>
    public async Task<OpenIdConnectConfiguration> Read(CancellationToken cancellation) =>
        known is { } document && clock.GetUtcNow() - readAt < Fresh ? document : await ReadAgain(null, cancellation);

    /// <summary>The document with this key, if the provider has it by now.</summary>
    public async Task<OpenIdConnectConfiguration> With(string? keyId, CancellationToken cancellation)
    {
        var document = await Read(cancellation);
        return keyId is null || Has(document, keyId) ? document : await ReadAgain(keyId, cancellation);
    }

    public void Dispose() => one.Dispose();

    private static bool Has(OpenIdConnectConfiguration document, string keyId) => document.SigningKeys.Any(k => k.KeyId == keyId);

    private async Task<OpenIdConnectConfiguration> ReadAgain(string? keyId, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            // Somebody else was first, or has just asked in vain.
            if (known is not null && (keyId is null ? now - readAt < Fresh : Has(known, keyId) || now - readAt < Pause))
                return known;
            known = await Fetch(cancellation);
            readAt = now;
            return known;
        }
        catch (SignInFailure) when (known is not null)
        {
            // Its keys of this morning are better than none.
            return known;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<OpenIdConnectConfiguration> Fetch(CancellationToken cancellation)
    {
        OpenIdConnectConfiguration document;
        try
        {
            document = await OpenIdConnectConfigurationRetriever.GetAsync(
                provider.MetadataAddress.AbsoluteUri, new HttpDocumentRetriever(http) { RequireHttps = !provider.MetadataAddress.IsLoopback }, cancellation);
        }
        catch (Exception failure) when (failure is not SignInFailure && !cancellation.IsCancellationRequested)
        {
            throw new SignInFailure(SignInProblem.Unreachable, "discovery-" + failure.GetType().Name);
        }

        if (document.Issuer != provider.Issuer)
            throw SignInFailure.Untrusted("discovery-of-another-issuer");
        foreach (var address in new[] { document.AuthorizationEndpoint, document.TokenEndpoint })
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var there) || !ExternalProvider.IsSafe(there))
                throw SignInFailure.Untrusted("discovery-unsafe-address");
        }

        return document.SigningKeys.Count > 0 ? document : throw new SignInFailure(SignInProblem.Unreachable, "discovery-no-keys");
    }
}
