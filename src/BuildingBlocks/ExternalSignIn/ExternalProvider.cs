using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.ExternalSignIn;

/// <summary>A house that identifies people by OpenID Connect, as the configuration describes it: SPID, CIE, or the aggregator or
/// proxy through which the region reaches them.</summary>
public sealed record ExternalProvider
{
    /// <summary>Lower case, in addresses and logs: <c>cie</c>.</summary>
    public string Name { get; init; } = "";

    /// <summary>On the button: «Entra con CIE».</summary>
    public string Title { get; init; } = "";

    /// <summary>Exactly as the provider writes it.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Address of the discovery document; where it is left out, the issuer's own.</summary>
    public string Metadata { get; init; } = "";

    public string ClientId { get; init; } = "";

    public string? ClientSecret { get; init; }

    /// <summary>PEM file of the private key that proves who we are (<c>private_key_jwt</c>), in place of a secret.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Under which the provider knows the key; where it is left out, the key's thumbprint.</summary>
    public string? KeyId { get; init; }

    /// <summary>The request too is signed with the key (RFC 9101), as the rules of SPID and CIE want it.</summary>
    public bool SignedRequest { get; init; }

    public string Scope { get; init; } = "openid";

    public string? Prompt { get; init; }

    /// <summary><c>form_post</c> keeps the code out of every address; <c>query</c> where the provider knows no other.</summary>
    public string ResponseMode { get; init; } = "form_post";

    /// <summary>What the provider calls L1, L2 and L3 (<c>acr</c>).</summary>
    public Dictionary<AssuranceLevel, string> Levels { get; init; } = [];

    /// <summary>Claims in which the codice fiscale may come, beside those of SPID and CIE.</summary>
    public string? FiscalClaim { get; init; }

    public double TimeoutSeconds { get; init; } = 5;

    internal Uri MetadataAddress => new(Metadata.Length > 0 ? Metadata : Issuer.TrimEnd('/') + "/.well-known/openid-configuration");

    internal IEnumerable<string> FiscalClaims =>
        ((string?[])[FiscalClaim, "fiscal_number", "https://attributes.spid.gov.it/fiscalNumber", "https://attributes.eid.gov.it/fiscal_number"]).OfType<string>();

    internal string AcrOf(AssuranceLevel level) => Levels.GetValueOrDefault(level) ?? $"https://www.spid.gov.it/Spid{level}";

    internal AssuranceLevel LevelOf(string? acr) =>
        Enum.GetValues<AssuranceLevel>().Where(l => l > AssuranceLevel.None && AcrOf(l) == acr).DefaultIfEmpty(AssuranceLevel.None).Max();

    /// <summary>Only a provider on this very machine, for tests and trials, may go without TLS.</summary>
    internal static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}

/// <summary>All that are configured (<c>ExternalSignIn:Providers:0:…</c>); none unless somebody does.</summary>
public sealed partial class ExternalProviders
{
    private readonly string home;

    public ExternalProviders(IConfiguration configuration, IHostEnvironment environment)
    {
        home = HomeFolder.Of(environment);
        All = configuration.GetSection("ExternalSignIn:Providers").Get<List<ExternalProvider>>() ?? [];
        for (var i = 0; i < All.Count; i++)
        {
            if (Wrong(All[i]) is { } wrong)
                throw new InvalidOperationException($"ExternalSignIn:Providers:{i}:{wrong}");
        }

        if (All.Any(p => p.Name == Cards.CardSettings.Name))
            throw new InvalidOperationException($"ExternalSignIn:Providers: {Cards.CardSettings.Name} is the name of the card (ExternalSignIn:Card).");
        if (All.GroupBy(p => p.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new InvalidOperationException($"ExternalSignIn:Providers: two providers are named {twice.Key}.");
    }

    public IReadOnlyList<ExternalProvider> All { get; }

    public ExternalProvider? Find(string? name) => All.FirstOrDefault(p => p.Name == name);

    internal string PathOf(string file) => Path.GetFullPath(file, home);

    private string? Wrong(ExternalProvider provider) =>
        !Named().IsMatch(provider.Name) ? "Name must be lower-case letters and digits."
        : provider.Title.Length == 0 ? "Title is missing: it stands on the button."
        : !Uri.TryCreate(provider.Issuer, UriKind.Absolute, out var issuer) || !ExternalProvider.IsSafe(issuer) ? "Issuer must be an https address."
        : provider.Metadata.Length > 0 && (!Uri.TryCreate(provider.Metadata, UriKind.Absolute, out var metadata) || !ExternalProvider.IsSafe(metadata)) ? "Metadata must be an https address."
        : provider.ClientId.Length == 0 ? "ClientId is missing."
        : provider.ClientSecret is null == provider.KeyFile is null ? "ClientSecret or KeyFile must be given, and not both."
        : provider.KeyFile is { } file && !File.Exists(PathOf(file)) ? $"KeyFile {PathOf(file)} is not there."
        : provider.SignedRequest && provider.KeyFile is null ? "SignedRequest needs a KeyFile."
        : provider.ResponseMode is not ("form_post" or "query") ? "ResponseMode must be form_post or query."
        : provider.Levels.ContainsKey(AssuranceLevel.None) ? "Levels has L1, L2 and L3."
        : provider.TimeoutSeconds is <= 0 or > 60 ? "TimeoutSeconds must be between 0 and 60."
        : null;

    [GeneratedRegex("^[a-z][a-z0-9]{0,19}$")]
    private static partial Regex Named();
}
