using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform.BuildingBlocks.Regions;

namespace Platform.BuildingBlocks.ExternalSignIn.Cards;

/// <summary>The Carta Nazionale dei Servizi, of which the Tessera Sanitaria with a chip is one, as the configuration describes it: <c>ExternalSignIn:Card</c>.</summary>
internal sealed partial class CardSettings
{
    /// <summary>Among the providers, in addresses and logs.</summary>
    public const string Name = "cns";

    private const int ShortestSecret = 32;

    private readonly byte[]? secret;

    /// <exception cref="InvalidOperationException">With the key that is wrong and what it should be.</exception>
    public CardSettings(IConfiguration configuration, IHostEnvironment environment)
    {
        var card = configuration.GetSection("ExternalSignIn:Card");
        Title = card["Title"] ?? "CNS o Tessera Sanitaria";
        // What AgID's profile asks of a certificate of a CNS; with it what the first cards of Lombardy bear, which the profile calls equal.
        Policies = card.GetSection("Policies").Get<string[]>() ?? ["1.3.76.16.2.1", "1.3.159.6.1.3.2.10", "1.3.76.12.1.1.10.2.2.10"];
        AcceptsUnchecked = card.GetValue("AcceptUnchecked", false);
        Timeout = TimeSpan.FromSeconds(card.GetValue("TimeoutSeconds", 5.0));
        LargestList = card.GetValue("LargestListMegabytes", 64) * 1024L * 1024;
        if (card["Address"] is not { Length: > 0 } address)
            return;
        Address = Uri.TryCreate(address, UriKind.Absolute, out var there) && ExternalProvider.IsSafe(there) && there.AbsolutePath == "/" ? there : throw Wrong("Address must be https://NAME, without a path.");
        Authorities = Read(HomeFolder.Resolve(environment, card["Authorities"] is { Length: > 0 } authorities ? authorities : throw Wrong("Authorities is missing: a PEM file, or a folder of them, with the accredited authorities.")));
        secret = card["ProxySecret"] is not { Length: > 0 } text ? null
            : text.Length >= ShortestSecret ? Encoding.UTF8.GetBytes(text) : throw Wrong($"ProxySecret must have {ShortestSecret} characters at least.");
        if (Policies.Length == 0 || !Policies.All(p => Oid().IsMatch(p)))
            throw Wrong("Policies are object identifiers, one at least.");
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(1) || LargestList is <= 0 or > int.MaxValue)
            throw Wrong("TimeoutSeconds must be between 0 and 60, LargestListMegabytes between 1 and 2047.");
    }

    /// <summary>On the button: «Entra con CNS o Tessera Sanitaria».</summary>
    public string Title { get; }

    /// <summary>Where browsers are asked for a certificate: a name of its own, or a port. Null: the card is not offered.</summary>
    public Uri? Address { get; }

    /// <summary>That may issue cards, and those above them.</summary>
    public X509Certificate2Collection Authorities { get; } = [];

    public string[] Policies { get; }

    /// <summary>A card goes in also while nobody can say whether it has been revoked.</summary>
    public bool AcceptsUnchecked { get; }

    public TimeSpan Timeout { get; }

    /// <summary>In bytes.</summary>
    public long LargestList { get; }

    public bool HasProxy => secret is not null;

    /// <summary>Whether it is the proxy that speaks: nobody else knows its secret, and without one no header is believed.</summary>
    public bool IsProxy(string? said) => secret is not null && said is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(said), secret);

    private static InvalidOperationException Wrong(string what) => new($"ExternalSignIn:Card:{what}");

    private static X509Certificate2Collection Read(string place)
    {
        var found = new X509Certificate2Collection();
        try
        {
            foreach (var file in Directory.Exists(place) ? Directory.GetFiles(place, "*.pem") : [place])
                found.ImportFromPemFile(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw Wrong($"Authorities {place} cannot be read as PEM.");
        }

        return found.Count > 0 ? found : throw Wrong($"Authorities {place} has no certificate.");
    }

    [GeneratedRegex(@"^\d+(\.\d+)+$")]
    private static partial Regex Oid();
}
