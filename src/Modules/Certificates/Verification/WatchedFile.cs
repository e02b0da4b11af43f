using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.BuildingBlocks.Regions;

namespace Platform.Certificates.Verification;

/// <summary>A file of the configuration that others write: read again within a minute of being changed. One that cannot be read leaves what was known
/// before: better yesterday's than nothing.</summary>
/// <param name="named">What the configuration says of it; null for none.</param>
internal sealed class WatchedFile<T>(string setting, Func<string?> named, T nothing, Func<string, T> read, IHostEnvironment environment, TimeProvider clock, ILogger log)
    where T : class
{
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMinutes(1);

    private readonly Lock door = new();
    private T? known;
    private (DateTime Looked, DateTime Written) file;

    public T Now
    {
        get
        {
            if (named() is not { Length: > 0 } value)
                return nothing;
            lock (door)
            {
                var now = clock.GetUtcNow().UtcDateTime;
                if (now - file.Looked < LooksEvery && file.Looked != default)
                    return known ?? nothing;
                var path = HomeFolder.Resolve(environment, value);
                var written = File.GetLastWriteTimeUtc(path);
                if (written != file.Written && Read(path) is { } fresh)
                    (known, file.Written) = (fresh, written);
                file.Looked = now;
                return known ?? nothing;
            }
        }
    }

    private T? Read(string path)
    {
        try
        {
            return read(File.ReadAllText(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            log.LogError("{Setting}: {File} cannot be read ({Reason}); what was known before stays", setting, path, failure.Message);
            return null;
        }
    }
}
