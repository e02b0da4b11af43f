using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Regions;
using Platform.BuildingBlocks.Security;

namespace Platform.BuildingBlocks.Privacy;

/// <summary>The keys under which personal fields lie sealed in the database: AES-256-GCM, the id of the key in front of each value. The
/// newest seals, the older ones still open what they sealed. See docs/privacy/encryption.md.</summary>
public sealed class FieldKeys
{
    public const string Section = "Privacy:Keys";

    /// <summary>For installations of tries and demonstrations alone.</summary>
    public const string OwnFile = "privacy.key";

    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int IdLength = 16;
    private const char Mark = ':';

    // A cipher of each key for each thread: to make one costs ten times what it costs to use it, and none serves two at once.
    private readonly Dictionary<string, ThreadLocal<AesGcm>> ciphers;

    /// <param name="keys">The last is the newest.</param>
    public FieldKeys(IReadOnlyList<(string Id, byte[] Key)> keys)
    {
        if (keys.Count == 0 || keys.Any(k => k.Id.Length is 0 or > IdLength || !k.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') || k.Key.Length != KeyBytes))
            throw new InvalidOperationException($"{Section}: each key has an id of 1 to {IdLength} small letters, digits and hyphens, and {KeyBytes} bytes in base64 (openssl rand -base64 32).");
        ciphers = keys.ToDictionary(k => k.Id, k => new ThreadLocal<AesGcm>(() => new AesGcm(k.Key, TagBytes)), StringComparer.Ordinal);
        Newest = keys[^1].Id;
        Fingerprint = Digest.Of(string.Join(' ', keys.Select(k => k.Id + Mark + Digest.Of(k.Key))));
    }

    /// <summary>Id of the key that seals.</summary>
    public string Newest { get; }

    /// <summary>The same for the same keys.</summary>
    public string Fingerprint { get; }

    /// <summary>How long the sealed form of so many characters can be.</summary>
    public static int LengthOf(int characters) => IdLength + 1 + ((NonceBytes + TagBytes + (3 * characters) + 2) / 3 * 4);

    /// <summary>Begins every value that the newest key has sealed.</summary>
    public string Beginning => Newest + Mark;

    /// <param name="place">Schema, table and column: a value put into another column does not open there.</param>
    public string Seal(string text, string place)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceBytes + TagBytes + plain.Length];
        RandomNumberGenerator.Fill(whole.AsSpan(0, NonceBytes));
        ciphers[Newest].Value!.Encrypt(
            whole.AsSpan(0, NonceBytes), plain, whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), Encoding.UTF8.GetBytes(place));
        return Beginning + Convert.ToBase64String(whole);
    }

    /// <exception cref="InvalidOperationException">Of a key that is not there, or changed by somebody else.</exception>
    public string Open(string value, string place)
    {
        var end = value.IndexOf(Mark, StringComparison.Ordinal);
        if (end < 0 || !ciphers.TryGetValue(value[..end], out var cipher))
            throw new InvalidOperationException($"A value of {place} is sealed with a key that {Section} does not have{(end is > 0 and <= IdLength ? $": «{value[..end]}»" : "")}. Put the key back.");
        try
        {
            var whole = Convert.FromBase64String(value[(end + 1)..]);
            var plain = new byte[whole.Length - NonceBytes - TagBytes];
            cipher.Value!.Decrypt(
                whole.AsSpan(0, NonceBytes), whole.AsSpan(NonceBytes + TagBytes), whole.AsSpan(NonceBytes, TagBytes), plain, Encoding.UTF8.GetBytes(place));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception wrong) when (wrong is CryptographicException or FormatException or OverflowException)
        {
            throw new InvalidOperationException($"A value of {place} does not open with its key «{value[..end]}»: the key is another, or the value was changed outside the platform.");
        }
    }

    /// <summary>Of what somebody carries who may have changed it: a ticket, a pass.</summary>
    /// <returns>Null for what was never sealed for this place.</returns>
    public string? TryOpen(string? value, string place)
    {
        try
        {
            return Open(value ?? "", place);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Those of the configuration; outside Production, without any, one of the installation's own making.</summary>
    public static FieldKeys Of(IConfiguration configuration, IHostEnvironment environment, ILogger log)
    {
        // Numbers in their order, names after them.
        var configured = configuration.GetSection("Privacy:Keys").GetChildren().Where(k => !string.IsNullOrWhiteSpace(k.Value)).Select(k => (k.Key, Bytes(k.Value))).ToList();
        if (configured.Count > 0)
            return new(configured);
        if (environment.IsProduction())
            throw new InvalidOperationException($"{Section} is empty in the Production environment: personal fields could not be encrypted. Make a key (openssl rand -base64 32), keep a copy of it away from the database, and set {Section}:1.");
        var file = Path.Combine(HomeFolder.Resolve(environment, configuration["Database:Folder"] ?? "data"), OwnFile);
        log.LogWarning("{Section} is empty: personal fields and cookies are sealed with a key of this installation's own making, {File}. Not for data of real people", Section, file);
        return new([("own", OwnKey(file))]);
    }

    private static byte[] OwnKey(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var mine = $"{file}.{Guid.CreateVersion7():N}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(mine, options))
                stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));

            // Of two hosts that begin at once, the first one's is everybody's.
            if (!File.Exists(file))
                File.Move(mine, file);
        }
        catch (IOException) when (File.Exists(file))
        {
        }
        finally
        {
            File.Delete(mine);
        }

        return Bytes(File.ReadAllText(file));
    }

    private static byte[] Bytes(string? text)
    {
        var key = new byte[KeyBytes + 1];
        return Convert.TryFromBase64String(text?.Trim() ?? "", key, out var read) ? key[..read] : [];
    }
}
