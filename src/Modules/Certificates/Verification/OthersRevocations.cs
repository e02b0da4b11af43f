using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Platform.Certificates.Verification;

/// <summary>What others have revoked: the file that <c>Certificates:Revocations</c> names, of another country's list, the national one, or a black list of
/// one's own. An identifier (UVCI) or its hash a line, or JSON: an array of them, or an object with <c>hashes</c> (as we publish) or <c>revokedUcvi</c> (as
/// the national list has it).</summary>
internal sealed class OthersRevocations(IConfiguration configuration, IHostEnvironment environment, TimeProvider clock, ILogger<OthersRevocations> log)
{
    public const string Setting = "Certificates:Revocations";

    private static readonly string[] Lists = ["hashes", "revokedUcvi"];

    private readonly WatchedFile<HashSet<string>> file = new(Setting, () => configuration["Certificates:Revocations"], [], text => Read(text, log), environment, clock, log);

    public bool Contain(IEnumerable<string> hashes) => file.Now is { Count: > 0 } known && hashes.Any(known.Contains);

    private static HashSet<string> Read(string text, ILogger log)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Entries(text.Trim('\uFEFF', ' ', '\r', '\n')).Select(e => e.Trim()).Where(e => e.Length > 0 && e[0] != '#'))
        {
            if (IsHash(entry))
                known.Add(entry);
            else
                known.UnionWith(RevokedCertificate.HashesOf(entry));
        }

        log.LogInformation("{Setting}: {Count} hashes of certificates that others have revoked", Setting, known.Count);
        return known;
    }

    private static string[] Entries(string text)
    {
        if (text is not ['{' or '[', ..])
            return text.Split('\n');
        using var json = JsonDocument.Parse(text);
        var list = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement
            : Lists.Select(name => json.RootElement.TryGetProperty(name, out var found) ? found : default).FirstOrDefault(found => found.ValueKind == JsonValueKind.Array);
        return list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(e => e.GetString()!)]
            : throw new JsonException("neither an array of texts nor an object with hashes or revokedUcvi");
    }

    private static bool IsHash(string entry) => entry.Length == RevokedCertificate.HashLength && Convert.TryFromBase64String(entry, new byte[32], out var length) && length == 32;
}
